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
        return new DataScanReport(found, NearDuplicates.Find([.. videos.Train.Select(p => byPath[p])], [.. videos.Test.Select(p => byPath[p])]), reused);
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
            stream = FrameStream.Open(path);
            byte[] frame = [];
            List<ulong> hashes = [];
            while (stream.Read(ref frame))
                hashes.Add(PerceptualHash.Of(frame, stream.Width, stream.Height));
            return new ScannedVideo(path, stream.Count, stream.Width, stream.Height, stream.FramesPerSecond, null) { Sha256 = digest, Hashes = NearDuplicates.Pick(hashes) };
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
