using Leo.Lab.Media;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Decodes the clips of a video in one pass, holding only those that overlap, however long the video.</summary>
internal static class ClipReader
{
    /// <summary>Frames of a video: what its header says, else counted.</summary>
    /// <exception cref="MediaException">The video cannot be read.</exception>
    internal static int Length(string path)
    {
        if (VideoReader.Probe(path).FrameCount is { } known)
            return known;
        using var stream = FrameStream.Open(path);
        byte[] frame = [];
        while (stream.Read(ref frame))
        {
            // Only decoding tells the length.
        }
        return stream.Count;
    }

    /// <summary>The clips, each [T, 3, H, W] of bytes; disposed of by the caller.</summary>
    /// <param name="path">The video.</param>
    /// <param name="starts">First frames, ascending.</param>
    /// <param name="sampling">Frames and stride of a clip.</param>
    /// <exception cref="MediaException">The video cannot be read, or ends before its header says.</exception>
    internal static IEnumerable<Tensor> Read(string path, IReadOnlyList<int> starts, ClipSampling sampling)
    {
        using var stream = FrameStream.Open(path, new VideoReadOptions { MaxFrames = starts[^1] + sampling.Span });
        var open = new Queue<(int Start, byte[] Clip)>();
        byte[] frame = [];
        int next = 0, done = 0;
        while (done < starts.Count && stream.Read(ref frame))
        {
            int at = stream.Count - 1, size = stream.Width * stream.Height * 3;
            if (next < starts.Count && starts[next] == at)
                open.Enqueue((starts[next++], new byte[checked(size * sampling.Frames)]));
            foreach (var (start, clip) in open)
            {
                if ((at - start) % sampling.Stride == 0)
                    frame.AsSpan(0, size).CopyTo(clip.AsSpan((at - start) / sampling.Stride * size));
            }
            if (open.TryPeek(out var oldest) && at - oldest.Start == sampling.Span - 1)
            {
                done++;
                yield return tensor(open.Dequeue().Clip, [sampling.Frames, stream.Height, stream.Width, 3]).permute(0, 3, 1, 2);
            }
        }
        if (done < starts.Count)
            throw new MediaException(path, $"ends after {stream.Count} frames, before its header says", "Copy or download it again");
    }
}
