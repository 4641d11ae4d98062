using Leo.Lab.Media;

namespace Leo.Lab.Data;

/// <summary>
/// The videos below a folder, split by video into those to train on and those held out. A video is a file (mp4, mov, mkv, webm, avi,
/// gif, …) or a folder of pictures. The split is, in this order: a file <c>split.json</c>; files <c>train.txt</c> and <c>test.txt</c>;
/// subfolders <c>train/</c> and <c>test/</c>; else a draw by seed. What <c>quarantine.json</c> lists is left out of either side.
/// </summary>
public sealed class VideoFolder
{
    private const int MaxDepth = 8; // UCF101 needs 1, FaceForensics 4; a link that leads back to itself must end

    private VideoFolder(string folder, IReadOnlyList<string> train, IReadOnlyList<string> test, IReadOnlyList<string> passedOver)
    {
        (Folder, Train, Test, PassedOver) = (folder, train, test, passedOver);
        All = [.. train.Concat(test).OrderBy(p => p, StringComparer.Ordinal)];
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Paths of all videos in use, in ordinal order.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Videos to train on, in ordinal order.</summary>
    public IReadOnlyList<string> Train { get; }

    /// <summary>Videos held out, in ordinal order. Empty if there is only one video.</summary>
    public IReadOnlyList<string> Test { get; }

    /// <summary>Files that are no videos by their names, nor what is kept beside videos (lists, tables, text), and so are not looked at.</summary>
    public IReadOnlyList<string> PassedOver { get; }

    /// <summary>Lists and splits. No video is opened.</summary>
    /// <param name="folder">Searched with its subfolders; names that begin with a dot are left out.</param>
    /// <param name="o">Null: defaults.</param>
    /// <exception cref="DataException">The folder is missing or holds no videos, or its split names what is not there.</exception>
    public static VideoFolder Open(string folder, VideoFolderOptions? o = null)
    {
        var whole = OpenAll(folder, o);
        var away = Quarantine.Read(folder);
        if (away.Count == 0)
            return whole;
        // The split is that of all videos, so that nothing changes sides when something is left out.
        IReadOnlyList<string> Kept(IReadOnlyList<string> side) => [.. side.Where(p => !away.Contains(NameIn(folder, p)))];
        var kept = new VideoFolder(folder, Kept(whole.Train), Kept(whole.Test), whole.PassedOver);
        return kept.Train.Count > 0 ? kept : throw AllAway(folder);
    }

    /// <summary>Lists and splits, also what is in quarantine.</summary>
    /// <exception cref="DataException">As <see cref="Open"/>.</exception>
    internal static VideoFolder OpenAll(string folder, VideoFolderOptions? o = null)
    {
        o ??= new VideoFolderOptions();
        if (!(o.TestFraction > 0 && o.TestFraction < 1))
            throw new ArgumentOutOfRangeException(nameof(o), o.TestFraction, "The held-out share lies between 0 and 1.");
        List<string> passedOver = [];
        var all = ListAll(folder, passedOver);
        var (train, test) = SplitFile.Find(folder, all) ?? BySubfolders(folder, all) ?? BySeed(folder, all, o);
        return new VideoFolder(folder, train, test, passedOver);
    }

    /// <summary>Paths of the videos of a part of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">train, test or all.</param>
    /// <exception cref="LeoException">There is none, or no such part.</exception>
    public static IReadOnlyList<string> List(string folder, string part)
    {
        if (part == "all")
            return List(folder);
        var videos = Open(folder);
        var paths = part switch
        {
            "train" => videos.Train,
            "test" => videos.Test,
            _ => throw new LeoException("part", $"expected train, test or all, found '{part}'", "Correct it"),
        };
        return paths.Count > 0 ? paths : throw new LeoException(folder, $"there is no video in its {part} part", "Choose another part");
    }

    /// <summary>All videos below a folder in ordinal order, whatever the split, without those in quarantine.</summary>
    /// <exception cref="DataException">The folder is missing or holds no videos.</exception>
    public static IReadOnlyList<string> List(string folder)
    {
        var all = ListAll(folder);
        var away = Quarantine.Read(folder);
        IReadOnlyList<string> kept = away.Count == 0 ? all : [.. all.Where(p => !away.Contains(NameIn(folder, p)))];
        return kept.Count > 0 ? kept : throw AllAway(folder);
    }

    /// <summary>How many videos are below a folder, with those in quarantine: as many as a scan looks at.</summary>
    /// <exception cref="DataException">The folder is missing or holds no videos.</exception>
    public static int Count(string folder) => ListAll(folder).Count;

    private static DataException AllAway(string folder) =>
        new(folder, $"all of its videos for training are in quarantine ({Quarantine.FileName})", "Take names out of that file, or give other videos");

    private static List<string> ListAll(string folder, List<string>? passedOver = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder))
            throw new DataException(folder, "a file, while a folder of videos is needed", "Give the folder that the videos are in");
        if (!Directory.Exists(folder))
            throw new DataException(folder, "no such folder", "Check the path");

        List<string> found = [];
        try
        {
            Walk(folder, found, passedOver ??= [], 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(folder, $"cannot be listed ({e.Message.TrimEnd('.')})", "Check its permissions");
        }

        if (found.Count == 0)
            throw new DataException(folder, passedOver.Count == 0 ? "holds no videos" : $"holds no videos ({PassedOverFiles.Say(passedOver)})", "Put mp4, mov, mkv, webm, avi or gif files there, or a folder of pictures for each video");
        found.Sort(StringComparer.Ordinal);
        passedOver.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>A video's path relative to <paramref name="folder"/>, with forward slashes on every system.</summary>
    internal static string NameIn(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    private static void Walk(string folder, List<string> found, List<string> passedOver, int depth)
    {
        if (MediaKind.IsFrameFolder(folder))
        {
            found.Add(folder);
            return;
        }

        static bool Visible(string path) => !Path.GetFileName(path).StartsWith('.');
        found.AddRange(Directory.EnumerateFiles(folder).Where(f => MediaKind.IsVideo(f) && Visible(f)));
        passedOver.AddRange(Directory.EnumerateFiles(folder).Where(f => (MediaKind.IsForeign(f) || MediaKind.IsPicture(f)) && Visible(f)));
        if (depth == MaxDepth)
            return;
        foreach (string? below in Directory.EnumerateDirectories(folder).Where(Visible))
            Walk(below, found, passedOver, depth + 1);
    }

    private static (IReadOnlyList<string> Train, IReadOnlyList<string> Test)? BySubfolders(string folder, IReadOnlyList<string> all)
    {
        IReadOnlyList<string> Below(string name) => [.. all.Where(p => NameIn(folder, p).StartsWith(name + "/", StringComparison.Ordinal))];
        var (train, test) = (Below("train"), Below("test"));
        return train.Count > 0 && test.Count > 0 ? (train, test) : null;
    }

    // Ranking by a hash of the name keeps nearly all videos on their side when others are added later.
    private static (IReadOnlyList<string> Train, IReadOnlyList<string> Test) BySeed(string folder, IReadOnlyList<string> all, VideoFolderOptions o)
    {
        int held = all.Count < 2 ? 0 : Math.Clamp((int)Math.Round(all.Count * o.TestFraction), 1, all.Count - 1);
        var test = all.OrderBy(p => Seeds.Derive(o.Seed, "split/" + NameIn(folder, p))).Take(held).ToHashSet();
        return ([.. all.Where(p => !test.Contains(p))], [.. all.Where(test.Contains)]);
    }
}

/// <summary>How <see cref="VideoFolder"/> splits videos for which the folder itself says nothing.</summary>
public sealed record VideoFolderOptions
{
    /// <summary>Share of the videos that is held out, above 0 and below 1; at least one of two or more.</summary>
    /// <value>Default 0.15.</value>
    public double TestFraction { get; init; } = 0.15;

    /// <summary>Which videos are held out: the same seed and names give the same split on every machine.</summary>
    /// <value>Default 0.</value>
    public long Seed { get; init; }
}

/// <summary>Files that are not looked at, in words.</summary>
public static class PassedOverFiles
{
    /// <summary>As <c>5 files were not looked at: 3 .vob, 2 .heic</c>; empty for none.</summary>
    /// <param name="files">Their paths.</param>
    public static string Say(IReadOnlyList<string> files)
    {
        if (files.Count == 0)
            return "";
        var kinds = files.GroupBy(f => Path.GetExtension(f).ToLowerInvariant()).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Count()} {(g.Key.Length > 1 ? g.Key : "without an ending")}").ToList();
        return $"{(files.Count == 1 ? "1 file was" : $"{files.Count} files were")} not looked at: {string.Join(", ", kinds.Take(8))}{(kinds.Count > 8 ? ", …" : "")}";
    }
}
