using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
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
        var file = Open(path);
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

    /// <summary>
    /// Reads a tensor whose elements stand one after the other from <paramref name="position"/> on. Memory is asked for when the shape is known
    /// to be possible and the file, as long as it is now, to have that much.
    /// </summary>
    /// <exception cref="CheckpointException">The file does not have it.</exception>
    internal Tensor ReadTensor(long[] shape, ScalarType type, long position)
    {
        // A zero does not excuse the other sides: strides are their product.
        Int128 extent = SafetensorsType.Of(type).Size;
        foreach (long side in shape)
        {
            extent = side < 0 || extent > long.MaxValue ? Int128.MaxValue : extent * Math.Max(1, side);
        }
        if (extent > long.MaxValue)
        {
            throw Broken($"expected a shape that can be, found {Shapes.Text(shape)}");
        }
        long there = RandomAccess.GetLength(_handle) - position;
        if (position < 0 || there < 0 || (!shape.Contains(0) && extent > there))
        {
            throw Broken($"expected {extent} bytes for {Shapes.Text(shape)} at byte {position}, but the file ends too early");
        }
        var tensor = empty(shape, dtype: type);
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

/// <summary>Reads a part of a file from front to back, never past its end; for headers, which are many small things.</summary>
/// <param name="file">The file.</param>
/// <param name="start">First byte of the part.</param>
/// <param name="end">Byte after the part.</param>
/// <param name="part">What errors call the part, or null for the file itself.</param>
/// <param name="advice">What to do when it is damaged.</param>
internal sealed class ByteReader(RandomAccessFile file, long start, long end, string? part = null, string advice = ByteReader.Damaged)
{
    private const string Damaged = "The file is damaged; get it again";

    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly long _start = start;
    private long _bufferStart = start;
    private int _length, _next;

    /// <summary>Position in the file of the next byte.</summary>
    internal long Position => _bufferStart + _next;

    /// <summary>Bytes to the end of the part.</summary>
    internal long Remaining => end - Position;

    internal byte ReadByte()
    {
        if (_next == _length)
        {
            Fill();
        }
        return _buffer[_next++];
    }

    internal int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(4));

    internal long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(8));

    /// <summary>Bytes of a length that the file declares, checked against what is there before memory is asked for.</summary>
    internal byte[] ReadBytes(long count)
    {
        Require(count);
        byte[] bytes = new byte[count];
        Span<byte> rest = bytes;
        while (rest.Length > 0)
        {
            if (_next == _length)
            {
                Fill();
            }
            int piece = Math.Min(rest.Length, _length - _next);
            _buffer.AsSpan(_next, piece).CopyTo(rest);
            _next += piece;
            rest = rest[piece..];
        }
        return bytes;
    }

    /// <summary>Passes over bytes without reading them.</summary>
    internal void Skip(long count)
    {
        Require(count);
        if (count <= _length - _next)
        {
            _next += (int)count;
            return;
        }
        (_bufferStart, _length, _next) = (Position + count, 0, 0);
    }

    /// <summary>An error that tells where: the byte counted from the start of the part.</summary>
    internal CheckpointException Fault(string problem, long position, string? instead = null) =>
        new(file.Path, $"{problem} at byte {position - _start}{(part is null ? "" : $" of {part}")}", instead ?? advice);

    private void Require(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw Fault($"expected at most {Remaining} more bytes, found a length of {(ulong)count}", Position);
        }
    }

    private void Fill()
    {
        long position = Position;
        int count = (int)Math.Min(_buffer.Length, end - position);
        if (count <= 0)
        {
            throw Fault("expected more, found the end", position);
        }
        file.Read(_buffer.AsSpan(0, count), position);
        (_bufferStart, _length, _next) = (position, count, 0);
    }
}
