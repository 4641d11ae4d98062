using System.Buffers.Binary;

namespace Leo.Lab.Media;

/// <summary>
/// Whether the coded data of a baseline JPEG add up (ITU T.81, F.2): every code exists, no block has more than 64 coefficients, and the last
/// block ends where the data do. Decoders make grey or shifted pictures of data that were changed, and say nothing. Changes that leave
/// all codes as long as they were are not found by it, nor are those of progressive pictures, which it does not look at.
/// </summary>
internal static class JpegScan
{
    // Some programs leave a byte or two between the data and the next mark.
    private const int MostLeftOver = 2;

    /// <summary>What does not add up; null if all does, or where it is no baseline JPEG.</summary>
    public static string? Fault(ReadOnlySpan<byte> file)
    {
        var frame = default(Frame?);
        var tables = new HuffmanTable?[8]; // of means, then of the other coefficients
        int interval = 0;
        for (int at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF || file[at + 1] is 0xFF or 0 or 1 or (>= 0xD0 and <= 0xD8))
            {
                at++; // padding; what stands between marks does not matter
                continue;
            }

            byte mark = file[at + 1];
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (mark == 0xD9 || length < 2 || at + 2 + length > file.Length)
                return null;
            var body = file.Slice(at + 4, length - 2);
            at += 2 + length;
            switch (mark)
            {
                case 0xC0 or 0xC1:
                    frame = Frame.Parse(body);
                    if (frame is null)
                        return null;
                    break;
                case 0xC4:
                    if (!HuffmanTable.ReadAll(body, tables))
                        return "a table of codes is none";
                    break;
                case > 0xC0 and < 0xD0 and not (0xC8 or 0xCC):
                    return null; // progressive, lossless or arithmetic
                case 0xDD when body.Length >= 2:
                    interval = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case 0xDA:
                    if (frame is null || Scan.Parse(body, frame, tables) is not { } scan)
                        return null;
                    var bits = new BitReader(file[at..]);
                    if (scan.Fault(ref bits, interval) is { } fault)
                        return fault;
                    at += bits.Position;
                    break;
            }
        }

        return null;
    }

    private sealed record Frame(int Width, int Height, IReadOnlyList<(byte Id, int Across, int Down)> Parts)
    {
        public int MostAcross => Parts.Max(p => p.Across);

        public int MostDown => Parts.Max(p => p.Down);

        // Null where it says its height later (DNL), or nothing sensible.
        public static Frame? Parse(ReadOnlySpan<byte> body)
        {
            if (body.Length < 6 || body[0] != 8 || body.Length < 6 + (body[5] * 3))
                return null;
            var parts = new List<(byte, int, int)>();
            for (int i = 0; i < body[5]; i++)
                parts.Add((body[6 + (i * 3)], body[7 + (i * 3)] >> 4, body[7 + (i * 3)] & 15));
            var frame = new Frame(BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]), parts);
            return frame is { Width: > 0, Height: > 0 } && parts.Count is > 0 and <= 4 && parts.All(p => p is { Item2: > 0 and <= 4, Item3: > 0 and <= 4 }) ? frame : null;
        }
    }

    // Blocks of a unit with their tables, and how many units there are (T.81, A.2).
    private sealed record Scan(IReadOnlyList<(HuffmanTable Means, HuffmanTable Others)> Blocks, long Units)
    {
        public static Scan? Parse(ReadOnlySpan<byte> body, Frame frame, HuffmanTable?[] tables)
        {
            int count = body.Length > 0 ? body[0] : 0;
            if (count is < 1 or > 4 || body.Length < 1 + (count * 2))
                return null;
            var blocks = new List<(HuffmanTable, HuffmanTable)>();
            for (int i = 0; i < count; i++)
            {
                byte id = body[1 + (i * 2)], chosen = body[2 + (i * 2)];
                var part = frame.Parts.FirstOrDefault(p => p.Id == id);
                if (part.Across == 0 || (chosen >> 4) > 3 || (chosen & 15) > 3 || tables[chosen >> 4] is not { } means || tables[4 + (chosen & 15)] is not { } others)
                    return null;
                if (count == 1)
                    return new Scan([(means, others)], Ceiling(Ceiling(frame.Width * part.Across, frame.MostAcross), 8) * Ceiling(Ceiling(frame.Height * part.Down, frame.MostDown), 8));
                blocks.AddRange(Enumerable.Repeat((means, others), part.Across * part.Down));
            }

            return new Scan(blocks, Ceiling(frame.Width, 8L * frame.MostAcross) * Ceiling(frame.Height, 8L * frame.MostDown));
        }

        public string? Fault(ref BitReader bits, int interval)
        {
            for (long unit = 0; unit < Units; unit++)
            {
                if (interval > 0 && unit > 0 && unit % interval == 0)
                {
                    if (bits.LeftOver() > MostLeftOver || !bits.TakeRestart((int)((unit / interval) - 1) & 7))
                        return $"its data do not fit together before block {unit} of {Units}";
                }

                foreach (var (means, others) in Blocks)
                {
                    if (!Block(ref bits, means, others))
                        return $"its data are no picture from about block {unit} of {Units} on";
                }

                if (bits.IsBehindEnd)
                    return $"its data end at block {unit} of {Units}";
            }

            return bits.LeftOver() is > MostLeftOver and var more ? $"{more} bytes are left behind its {Units} blocks" : null;
        }

        private static bool Block(ref BitReader bits, HuffmanTable means, HuffmanTable others)
        {
            int category = means.Read(ref bits);
            if (category is < 0 or > 11)
                return false;
            bits.Skip(category);
            for (int k = 1; k < 64; k++)
            {
                int code = others.Read(ref bits), run = code >> 4, size = code & 15;
                if (code < 0 || size > 10)
                    return false;
                if (size == 0 && run != 15)
                    return run == 0; // the block's end; runs of blocks are for progressive pictures
                k += run;
                if (k > 63)
                    return false;
                bits.Skip(size);
            }

            return true;
        }

        private static long Ceiling(long a, long b) => (a + b - 1) / b;
    }

    private sealed class HuffmanTable
    {
        private readonly byte[] _symbols;
        private readonly int[] _first = new int[18], _index = new int[18], _count = new int[18];

        private HuffmanTable(ReadOnlySpan<byte> counts, byte[] symbols)
        {
            _symbols = symbols;
            int code = 0, index = 0;
            for (int length = 1; length <= 16; length++)
            {
                (_first[length], _index[length], _count[length]) = (code, index, counts[length - 1]);
                code = (code + counts[length - 1]) << 1;
                index += counts[length - 1];
            }
        }

        public static bool ReadAll(ReadOnlySpan<byte> body, HuffmanTable?[] tables)
        {
            while (body.Length >= 17)
            {
                int sum = 0;
                foreach (byte count in body.Slice(1, 16))
                    sum += count;
                int kind = body[0] >> 4, number = body[0] & 15;
                if (kind > 1 || number > 3 || sum > 256 || body.Length < 17 + sum)
                    return false;
                tables[(kind * 4) + number] = new HuffmanTable(body.Slice(1, 16), body.Slice(17, sum).ToArray());
                body = body[(17 + sum)..];
            }

            return body.IsEmpty;
        }

        // -1 where no code is as it goes on.
        public int Read(ref BitReader bits)
        {
            int next = bits.Peek16();
            for (int length = 1; length <= 16; length++)
            {
                int place = (next >> (16 - length)) - _first[length];
                if (place >= 0 && place < _count[length])
                {
                    bits.Skip(length);
                    return _symbols[_index[length] + place];
                }
            }

            return -1;
        }
    }

    // A byte FF of the data is followed by 00; anything else behind one is a mark, where the data end.
    private ref struct BitReader(ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> _data = data;
        private ulong _bits;
        private int _count, _filled;

        public int Position { get; private set; }

        public readonly bool IsBehindEnd => _count < _filled;

        public int Peek16()
        {
            Fill();
            return (int)(_bits >> (_count - 16)) & 0xFFFF;
        }

        public void Skip(int bits)
        {
            Fill();
            _count -= bits;
        }

        /// <summary>Bytes up to the next mark that no block took.</summary>
        public int LeftOver()
        {
            int left = Math.Max(0, _count - _filled) / 8;
            while (!AtMark())
            {
                Position += _data[Position] == 0xFF ? 2 : 1;
                left++;
            }

            return left;
        }

        public bool TakeRestart(int number)
        {
            while (Position + 2 < _data.Length && _data[Position + 1] == 0xFF)
                Position++;
            if (Position + 1 >= _data.Length || _data[Position + 1] != 0xD0 + number)
                return false;
            Position += 2;
            (_bits, _count, _filled) = (0, 0, 0);
            return true;
        }

        private readonly bool AtMark() => Position >= _data.Length || (_data[Position] == 0xFF && (Position + 1 >= _data.Length || _data[Position + 1] != 0));

        // Behind the end come zeros, which are counted.
        private void Fill()
        {
            while (_count <= 48)
            {
                bool ended = AtMark();
                _bits = _bits << 8 | (ended ? 0UL : _data[Position]);
                _count += 8;
                if (ended)
                    _filled += 8;
                else
                    Position += _data[Position] == 0xFF ? 2 : 1;
            }
        }
    }
}
