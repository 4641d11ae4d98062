using System.Buffers.Binary;

namespace Leo.Lab.Checkpoints;

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
        var bytes = new byte[count];
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
