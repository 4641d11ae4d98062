using System.Text.Json;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Metrics.I3d;
using Leo.Lab.Perceptual;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments.Extractor;

/// <summary>Videos of drawn puppets of one kind in memory, cut into clips with everything that is true of them.</summary>
internal sealed class PuppetClips
{
    private readonly byte[][] _pixels;
    private readonly float[][][] _poses;
    private readonly float[][] _people;
    private readonly int[] _patterns;
    private readonly int _frames, _size;
    private byte[] _rgb = [];                                              // of the last clip; a new one each time would be half a gigabyte of garbage in a hundred steps

    /// <summary>Draws the videos, the same for the same arguments.</summary>
    /// <param name="kind">Faces or bodies.</param>
    /// <param name="seed">Who they are.</param>
    /// <param name="first">Number of the first person.</param>
    /// <param name="count">Videos, each of another person.</param>
    /// <param name="frames">Frames of each.</param>
    /// <param name="size">Side in pixels.</param>
    internal PuppetClips(PuppetKind kind, long seed, int first, int count, int frames, int size)
    {
        (_frames, _size) = (frames, size);
        _pixels = new byte[count][];
        (_poses, _people, _patterns) = (new float[count][][], new float[count][], new int[count]);
        string[] names = kind == PuppetKind.Bodies ? [.. BodyPattern.All.Select(p => p.Name)] : [.. FaceManner.All.Select(m => m.Name)];
        var options = new PuppetOptions { Kind = kind, Seed = seed, TrainIdentities = first + count, VideosPerIdentity = 1, Frames = frames, Size = size };
        int bytes = size * size * 3;
        for (int i = 0; i < count; i++)
        {
            var take = PuppetTake.Of(options, first + i, 0);
            _pixels[i] = new byte[bytes * frames];
            for (int t = 0; t < frames; t++)
                take.Render(t, _pixels[i].AsSpan(t * bytes, bytes));
            _poses[i] = take.Truth.Pose;
            _people[i] = [.. PuppetPictures.Numbers(JsonSerializer.SerializeToNode<object?>((object?)take.Truth.Face ?? take.Truth.Body, Json.Compact))];
            _patterns[i] = Array.IndexOf(names, take.Truth.Pattern);
        }
        PatternCount = names.Length;
    }

    /// <summary>Videos.</summary>
    internal int Count => _pixels.Length;

    /// <summary>Motions that there are.</summary>
    internal int PatternCount { get; }

    /// <summary>Numbers that say a pose.</summary>
    internal int PoseCount => _poses[0][0].Length;

    /// <summary>Numbers that say a person.</summary>
    internal int PersonCount => _people[0].Length;

    /// <summary>Which motion a video shows.</summary>
    internal int Pattern(int video) => _patterns[video];

    /// <summary>A clip, [T, 3, S, S] float32, values 0 to 255. One thread at a time.</summary>
    internal Tensor Clip(int video, int start, int length, int stride)
    {
        int bytes = _size * _size * 3;
        if (_rgb.Length != bytes * length)
            _rgb = new byte[bytes * length];
        for (int t = 0; t < length; t++)
            _pixels[video].AsSpan((start + (t * stride)) * bytes, bytes).CopyTo(_rgb.AsSpan(t * bytes));
        using var scope = NewDisposeScope();
        return tensor(_rgb, [length, _size, _size, 3]).permute(0, 3, 1, 2).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>First frames from which a clip fits.</summary>
    internal int Starts(int length, int stride) => _frames - ((length - 1) * stride);

    /// <summary>The pose in one frame.</summary>
    internal float[] Pose(int video, int frame) => _poses[video][frame];

    /// <summary>Everything true of the person.</summary>
    internal float[] Person(int video) => _people[video];
}

/// <summary>One kind of puppet in the training of an extractor: clips, what is true of them, and the reader of it.</summary>
internal sealed class ExtractorSubject : IDisposable
{
    private const int PosesOfClip = 4;
    private static readonly int Kinds = Enum.GetValues<ClipDegradationKind>().Length;

    private readonly ExtractorRecipe _settings;
    private readonly PuppetClips _train, _heldOut;
    private readonly (float[] Pose, float[] Person) _mean, _deviation;

    internal ExtractorSubject(PuppetKind kind, ExtractorRecipe settings, Generator init)
    {
        _settings = settings;
        Name = kind.ToString().ToLowerInvariant();
        long seed = Seeds.Derive(settings.Training.Seed, "extractor.puppets");
        _train = new PuppetClips(kind, seed, 0, settings.People, settings.VideoFrames, PuppetI3dNetwork.Size);
        _heldOut = new PuppetClips(kind, seed, settings.People, settings.HeldOutPeople, settings.VideoFrames, PuppetI3dNetwork.Size);
        var poses = Moments([.. Enumerable.Range(0, _train.Count).SelectMany(v => new[] { _train.Pose(v, 0), _train.Pose(v, settings.VideoFrames / 2) })]);
        var people = Moments([.. Enumerable.Range(0, _train.Count).Select(_train.Person)]);
        (_mean, _deviation) = ((poses.Mean, people.Mean), (poses.Deviation, people.Deviation));
        Reader = new ExtractorReader(settings.Network.Width, (PosesOfClip * _train.PoseCount) + _train.PersonCount + _train.PatternCount + Kinds, init);
    }

    internal string Name { get; }

    internal ExtractorReader Reader { get; }

    /// <summary>A batch for training or, from a fixed generator, for validation.</summary>
    internal ExtractorBatch Next(Generator generator, int count, bool held)
    {
        var clips = held ? _heldOut : _train;
        var images = new List<Tensor>();
        var truth = new List<float>();
        var patterns = new List<long>();
        var drawn = new List<(int Video, int Start)>();
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            double[] draws = RandomDraws.Uniform(generator, 7);
            int stride = _settings.Strides[RandomDraws.Index(draws[0], _settings.Strides.Count)], starts = clips.Starts(_settings.Frames, stride);
            int video = RandomDraws.Index(draws[1], clips.Count), start = RandomDraws.Index(draws[2], starts), other = RandomDraws.Index(draws[3], clips.Count);
            drawn.Add((video, start));
            bool spoil = draws[4] < _settings.Spoilt;
            var kind = (ClipDegradationKind)RandomDraws.Index(draws[5], Kinds);
            // A fifth of them as much as can be: the end of the scale has to be learnt, too.
            double strength = spoil ? Math.Min(1, draws[6] / 0.8) : 0;
            var clip = clips.Clip(video, start, _settings.Frames, stride);
            if (spoil)
                clip = ClipDegradation.Apply(kind, strength, clip, clips.Clip(other, start, _settings.Frames, stride), generator);
            images.Add((clip.round() / 127.5f - 1f).transpose(0, 1).MoveToOuterDisposeScope());

            // Where the order or the person is spoilt, there is no one pose or person to read: those count for nothing.
            bool ordered = !spoil || kind is ClipDegradationKind.Noise or ClipDegradationKind.Blur, same = !spoil || kind != ClipDegradationKind.Swap;
            for (int p = 0; p < PosesOfClip; p++)
                truth.AddRange(Standard(clips.Pose(video, start + (((2 * p) + 1) * (_settings.Frames - 1) / (2 * PosesOfClip) * stride)), _mean.Pose, _deviation.Pose, ordered));
            truth.AddRange(Standard(clips.Person(video), _mean.Person, _deviation.Person, same));
            truth.AddRange(Enumerable.Range(0, Kinds).Select(k => spoil && k == (int)kind ? (float)strength : 0));
            patterns.Add(ordered ? clips.Pattern(video) : -1);
        }
        return new ExtractorBatch(stack(images, 0), tensor(truth.ToArray(), [count, truth.Count / count]), tensor(patterns.ToArray())) { Drawn = drawn };
    }

    /// <summary>Errors of pose, person and degradation, and cross entropy of the motion, each a mean over what counts.</summary>
    internal (Tensor Pose, Tensor Person, Tensor Pattern, Tensor Spoilt) Errors(Tensor features, ExtractorBatch batch)
    {
        using var scope = NewDisposeScope();
        var read = Reader.forward(features);
        long pose = PosesOfClip * _train.PoseCount, person = _train.PersonCount, pattern = _train.PatternCount;
        // NaN marks what does not count.
        Tensor Error(long from, long length, long at)
        {
            var truth = batch.Truth.narrow(1, at, length);
            var counts = truth.isnan().logical_not().to(ScalarType.Float32);
            return ((read.narrow(1, from, length) - truth.nan_to_num(0)).square() * counts).sum() / counts.sum().clamp_min(1);
        }
        var spoilt = Error(pose + person + pattern, Kinds, pose + person);
        var crossEntropy = nn.functional.cross_entropy(read.narrow(1, pose + person, pattern), batch.Patterns, ignore_index: -1, reduction: nn.Reduction.Sum)
            / batch.Patterns.ge(0).sum().clamp_min(1);
        return (Error(0, pose, 0).MoveToOuterDisposeScope(), Error(pose, person, pose).MoveToOuterDisposeScope(),
            crossEntropy.MoveToOuterDisposeScope(), spoilt.MoveToOuterDisposeScope());
    }

    /// <summary>Share of held-out clips whose motion is told rightly.</summary>
    internal double PatternAccuracy(Tensor features, ExtractorBatch batch)
    {
        using var scope = NewDisposeScope();
        var told = Reader.forward(features).narrow(1, (PosesOfClip * _train.PoseCount) + _train.PersonCount, _train.PatternCount).argmax(1);
        var counts = batch.Patterns.ge(0);
        return told.eq(batch.Patterns).logical_and(counts).sum().item<long>() / (double)Math.Max(1, counts.sum().item<long>());
    }

    public void Dispose() => Reader.Dispose();

    private static IEnumerable<float> Standard(float[] values, float[] mean, float[] deviation, bool counts) =>
        values.Select((v, i) => counts ? (v - mean[i]) / deviation[i] : float.NaN);

    private static (float[] Mean, float[] Deviation) Moments(float[][] rows)
    {
        int width = rows[0].Length;
        float[] mean = new float[width];
        float[] deviation = new float[width];
        for (int i = 0; i < width; i++)
        {
            double average = rows.Average(r => r[i]), spread = Math.Sqrt(rows.Average(r => (r[i] - average) * (r[i] - average)));
            (mean[i], deviation[i]) = ((float)average, spread > 1e-4 ? (float)spread : 1); // what never varies keeps scale 1
        }
        return (mean, deviation);
    }
}

/// <summary>Clips and what is true of them, in the current dispose scope.</summary>
/// <param name="Clips">[B, 3, T, 64, 64] in [-1, 1].</param>
/// <param name="Truth">[B, n]: poses, person, strength of each degradation; NaN where a clip has none.</param>
/// <param name="Patterns">[B] number of the motion; −1 where a clip shows none.</param>
internal sealed record ExtractorBatch(Tensor Clips, Tensor Truth, Tensor Patterns)
{
    /// <summary>Which video and first frame each clip is of.</summary>
    internal IReadOnlyList<(int Video, int Start)> Drawn { get; init; } = [];

    /// <summary>The same batch on a device.</summary>
    internal ExtractorBatch To(Device device) => this with { Clips = Clips.to(device), Truth = Truth.to(device), Patterns = Patterns.to(device) };
}
