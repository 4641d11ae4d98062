using System.Runtime.ExceptionServices;
using Leo.Lab.Media;

namespace Leo.Lab.Data;

/// <summary>Decodes every video of a folder once, to find the broken ones before training does.</summary>
public static class DataScan
{
    /// <summary>Checks all videos below a folder, two at a time.</summary>
    /// <param name="folder">As <see cref="VideoFolder"/> takes it.</param>
    /// <param name="size">Side that the model takes: smaller videos are reported. Null for none.</param>
    /// <param name="progress">Called after each video, in any order, never twice at once; what it throws ends the scan.</param>
    /// <returns>One entry a video, in ordinal order.</returns>
    /// <exception cref="DataException">The folder is missing or holds no videos.</exception>
    public static IReadOnlyList<ScannedVideo> Run(string folder, int? size = null, Action<ScannedVideo>? progress = null)
    {
        var paths = VideoFolder.List(folder);
        var found = new ScannedVideo[paths.Count];
        var gate = new Lock();
        try
        {
            Parallel.For(0, paths.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
            {
                found[i] = Check(paths[i], size);
                lock (gate)
                    progress?.Invoke(found[i]);
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // one fault is enough to act on, and it has a type
        }

        return found;
    }

    /// <summary>Checks one video.</summary>
    /// <param name="path">A file or folder of frames.</param>
    /// <param name="size">Side that the model takes. Null for any.</param>
    /// <exception cref="MediaException">ffmpeg is not installed.</exception>
    public static ScannedVideo Check(string path, int? size = null)
    {
        FrameStream? stream = null;
        try
        {
            stream = FrameStream.Open(path);
            byte[] frame = [];
            while (stream.Read(ref frame))
            {
                // Decoding is the check.
            }

            var problem = stream.Count < 2 ? new DataException(path, $"{stream.Count} frame, while training takes 2", "Remove the file, or give a longer video")
                : size is { } side && Math.Min(stream.Width, stream.Height) < side ? DataException.TooSmall(path, stream.Width, stream.Height, side)
                : null;
            return new ScannedVideo(path, stream.Count, stream.Width, stream.Height, stream.FramesPerSecond, problem?.Message);
        }
        catch (MediaException e) when (e.Subject == path || File.Exists(e.Subject))
        {
            return new ScannedVideo(path, stream?.Count ?? 0, stream?.Width ?? 0, stream?.Height ?? 0, stream?.FramesPerSecond ?? 0, e.Message);
        }
        finally
        {
            stream?.Dispose();
        }
    }
}
