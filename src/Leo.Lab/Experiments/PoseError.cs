using System.Numerics;

namespace Leo.Lab.Experiments;

/// <summary>Adds up how far landmarks are from where they should be, in pixels of a 64-pixel frame.</summary>
public sealed class PoseError
{
    private const double PixelsPerUnit = 32; // the frame is 2 wide

    private double _sum;

    /// <summary>Landmarks judged so far.</summary>
    public long Count { get; private set; }

    /// <summary>Mean over all landmarks of all frames; NaN where none was judged.</summary>
    public double Mean => _sum / Count;

    /// <summary>Adds the landmarks of a frame; those whose true place is beyond the frame's edge are not judged.</summary>
    /// <param name="found">Places, −1 … 1 from edge to edge.</param>
    /// <param name="truth">As many.</param>
    /// <exception cref="ArgumentException">Not as many.</exception>
    public void Add(IReadOnlyList<Vector2> found, IReadOnlyList<Vector2> truth)
    {
        if (found.Count != truth.Count)
            throw new ArgumentException($"{found.Count} landmarks found, {truth.Count} true ones.");
        for (int i = 0; i < truth.Count; i++)
        {
            if (Math.Abs(truth[i].X) < 1 && Math.Abs(truth[i].Y) < 1)
            {
                _sum += PixelsPerUnit * Vector2.Distance(found[i], truth[i]);
                Count++;
            }
        }
    }
}
