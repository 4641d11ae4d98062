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
        foreach (ScannedVideo held in test.Where(v => v.Fault != ScanFault.Unreadable))
        {
            foreach (ScannedVideo seen in train.Where(v => v.Fault != ScanFault.Unreadable))
            {
                double distance = held.Sha256 == seen.Sha256 ? 0 : Distance(held.Hashes, seen.Hashes);
                if (distance <= Threshold)
                    found.Add(new NearDuplicate(seen.Path, held.Path, distance, held.Sha256 == seen.Sha256));
            }
        }

        return found;
    }
}
