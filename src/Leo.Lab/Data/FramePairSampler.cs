using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>
/// Draws pairs of two different frames of one video, the training data of the animator (LEO §3.1): videos evenly, frames evenly
/// within the video. Each batch takes the same number of draws, so the generator's state alone is the position in the data.
/// </summary>
public sealed class FramePairSampler
{
    private const int Draws = 4; // video, source, driving, flip
    private readonly ClipStore _store;
    private readonly int _batchSize;
    private readonly Generator _generator;
    private readonly FramePairOptions _options;
    private (int Video, int Source, int Driving)[] _drawn = [];

    /// <summary>Prepares drawing; store and generator stay the caller's.</summary>
    /// <param name="store">The videos.</param>
    /// <param name="batchSize">Pairs a batch, B ≥ 1.</param>
    /// <param name="generator">The only source of randomness, on the CPU.</param>
    /// <param name="options">Null: any two frames, never mirrored.</param>
    /// <exception cref="DataException">A video has fewer than two frames.</exception>
    public FramePairSampler(ClipStore store, int batchSize, Generator generator, FramePairOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        options ??= new FramePairOptions();
        if (options.MaxDistance is { } distance)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(distance, nameof(options));
        if (options.Jitter is not (>= 0 and <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(options), options.Jitter, "expected a jitter from 0 to 0.5");
        for (int i = 0; i < store.Count; i++)
        {
            if (store.FrameCount(i) < 2)
                throw new DataException(store.Path(i), $"{store.FrameCount(i)} frame, while a pair takes 2", "Remove the file, or give a longer video");
        }

        (_store, _batchSize, _generator, _options) = (store, batchSize, generator, options);
    }

    /// <summary>Names of the pairs of the last batch.</summary>
    public IEnumerable<string> Drawn
    {
        get
        {
            var last = _drawn;
            return last.Select(d => $"{_store.Path(d.Video)} frames {d.Source}, {d.Driving}");
        }
    }

    /// <summary>The next batch: source and driving, each [B, 3, S, S] in [-1, 1], owned by the current dispose scope.</summary>
    public (Tensor Source, Tensor Driving) Next() => Next(BatchShare.Whole);

    /// <summary>A share of the next batch; everything is drawn for the whole of it, and only the share is read.</summary>
    /// <param name="share">Which.</param>
    public (Tensor Source, Tensor Driving) Next(BatchShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return Next(share, _generator);
    }

    /// <summary>As the other, drawn from another generator.</summary>
    internal (Tensor Source, Tensor Driving) Next(BatchShare share, Generator generator)
    {
        var places = share.Places(_batchSize);
        var source = empty(places.Count, 3, _store.Size, _store.Size, dtype: ScalarType.Float32);
        var driving = empty(places.Count, 3, _store.Size, _store.Size, dtype: ScalarType.Float32);
        Span<float> sources = FrameTensors.Floats(source), drivings = FrameTensors.Floats(driving);
        double[] draws = RandomDraws.Uniform(generator, _batchSize * Draws);
        var batch = new (int Video, int Source, int Driving)[_batchSize];
        for (int i = 0; i < _batchSize; i++)
        {
            var draw = draws.AsSpan(i * Draws, Draws);
            var (video, from, to) = Pair(draw[0], draw[1], draw[2]);
            batch[i] = (video, from, to);
        }
        foreach (var (i, place) in places.Index())
        {
            var (video, from, to) = batch[place];
            bool flip = _options.Flip && draws[place * Draws + 3] < 0.5;
            _store.CopyTo(video, from, sources, i, flip);
            _store.CopyTo(video, to, drivings, i, flip);
        }

        _drawn = batch;
        if (_options.Jitter > 0) Jitter(source, driving, places, generator);
        return (source, driving);
    }

    private void Jitter(Tensor source, Tensor driving, IReadOnlyList<int> places, Generator generator)
    {
        using var scope = NewDisposeScope();
        double[] draws = RandomDraws.Uniform(generator, _batchSize * ColourChange.Draws);
        foreach (var (i, place) in places.Index())
        {
            var change = ColourChange.Draw(draws.AsSpan(place * ColourChange.Draws, ColourChange.Draws), _options.Jitter);
            foreach (var frames in new[] { source, driving })
            {
                var frame = frames.narrow(0, i, 1);
                frame.copy_(ColourJitter.Apply(frame, change));
            }
        }
    }

    /// <summary>Three numbers in [0, 1) as a video and two different frames of it.</summary>
    internal (int Video, int Source, int Driving) Pair(double videoDraw, double sourceDraw, double drivingDraw)
    {
        int video = RandomDraws.Index(videoDraw, _store.Count);
        int frames = _store.FrameCount(video);
        int source = RandomDraws.Index(sourceDraw, frames);
        var (first, last) = _options.MaxDistance is { } distance
            ? (Math.Max(0, source - distance), (int)Math.Min(frames - 1L, source + (long)distance))
            : (0, frames - 1);
        int driving = first + RandomDraws.Index(drivingDraw, last - first); // one place fewer: the source itself is left out
        return (video, source, driving >= source ? driving + 1 : driving);
    }
}

/// <summary>Which pairs <see cref="FramePairSampler"/> draws.</summary>
public sealed record FramePairOptions
{
    /// <summary>Largest distance in frames between source and driving, ≥ 1; null for any two frames of the video.</summary>
    /// <value>Default null, as LIA §4 trains.</value>
    public int? MaxDistance { get; init; }

    /// <summary>Mirrors half of the pairs, both frames alike. Faces bear it; left and right arms are told apart no more.</summary>
    /// <value>Default false.</value>
    public bool Flip { get; init; }

    /// <summary>
    /// Strength of the colour jitter, both frames of a pair alike (<see cref="ColourJitter"/>): brightness, contrast and saturation times
    /// 1 ± this, hue turned by ± this share of the circle; 0 to 0.5. LIA takes 0.1 for TaichiHD and TED.
    /// </summary>
    /// <value>Default 0, none.</value>
    public double Jitter { get; init; }
}
