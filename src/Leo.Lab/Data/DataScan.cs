using System.Runtime.ExceptionServices;
using Leo.Lab.Data.Scanning;
using Leo.Lab.Media;

namespace Leo.Lab.Data;

/// <summary>Decodes every video of a folder once, to find the broken ones, and those that leak from test to training, before training does.</summary>
public static class DataScan
{
    /// <summary>Name of the manifest in a scanned folder.</summary>
    public const string ManifestName = "scan.jsonl";

    /// <summary>Checks all videos below a folder, also those in quarantine.</summary>
    /// <param name="folder">As <see cref="VideoFolder"/> takes it.</param>
    /// <param name="options">Null: defaults.</param>
    /// <param name="progress">Called after each video, in any order, never twice at once; what it throws ends the scan, and the manifest keeps what is done.</param>
    /// <exception cref="DataException">The folder is missing or holds no videos, its split cannot be read, or the manifest cannot be written.</exception>
    public static DataScanReport Run(string folder, DataScanOptions? options = null, Action<ScannedVideo>? progress = null)
    {
        options ??= new DataScanOptions();
        var videos = VideoFolder.OpenAll(folder);
        using var manifest = options.Manifest is { } path ? new ScanManifest(path, folder) : null;
        var found = new ScannedVideo[videos.All.Count];
        int reused = 0;
        var gate = new Lock();
        try
        {
            Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, i =>
            {
                var known = manifest?.Find(videos.All[i]);
                var decoded = known ?? Decode(videos.All[i]);
                lock (gate)
                {
                    if (known is null)
                        manifest?.Add(decoded);
                    reused += known is null ? 0 : 1;
                    found[i] = Judge(decoded, options);
                    progress?.Invoke(found[i]);
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // one fault is enough to act on, and it has a type
        }

        manifest?.Finish(found);
        var byPath = found.ToDictionary(v => v.Path, StringComparer.Ordinal);
        return new DataScanReport(found, NearDuplicates.Find([.. videos.Train.Select(p => byPath[p])], [.. videos.Test.Select(p => byPath[p])]), reused) { PassedOver = videos.PassedOver };
    }

    /// <summary>Checks one video.</summary>
    /// <param name="path">A file or folder of frames.</param>
    /// <param name="size">Side that the model takes. Null for any.</param>
    /// <exception cref="MediaException">ffmpeg is not installed.</exception>
    public static ScannedVideo Check(string path, int? size = null) => Judge(Decode(path), new DataScanOptions { Size = size });

    private static ScannedVideo Decode(string path)
    {
        FrameStream? stream = null;
        string digest = "";
        try
        {
            digest = ScanManifest.Sha256(path);
            stream = FrameStream.Open(path, new VideoReadOptions { AnySize = true });
            byte[] frame = [];
            List<ulong> hashes = [];
            while (stream.Read(ref frame))
                hashes.Add(PerceptualHash.Of(frame, stream.Width, stream.Height));
            var (width, height) = stream.Sizes.Count > 1 ? stream.Sizes.MinBy(s => Math.Min(s.Width, s.Height)) is var least ? (least.Width, least.Height) : default : (stream.Width, stream.Height);
            return new ScannedVideo(path, stream.Count, width, height, stream.FramesPerSecond, null) { Sha256 = digest, Hashes = NearDuplicates.Pick(hashes), Note = Note(stream) };
        }
        catch (MediaException e) when (e.Subject == path || File.Exists(e.Subject))
        {
            return Unreadable(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(MediaErrors.Unreadable(path, e).Message);
        }
        finally
        {
            stream?.Dispose();
        }

        ScannedVideo Unreadable(string problem) =>
            new(path, stream?.Count ?? 0, stream?.Width ?? 0, stream?.Height ?? 0, stream?.FramesPerSecond ?? 0, problem) { Fault = ScanFault.Unreadable, Sha256 = digest };
    }

    private static string? Note(FrameStream stream) => stream.Sizes is [var first, var second, ..]
        ? $"frame {second.Frame} is {second.Width}×{second.Height}, the frames before it {first.Width}×{first.Height}; training scales each"
        : null;

    private static ScannedVideo Judge(ScannedVideo video, DataScanOptions o)
    {
        if (video.Fault == ScanFault.Unreadable)
            return video;
        int least = Math.Max(2, o.MinFrames);
        if (video.Frames < least)
            return video with { Fault = ScanFault.TooShort, Problem = new DataException(video.Path, $"{video.Frames} frame{(video.Frames == 1 ? "" : "s")}, while training takes {least}", "Remove the file, or give a longer video").Message };
        return o.Size is { } side && Math.Min(video.Width, video.Height) < side
            ? video with { Fault = ScanFault.TooSmall, Problem = DataException.TooSmall(video.Path, video.Width, video.Height, side).Message }
            : video;
    }
}

/// <summary>What <see cref="DataScan"/> asks of videos, and where it keeps what it found.</summary>
public sealed record DataScanOptions
{
    /// <summary>Side that the model takes: smaller videos are reported.</summary>
    /// <value>Default null: any.</value>
    public int? Size { get; init; }

    /// <summary>Frames that a video has to have.</summary>
    /// <value>Default 2: training takes pairs.</value>
    public int MinFrames { get; init; } = 2;

    /// <summary>A file that gets a line for each video as soon as it is scanned; a scan that was stopped goes on behind it, and files that did not change are not decoded again.</summary>
    /// <value>Default null: nothing is kept.</value>
    public string? Manifest { get; init; }

    /// <summary>Videos in work at a time.</summary>
    /// <value>Default 2.</value>
    public int Threads { get; init; } = 2;
}

/// <summary>What a scan found.</summary>
/// <param name="Videos">All videos, in ordinal order.</param>
/// <param name="Duplicates">Pairs that stand on both sides of the split.</param>
/// <param name="Reused">Videos that the manifest knew already and that did not change since.</param>
public sealed record DataScanReport(IReadOnlyList<ScannedVideo> Videos, IReadOnlyList<NearDuplicate> Duplicates, int Reused)
{
    /// <summary>Files that were not looked at, see <see cref="VideoFolder.PassedOver"/>.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];
}

/// <summary>What <see cref="DataScan"/> found out about one video.</summary>
/// <param name="Path">The file or folder of frames.</param>
/// <param name="Frames">Frames that could be decoded.</param>
/// <param name="Width">Columns as displayed, the fewest where they change midway; 0 if nothing could be decoded.</param>
/// <param name="Height">Rows as displayed, then; 0 if nothing could be decoded.</param>
/// <param name="FramesPerSecond">Rate; 0 if unknown.</param>
/// <param name="Problem">Null for a sound video; else a line that says what is wrong and what to do.</param>
public sealed record ScannedVideo(string Path, int Frames, int Width, int Height, double FramesPerSecond, string? Problem)
{
    /// <summary>The problem in a word.</summary>
    public ScanFault Fault { get; init; }

    /// <summary>What is worth knowing of a video that can be used: where its frames get another size. Null for most.</summary>
    public string? Note { get; init; }

    /// <summary>SHA-256 of the file in lower hexadecimal digits; of a folder, of its files' names and hashes. Empty where it cannot be read.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Perceptual hashes of eight evenly spaced frames; empty if nothing could be decoded.</summary>
    public IReadOnlyList<ulong> Hashes { get; init; } = [];
}

/// <summary>Why a video cannot be used; names of quarantine's lists.</summary>
public enum ScanFault
{
    /// <summary>It can be used.</summary>
    None,

    /// <summary>It is damaged, cut short, or no video.</summary>
    Unreadable,

    /// <summary>It has too few frames.</summary>
    TooShort,

    /// <summary>It is smaller than the model.</summary>
    TooSmall,

    /// <summary>It is for training and stands in the test part too.</summary>
    NearDuplicate,
}

/// <summary>A video that stands on both sides of the split: what is measured on it is not measured on something unseen.</summary>
/// <param name="Train">The one that is trained on.</param>
/// <param name="Test">The one that is held out.</param>
/// <param name="Distance">Mean Hamming distance of their frames' perceptual hashes, in bits of 64; 0 to 6.</param>
/// <param name="IsSameFile">Whether they are the same bytes.</param>
public sealed record NearDuplicate(string Train, string Test, double Distance, bool IsSameFile);

/// <summary>
/// <c>quarantine.json</c> in a folder of videos: which of them are left out, by reason. The videos stay where they are; whoever takes a
/// name out of the list, or deletes the file, has them back.
/// </summary>
public static class Quarantine
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "quarantine.json";

    /// <summary>Writes the list of a scan, in place of an earlier one.</summary>
    /// <param name="folder">The scanned folder.</param>
    /// <param name="report">The scan; of near-duplicates, the training side is left out.</param>
    /// <returns>How many videos are left out.</returns>
    /// <exception cref="FileWriteException">It cannot be written; an earlier list is intact.</exception>
    public static int Write(string folder, DataScanReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var reasons = report.Videos.Where(v => v.Fault != ScanFault.None).ToDictionary(v => v.Path, v => v.Fault, StringComparer.Ordinal);
        foreach (var pair in report.Duplicates)
            reasons.TryAdd(pair.Train, ScanFault.NearDuplicate);
        var lists = reasons.GroupBy(r => r.Value).OrderBy(g => g.Key)
            .ToDictionary(g => g.Key, g => g.Select(r => VideoFolder.NameIn(folder, r.Key)).Order(StringComparer.Ordinal).ToList());
        AtomicFile.WriteText(Path.Combine(folder, FileName), Json.Write(lists) + "\n");
        return reasons.Count;
    }

    /// <summary>The names that are left out.</summary>
    /// <exception cref="LeoException">There is such a file, and it cannot be read.</exception>
    internal static HashSet<string> Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path)
                ? Json.Read<Dictionary<ScanFault, List<string>>>(File.ReadAllText(path), path).Values.SelectMany(names => names ?? []).ToHashSet(CanonicalName.Comparer)
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"cannot be read ({e.Message.TrimEnd('.')})", "Check the permissions");
        }
    }
}
