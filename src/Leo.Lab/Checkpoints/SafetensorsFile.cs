using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>An open safetensors file: header checked whole on opening, tensors read one by one on demand.</summary>
/// <remarks>
/// Tensors are read by position straight into their own memory rather than through a mapping: a file cut short while
/// open is then an error that can be caught, where a mapping would end the process.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly SafetensorsHeader _header;
    private readonly long _dataStart;

    private SafetensorsFile(string path, SafeFileHandle handle)
    {
        (Path, _handle) = (path, handle);
        long length = RandomAccess.GetLength(handle);
        Span<byte> prefix = stackalloc byte[8];
        if (length < 8 || RandomAccess.Read(handle, prefix, 0) != 8)
        {
            throw Broken($"expected at least 8 bytes, found {length}");
        }
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.MaxLength || (long)headerLength > length - 8)
        {
            throw Broken($"expected a header of at most {Math.Min(SafetensorsHeader.MaxLength, length - 8)} bytes, found a length of {headerLength}");
        }
        var header = new byte[headerLength];
        ReadFully(header, 8);
        _dataStart = 8 + (long)headerLength;
        _header = SafetensorsHeader.Parse(path, header, length - _dataStart);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>The header's <c>__metadata__</c>; empty if there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Names of all tensors in the order of the header.</summary>
    public IReadOnlyCollection<string> Names => _header.Entries.Keys;

    /// <summary>Opens and checks a file.</summary>
    /// <exception cref="CheckpointException">Missing, unreadable, truncated, or not a well-formed safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new SafetensorsFile(path, handle);
        }
        catch (Exception e)
        {
            handle?.Dispose();
            throw e switch
            {
                FileNotFoundException or DirectoryNotFoundException =>
                    new CheckpointException(path, "expected a checkpoint, found no such file", "Check the path", inner: e),
                IOException or UnauthorizedAccessException or NotSupportedException =>
                    new CheckpointException(path, $"cannot be opened ({e.Message})", "Check the path and its permissions", inner: e),
                _ => e,
            };
        }
    }

    /// <summary>Whether there is a tensor of that name.</summary>
    public bool Contains(string name) => _header.Entries.ContainsKey(name);

    /// <summary>Shape of a tensor, without reading it.</summary>
    /// <exception cref="CheckpointException">No such tensor.</exception>
    public IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    /// <summary>Element type of a tensor, without reading it.</summary>
    /// <exception cref="CheckpointException">No such tensor.</exception>
    public ScalarType DType(string name) => Find(name).Type;

    /// <summary>Reads one tensor into new CPU memory; the caller, or its dispose scope, owns it.</summary>
    /// <exception cref="CheckpointException">No such tensor, or the file was cut short since it was opened.</exception>
    public Tensor Read(string name)
    {
        SafetensorsHeader.Entry entry = Find(name);
        Tensor tensor = empty(entry.Shape, dtype: entry.Type);
        long position = _dataStart + entry.Begin;
        TensorBytes.Visit(tensor, bytes =>
        {
            ReadFully(bytes, position);
            position += bytes.Length;
        });
        return tensor;
    }

    /// <summary>Compares the data with the checksum in the header; files without one pass.</summary>
    /// <exception cref="CheckpointException">The data changed since it was written.</exception>
    public void Verify()
    {
        if (!Metadata.TryGetValue(Safetensors.ChecksumKey, out string? expected))
        {
            return;
        }
        var checksum = new Checksum();
        var buffer = new byte[1 << 20];
        for (long position = _dataStart, end = RandomAccess.GetLength(_handle); position < end;)
        {
            Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - position));
            ReadFully(piece, position);
            checksum.Add(piece);
            position += piece.Length;
        }
        if (checksum.Text != expected)
        {
            throw Broken($"expected data with checksum {expected}, found {checksum.Text}");
        }
    }

    /// <summary>Closes the file; tensors already read stay.</summary>
    public void Dispose() => _handle.Dispose();

    internal string TypeName(string name) => Find(name).TypeName;

    private SafetensorsHeader.Entry Find(string name) => _header.Entries.TryGetValue(name, out var entry)
        ? entry
        : throw new CheckpointException(Path, "expected a tensor of this name, found none", "Use a checkpoint of the right kind", name);

    private void ReadFully(Span<byte> target, long position)
    {
        while (target.Length > 0)
        {
            int count = RandomAccess.Read(_handle, target, position);
            if (count == 0)
            {
                throw Broken("the file ends too early");
            }
            target = target[count..];
            position += count;
        }
    }

    private CheckpointException Broken(string problem) =>
        new(Path, problem, "The file is damaged or not a safetensors file; get it again");
}
