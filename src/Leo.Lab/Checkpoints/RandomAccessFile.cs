using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>A file read by position. What fails becomes an error that names the file.</summary>
/// <remarks>
/// Tensors are read straight into their own memory rather than through a mapping: a file cut short while open is then
/// an error that can be caught, where a mapping would end the process.
/// </remarks>
internal sealed class RandomAccessFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private RandomAccessFile(string path, SafeFileHandle handle) =>
        (Path, _handle, Length) = (path, handle, RandomAccess.GetLength(handle));

    internal string Path { get; }

    internal long Length { get; }

    /// <summary>Opens a file and hands it to a reader, which owns it from then on; if that fails, the file is closed.</summary>
    internal static T Open<T>(string path, Func<RandomAccessFile, T> reader)
    {
        RandomAccessFile file = Open(path);
        try
        {
            return reader(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    internal static RandomAccessFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return new RandomAccessFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException(path, "expected a checkpoint, found no such file", "Check the path", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(path, $"cannot be opened ({e.Message})", "Check the path and its permissions", inner: e);
        }
    }

    /// <summary>Fills <paramref name="target"/>, or says that the file ends too early.</summary>
    internal void Read(Span<byte> target, long position)
    {
        while (target.Length > 0)
        {
            int count;
            try
            {
                count = RandomAccess.Read(_handle, target, position);
            }
            catch (IOException e)
            {
                throw new CheckpointException(Path, $"cannot be read ({e.Message})", "The disk seems to fail; get the file again", inner: e);
            }
            if (count == 0)
            {
                throw Broken("the file ends too early");
            }
            target = target[count..];
            position += count;
        }
    }

    /// <summary>Reads a tensor whose elements stand one after the other from <paramref name="position"/> on.</summary>
    internal Tensor ReadTensor(long[] shape, ScalarType type, long position)
    {
        Tensor tensor = empty(shape, dtype: type);
        TensorBytes.Visit(tensor, bytes =>
        {
            Read(bytes, position);
            position += bytes.Length;
        });
        return tensor;
    }

    internal CheckpointException Broken(string problem, string? key = null) => new(Path, problem, "The file is damaged; get it again", key);

    public void Dispose() => _handle.Dispose();
}
