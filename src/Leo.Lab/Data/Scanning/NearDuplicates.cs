using System.Numerics;

namespace Leo.Lab.Data.Scanning;

/// <summary>Finds videos of the test side that stand on the training side too, re-encoded, resized or slightly cut.</summary>
internal static class NearDuplicates
{
    /// <summary>Frames of a video that are compared, evenly spaced.</summary>
    internal const int Frames = 8;

    /// <summary>
    /// Mean distance up to which two videos count as one, in bits of 64. Copies that were re-encoded smaller, with noise or other brightness
    /// have up to 5.5; two short videos of one puppet from 7, of different puppets from 13. A crop of a twentieth, or a tenth cut off, can pass it.
    /// </summary>
    internal const double Threshold = 6;

    /// <summary>The hashes of <see cref="Frames"/> frames out of those of all.</summary>
    internal static ulong[] Pick(IReadOnlyList<ulong> all) =>
        all.Count == 0 ? [] : [.. Enumerable.Range(0, Frames).Select(i => all[(int)(((2L * i) + 1) * all.Count / (2 * Frames))])];

    /// <summary>Mean distance of two videos; infinity where one shows nothing.</summary>
    internal static double Distance(IReadOnlyList<ulong> a, IReadOnlyList<ulong> b)
    {
        if (a.Count != Frames || b.Count != Frames || a.All(h => h == 0) || b.All(h => h == 0))
            return double.PositiveInfinity;
        int sum = 0;
        for (int i = 0; i < Frames; i++)
            sum += PerceptualHash.Distance(a[i], b[i]);
        return (double)sum / Frames;
    }

    /// <summary>The nearest training video of each test video that has one within the threshold.</summary>
    internal static IReadOnlyList<NearDuplicate> Find(IReadOnlyList<ScannedVideo> train, IReadOnlyList<ScannedVideo> test)
    {
        var found = new List<NearDuplicate>();
        foreach (var held in test.Where(v => v.Fault != ScanFault.Unreadable))
        {
            foreach (var seen in train.Where(v => v.Fault != ScanFault.Unreadable))
            {
                double distance = held.Sha256 == seen.Sha256 ? 0 : Distance(held.Hashes, seen.Hashes);
                if (distance <= Threshold)
                    found.Add(new NearDuplicate(seen.Path, held.Path, distance, held.Sha256 == seen.Sha256));
            }
        }

        return found;
    }
}

/// <summary>
/// A picture in 64 bits that re-encoding, resizing, noise and brightness hardly change: the DCT of its grey 32×32 reduction, rows and
/// columns 1 to 8, each bit whether a coefficient exceeds their median (pHash; Zauner 2010, §3.2.1).
/// </summary>
internal static class PerceptualHash
{
    private const int Side = 32, Low = 8;

    // A picture of one colour has no coefficients, only rounding; it would get any hash.
    private const double Flat = 1;

    private static readonly double[,] Cosines = Table();

    /// <summary>The hash of a frame; 0 of one without any picture in it.</summary>
    /// <param name="rgb">H·W·3 bytes.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    internal static ulong Of(ReadOnlySpan<byte> rgb, int width, int height)
    {
        Span<double> grey = stackalloc double[Side * Side], low = stackalloc double[Low * Low], sorted = stackalloc double[Low * Low];
        Reduce(rgb, width, height, grey);
        Transform(grey, low);
        low.CopyTo(sorted);
        sorted.Sort();
        if (Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])) < Flat)
            return 0;
        double median = (sorted[(Low * Low / 2) - 1] + sorted[Low * Low / 2]) / 2;
        ulong hash = 0;
        for (int i = 0; i < low.Length; i++)
            hash |= low[i] > median ? 1UL << i : 0;
        return hash;
    }

    /// <summary>Bits that differ, 0 to 64.</summary>
    internal static int Distance(ulong a, ulong b) => BitOperations.PopCount(a ^ b);

    // Means over the pixels of each cell; a picture smaller than the grid repeats its own.
    private static void Reduce(ReadOnlySpan<byte> rgb, int width, int height, Span<double> grey)
    {
        for (int y = 0; y < Side; y++)
        {
            int top = y * height / Side, bottom = Math.Max(top + 1, (y + 1) * height / Side);
            for (int x = 0; x < Side; x++)
            {
                int left = (int)((long)x * width / Side), right = Math.Max(left + 1, (int)((x + 1L) * width / Side));
                long sum = 0;
                for (int row = top; row < bottom; row++)
                {
                    for (int at = ((row * width) + left) * 3, end = ((row * width) + right) * 3; at < end; at += 3)
                        sum += (299 * rgb[at]) + (587 * rgb[at + 1]) + (114 * rgb[at + 2]);
                }

                grey[(y * Side) + x] = sum / 1000.0 / ((bottom - top) * (right - left));
            }
        }
    }

    private static void Transform(ReadOnlySpan<double> grey, Span<double> low)
    {
        Span<double> rows = stackalloc double[Side * Low];
        for (int y = 0; y < Side; y++)
        {
            for (int u = 0; u < Low; u++)
            {
                double sum = 0;
                for (int x = 0; x < Side; x++)
                    sum += Cosines[u, x] * grey[(y * Side) + x];
                rows[(y * Low) + u] = sum;
            }
        }

        for (int v = 0; v < Low; v++)
        {
            for (int u = 0; u < Low; u++)
            {
                double sum = 0;
                for (int y = 0; y < Side; y++)
                    sum += Cosines[v, y] * rows[(y * Low) + u];
                low[(v * Low) + u] = sum;
            }
        }
    }

    private static double[,] Table()
    {
        double[,] table = new double[Low, Side];
        for (int u = 0; u < Low; u++)
        {
            for (int x = 0; x < Side; x++)
                table[u, x] = Math.Cos(Math.PI * ((2 * x) + 1) * (u + 1) / (2 * Side));
        }

        return table;
    }
}
