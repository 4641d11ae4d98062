using System.Globalization;
using System.Runtime.ExceptionServices;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Puppets;

/// <summary>Makes data sets of puppets: videos with the true pose of every frame beside them.</summary>
public static class PuppetStudio
{
    /// <summary>
    /// Writes <c>train/007_0.mp4</c> and <c>train/007_0.json</c> (see <see cref="PuppetTruth"/>) for every person and
    /// video, and <c>test/</c> with people who are not in <c>train/</c>.
    /// </summary>
    /// <param name="folder">Where to; made if missing. Files of the same names are replaced.</param>
    /// <param name="options">What to make.</param>
    /// <param name="progress">Called after each video with how many are done and how many there will be; by one thread at a time.</param>
    /// <exception cref="LeoException">An option does not fit, or a file cannot be written.</exception>
    public static void Write(string folder, PuppetOptions options, Action<int, int>? progress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        int done = 0;
        object counting = new();
        try
        {
            // Each video has its own chance, so the order in which they are made does not matter.
            Parallel.ForEach(
                Videos(options),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                () => new byte[options.Size * options.Size * 3],
                (video, _, rgb) =>
                {
                    WriteOne(Path.Combine(folder, video.Path), PuppetTake.Of(options, video.Identity, video.Number), options, rgb);
                    lock (counting)
                    {
                        progress?.Invoke(++done, options.TotalVideos);
                    }

                    return rgb;
                },
                _ => { });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private static IEnumerable<(string Path, int Identity, int Number)> Videos(PuppetOptions options)
    {
        for (int identity = 0; identity < options.TrainIdentities + options.TestIdentities; identity++)
        {
            bool train = identity < options.TrainIdentities;
            int videos = options.VideosPerIdentity + (train ? options.ImprovisedVideos : 0);
            for (int number = 0; number < videos; number++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{identity:000}_{number}.mp4");
                yield return (Path.Combine(train ? "train" : "test", name), identity, number);
            }
        }
    }

    /// <summary>Renders one video of a data set into memory, exactly the pixels that <see cref="Write"/> encodes.</summary>
    /// <param name="options">The data set.</param>
    /// <param name="identity">The person's number: train identities first, then those of test.</param>
    /// <param name="video">Which of the person's videos; from <see cref="PuppetOptions.VideosPerIdentity"/> on they are improvised.</param>
    /// <returns>The video and what is true of it.</returns>
    /// <exception cref="LeoException">An option does not fit.</exception>
    public static (Video Video, PuppetTruth Truth) Render(PuppetOptions options, int identity, int video)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var take = PuppetTake.Of(options, identity, video);
        int bytes = options.Size * options.Size * 3;
        byte[] rgb = new byte[bytes * options.Frames];
        for (int frame = 0; frame < options.Frames; frame++)
        {
            take.Render(frame, rgb.AsSpan(frame * bytes, bytes));
        }

        return (new Video(options.Frames, options.Size, options.Size, options.FramesPerSecond, rgb), take.Truth);
    }

    private static void WriteOne(string path, PuppetTake take, PuppetOptions options, byte[] rgb)
    {
        using var writer = new VideoWriter(path, options.Size, options.Size, options.FramesPerSecond);
        for (int frame = 0; frame < options.Frames; frame++)
        {
            take.Render(frame, rgb);
            writer.Write(rgb);
        }

        // The truth first: a video that is there always has its truth beside it.
        take.Truth.Save(path);
        writer.Complete();
    }
}

/// <summary>Which puppets to make.</summary>
public sealed record PuppetOptions
{
    /// <summary>Faces or bodies.</summary>
    /// <value>Faces.</value>
    public PuppetKind Kind { get; init; } = PuppetKind.Faces;

    /// <summary>People under <c>train/</c>.</summary>
    /// <value>160.</value>
    public int TrainIdentities { get; init; } = 160;

    /// <summary>Other people, under <c>test/</c>.</summary>
    /// <value>24.</value>
    public int TestIdentities { get; init; } = 24;

    /// <summary>Videos of each person, every one with another motion.</summary>
    /// <value>2.</value>
    public int VideosPerIdentity { get; init; } = 2;

    /// <summary>
    /// Further videos of each person under <c>train/</c>, of motion that follows no pattern: bodies move every joint on
    /// its own (<see cref="BodyImprovisation"/>), faces have another manner.
    /// </summary>
    /// <value>0.</value>
    public int ImprovisedVideos { get; init; }

    /// <summary>Videos in all.</summary>
    public int TotalVideos => ((TrainIdentities + TestIdentities) * VideosPerIdentity) + (TrainIdentities * ImprovisedVideos);

    /// <summary>Frames of each video.</summary>
    /// <value>128.</value>
    public int Frames { get; init; } = 128;

    /// <summary>Height and width in pixels, 32 … 256, even.</summary>
    /// <value>64.</value>
    public int Size { get; init; } = 64;

    /// <summary>Frames a second.</summary>
    /// <value>25.</value>
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>Everything is drawn from it: the same seed gives the same pixels.</summary>
    /// <value>0.</value>
    public long Seed { get; init; }

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="LeoException">Some do not fit; the message lists all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        void Check(bool fine, string fault)
        {
            if (!fine)
            {
                faults.Add(fault);
            }
        }

        Check(TrainIdentities >= 0 && TestIdentities >= 0 && TrainIdentities + TestIdentities > 0, "at least one identity is needed");
        Check(VideosPerIdentity >= 1, $"videosPerIdentity is {VideosPerIdentity}, wanted at least 1");
        Check(ImprovisedVideos >= 0, $"improvisedVideos is {ImprovisedVideos}, wanted at least 0");
        Check(Frames >= 1, $"frames is {Frames}, wanted at least 1");
        Check(Size is >= 32 and <= 256 && Size % 2 == 0, $"size is {Size}, wanted an even number from 32 to 256");
        Check(FramesPerSecond is > 0 and <= 240, $"framesPerSecond is {FramesPerSecond}, wanted above 0 and up to 240");
        if (faults.Count > 0)
        {
            throw new LeoException("puppet options", string.Join("; ", faults), "Correct these values");
        }
    }
}

/// <summary>The two kinds of puppets.</summary>
public enum PuppetKind
{
    /// <summary>Talking heads: head pose, mouth, blinks, brows, gaze.</summary>
    Faces,

    /// <summary>Whole figures in slow, tai-chi-like motion.</summary>
    Bodies,
}
