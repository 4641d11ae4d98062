using System.Buffers.Binary;

namespace Leo.Fuzz.Mutation;

/// <summary>Damages bytes in the ways that transport, disks and attackers do.</summary>
internal static class ByteMutation
{
    private const int Largest = 1 << 20;

    /// <summary>Applies a few damages.</summary>
    public static byte[] Apply(FuzzRandom random, byte[] input)
    {
        for (int left = 1 + random.Below(4); left > 0; left--)
            input = One(random, input);
        return input;
    }

    private static byte[] One(FuzzRandom random, byte[] input)
    {
        if (input.Length == 0)
            return random.Bytes(random.Below(16));
        byte[] bytes = (byte[])input.Clone();
        int at = random.Below(bytes.Length), length = 1 + random.Below(Math.Min(64, bytes.Length - at));
        switch (random.Below(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Below(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next();
                return bytes;
            case 2: // a number of some width, either way round
                Span<byte> number = stackalloc byte[8];
                if (random.Chance(0.5)) BinaryPrimitives.WriteInt64LittleEndian(number, random.Number());
                else BinaryPrimitives.WriteInt64BigEndian(number, random.Number());
                int width = Math.Min(1 << random.Below(4), bytes.Length - at);
                number[..width].CopyTo(bytes.AsSpan(at));
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..at], .. random.Bytes(length), .. bytes[at..]];
            case 6: // a piece twice, or very often
                int times = bytes.Length * 2 < Largest && random.Chance(0.1) ? 1000 : 1;
                return [.. bytes[..at], .. Enumerable.Repeat(bytes[at..(at + length)], times).SelectMany(p => p), .. bytes[at..]];
            case 7:
                int from = random.Below(bytes.Length - length + 1);
                bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(at));
                return bytes;
            default:
                bytes.AsSpan(at, length).Fill((byte)random.Pick([0, 0xff, 0x20, 0x7f]));
                return bytes;
        }
    }
}
