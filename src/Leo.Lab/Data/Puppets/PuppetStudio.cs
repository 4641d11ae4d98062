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
        PuppetTake take = PuppetTake.Of(options, identity, video);
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
