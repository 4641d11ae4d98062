using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>
/// Turns a data set as it is downloaded into clips that train: cropped as published, square, in <c>train/</c>, <c>test/</c> and <c>val/</c>
/// as published, with a manifest. Clips that cannot be made are listed with the reason. A second call makes only what is missing.
/// </summary>
public static partial class DatasetPreparation
{
    private static readonly string[] Parts = ["train", "test", "val"];

    /// <summary>Prepares a data set.</summary>
    /// <param name="kind">Its layout.</param>
    /// <param name="source">The folder that holds it.</param>
    /// <param name="target">The folder to fill, outside of the source; made if missing.</param>
    /// <param name="options">Null: defaults.</param>
    /// <param name="progress">Called after each clip with how many are done, how many there are, and the clip; never twice at once.</param>
    /// <param name="cancellation">Stops; what is finished is kept and known to the next run.</param>
    /// <exception cref="DataException">The layout is not there, an option does not fit, or no clip at all could be made.</exception>
    /// <exception cref="MediaException">The target cannot be written, or ffmpeg is not installed.</exception>
    public static PreparationReport Run(
        DatasetKind kind, string source, string target, PreparationOptions? options = null,
        Action<int, int, PreparedClip>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        options ??= new PreparationOptions();
        options.Validate();
        if (!Directory.Exists(source))
            throw new DataException(source, "no such folder", "Check the path");
        string inside = Path.GetRelativePath(source, target).Replace('\\', '/');
        if (inside == "." || !(inside == ".." || inside.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(inside)))
            throw new DataException(target, "lies inside the source folder", "Choose a folder outside of it: what is written would be taken for source");

        var plan = kind switch
        {
            DatasetKind.Taichi => TaichiLayout.Plan(source, options),
            DatasetKind.FaceForensics => FaceForensicsLayout.Plan(source, options),
            DatasetKind.CelebVHQ => CelebVHqLayout.Plan(source, options),
            DatasetKind.Ucf101 => Ucf101Layout.Plan(source, options),
            DatasetKind.Folder => FolderLayout.Plan(source),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a data set."),
        };
        return Run(kind.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "", plan, source, target, options, progress, cancellation);
    }

    /// <summary>Carries out a plan.</summary>
    internal static PreparationReport Run(
        string dataset, DatasetPlan plan, string source, string target, PreparationOptions options,
        Action<int, int, PreparedClip>? progress, CancellationToken cancellation)
    {
        if (plan.Clips.Count == 0)
            throw NothingLeft(source, plan.Skipped);
        using var journal = new PreparationJournal(target, dataset);
        Sweep(target);
        var maker = new ClipMaker(source, target, options, cancellation);
        var clips = new PreparedClip[plan.Clips.Count];
        int done = 0, reused = 0;
        var gate = new Lock();
        Each(clips.Length, options.Threads, cancellation, i =>
        {
            var (clip, kept) = One(plan.Clips[i], maker, journal, source, target, options);
            lock (gate)
            {
                clips[i] = clip;
                reused += kept ? 1 : 0;
                if (!kept)
                    journal.Add(clip);
                progress?.Invoke(++done, clips.Length, clip);
            }
        });

        PreparedClip[] all = [.. clips.Concat(plan.Skipped).OrderBy(c => c.Name, StringComparer.Ordinal)];
        int made = clips.Count(c => c.Reason is null) - reused;
        if (made + reused == 0)
            throw NothingLeft(source, all);
        var manifest = new PreparationManifest
        {
            Dataset = dataset,
            Layout = plan.Layout,
            Source = Path.GetFullPath(source),
            Size = options.Size,
            Subsampling = Subsampling(options),
            Counts = all.Where(c => c.Reason is null).GroupBy(c => c.Part).ToDictionary(g => g.Key, g => g.Count()),
            Published = plan.Published,
            Warnings = [],
            Clips = all,
        };
        manifest = manifest with { Warnings = [.. plan.Warnings, .. PreparationChecks.Warnings(manifest, target)] };
        journal.Finish(target, manifest);
        return new PreparationReport(manifest, made, reused);
    }

    private static (PreparedClip Clip, bool Kept) One(ClipPlan clip, ClipMaker maker, PreparationJournal journal, string source, string target, PreparationOptions options)
    {
        string name = maker.OutputName(clip), recipe = Recipe(clip, options), stamp = "";
        try
        {
            stamp = Stamp(clip.Source) + (clip.Mask is { } mask ? " " + Stamp(mask) : "");
            if (journal.Find(name) is { Reason: null } known && known.Recipe == recipe && known.Stamp == stamp && known.Bytes > 0
                && ClipMaker.BytesOf(Path.Combine(target, name)) == known.Bytes)
            {
                return (known, true);
            }

            return (maker.Make(clip) with { Recipe = recipe, Stamp = stamp }, false);
        }
        catch (LeoException e) when (IsAbout(e.Subject, clip.Source) || clip.Mask is { } mask && IsAbout(e.Subject, mask))
        {
            Discard(Path.Combine(target, name)); // of an earlier source: what is listed as left out must not be there
            return (new PreparedClip { Name = name, Source = VideoFolder.NameIn(source, clip.Source), Reason = e.Message, Recipe = recipe, Stamp = stamp }, false);
        }
    }

    // A clip's own fault leaves the others alone; a full disk or a missing ffmpeg ends the run.
    private static bool IsAbout(string subject, string path) =>
        subject == path || subject.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Each(int count, int threads, CancellationToken cancellation, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, work);
        }
        catch (AggregateException e)
        {
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // one fault is enough to act on, and it has a type
        }
    }

    private static string Recipe(ClipPlan clip, PreparationOptions o) => FormattableString.Invariant(
        $"{o.Size} {o.Format} every {o.Every} fps {o.FramesPerSecond} max {o.MaxFrames} min {o.MinFrames}; frames {clip.Range}; box {clip.Box}; mesh {(clip.Mask is null ? "" : o.Crop)}");

    private static string Subsampling(PreparationOptions o) => FormattableString.Invariant(
        $"{(o.FramesPerSecond is { } rate ? $"resampled to {rate} frames a second by time stamp" : "every stored frame once")}{(o.Every > 1 ? $", one frame of {o.Every} kept" : "")}{(o.MaxFrames is { } most ? $", at most {most} frames" : "")}");

    private static string Stamp(string path)
    {
        if (!Directory.Exists(path))
            return FormattableString.Invariant($"{(File.Exists(path) ? new FileInfo(path).Length : 0)}@{File.GetLastWriteTimeUtc(path):yyyyMMddHHmmss}");
        var files = new DirectoryInfo(path).EnumerateFiles().ToList();
        return FormattableString.Invariant($"{files.Count}:{files.Sum(f => f.Length)}@{files.Select(f => f.LastWriteTimeUtc).DefaultIfEmpty().Max():yyyyMMddHHmmss}");
    }

    // What a killed run left half written.
    private static void Sweep(string target)
    {
        foreach (string part in Parts.Select(p => Path.Combine(target, p)).Where(Directory.Exists))
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(part, "*.part", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).ToList())
            {
                if (Temporary().IsMatch(path))
                    Discard(path);
            }
        }
    }

    private static void Discard(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else if (File.Exists(path))
            File.Delete(path);
    }

    private static DataException NothingLeft(string source, IReadOnlyList<PreparedClip> skipped) => new(
        source,
        skipped.Count == 0 ? "holds no clips to prepare" : $"none of its {skipped.Count} clips can be prepared; the first, {skipped[0].Name}: {skipped[0].Reason}",
        "Check that this is the folder of the data set");

    [GeneratedRegex(@"\.[0-9a-f]{32}\.part$")]
    private static partial Regex Temporary();
}

/// <summary>What a prepared data set should make its user think twice about.</summary>
internal static class PreparationChecks
{
    /// <summary>Counts that differ from the published ones, clips cut short or enlarged, and videos that are not of this preparation.</summary>
    public static IEnumerable<string> Warnings(PreparationManifest manifest, string target)
    {
        foreach (var (part, published) in manifest.Published)
        {
            int count = part == "all" ? manifest.Counts.Values.Sum() : manifest.Counts.GetValueOrDefault(part);
            if (count != published)
                yield return $"{(part == "all" ? "in all" : part)}: {count} clips, published are {published}; numbers measured on them do not compare with the paper's";
        }

        int Noted(string text) => manifest.Clips.Count(c => c.Notes.Any(n => n.Contains(text, StringComparison.Ordinal)));
        if (Noted("outside the") is > 0 and var outside)
            yield return $"{outside} clips have boxes that reach outside the frame; they were put inside";
        if (Noted("ends early") is > 0 and var early)
            yield return $"{early} clips are shorter than listed";
        if (Noted("enlarged") is > 0 and var enlarged)
            yield return $"{enlarged} clips were enlarged to {manifest.Size}";

        var ours = manifest.Clips.Where(c => c.Reason is null).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (VideoFolder.List(target).Count(v => !ours.Contains(VideoFolder.NameIn(target, v))) is > 0 and var strangers)
            yield return $"{strangers} videos in {target} are not of this preparation; training would take them too";
    }
}
