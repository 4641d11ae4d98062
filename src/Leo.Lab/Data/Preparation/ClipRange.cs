using System.Globalization;

namespace Leo.Lab.Data.Preparation;

/// <summary>A stretch of a video, its end not included.</summary>
/// <param name="Start">First frame at <paramref name="Rate"/>.</param>
/// <param name="End">First frame that no longer belongs.</param>
/// <param name="Rate">Frames a second in which start and end are counted; 1 where they are seconds.</param>
internal sealed record ClipRange(double Start, double End, double Rate)
{
    // Rates are published, and read by the official loaders, with two decimals (29.97 for 30000/1001): frames count one to one then.
    private const double SameRate = 0.002;

    /// <summary>The same stretch in a video's own frames: those i with start ≤ i · Rate / fps &lt; end, as the official loaders take them.</summary>
    public (int First, int Count) Frames(double fps)
    {
        double scale = Math.Abs(fps / Rate - 1) < SameRate ? 1 : (Rate == 1 ? fps : Math.Round(fps, 2)) / Rate;
        var (first, last) = (Index(Start * scale), Index(End * scale));
        return (first, Math.Max(0, last - first));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}..{End} at {Rate}");

    private static int Index(double at) => (int)Math.Clamp(Math.Ceiling(at - 1e-3), 0, int.MaxValue);
}
