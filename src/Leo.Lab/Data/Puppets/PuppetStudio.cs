using System.Globalization;
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
    /// <param name="progress">Called after each video with how many are done and how many there will be.</param>
    /// <exception cref="LeoException">An option does not fit, or a file cannot be written.</exception>
    public static void Write(string folder, PuppetOptions options, Action<int, int>? progress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        int people = options.TrainIdentities + options.TestIdentities, done = 0;
        byte[] rgb = new byte[options.Size * options.Size * 3];
        for (int identity = 0; identity < people; identity++)
        {
            bool train = identity < options.TrainIdentities;
            string part = train ? "train" : "test";
            int videos = options.VideosPerIdentity + (train ? options.ImprovisedVideos : 0);
            for (int video = 0; video < videos; video++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{identity:000}_{video}.mp4");
                WriteOne(Path.Combine(folder, part, name), PuppetTake.Of(options, identity, video), options, rgb);
                progress?.Invoke(++done, options.TotalVideos);
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
