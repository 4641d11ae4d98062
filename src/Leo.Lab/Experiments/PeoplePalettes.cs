using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>Palettes of known people, to tell by colour alone which of them a frame shows.</summary>
public sealed class PeoplePalettes
{
    private readonly SortedDictionary<int, List<double[]>> _known = [];

    /// <summary>People known so far.</summary>
    public int Count => _known.Count;

    /// <summary>Learns real frames of a person.</summary>
    /// <param name="person">The person's number.</param>
    /// <param name="frames">[T, 3, H, W] in [-1, 1]; one palette is kept for the whole.</param>
    public void Add(int person, Tensor frames)
    {
        if (!_known.TryGetValue(person, out var palettes))
            _known[person] = palettes = [];
        palettes.Add(ColourPalette.Of(frames));
    }

    /// <summary>Share of frames whose nearest palette is that person's; null where fewer than two people are known.</summary>
    /// <param name="person">Who should be seen.</param>
    /// <param name="frames">[T, 3, H, W] in [-1, 1].</param>
    public double? Kept(int person, Tensor frames)
    {
        if (_known.Count < 2)
            return null;
        int kept = 0;
        for (long t = 0; t < frames.shape[0]; t++)
        {
            using var frame = frames.narrow(0, t, 1);
            kept += Nearest(frame) == person ? 1 : 0;
        }
        return (double)kept / frames.shape[0];
    }

    /// <summary>The person whose palette is nearest to a frame's.</summary>
    /// <param name="frame">[1, 3, H, W] in [-1, 1].</param>
    /// <exception cref="InvalidOperationException">Nobody is known.</exception>
    public int Nearest(Tensor frame)
    {
        double[] palette = ColourPalette.Of(frame);
        return _known.MinBy(k => k.Value.Min(p => ColourPalette.Distance(p, palette))).Key;
    }

    /// <summary>Everybody who is known, in order.</summary>
    public IReadOnlyList<int> People => [.. _known.Keys];
}
