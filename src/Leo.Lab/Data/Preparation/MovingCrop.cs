using System.Text;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>Cuts another square box out of every frame of a video and resizes all of them to one size; ffmpeg does the resizing.</summary>
internal static class MovingCrop
{
    /// <summary>Frames of size × size RGB24, one for each box or until the video ends.</summary>
    /// <param name="video">Decodes whole frames. The caller disposes it, after the last frame was taken.</param>
    /// <param name="boxes">One inside the picture for each frame.</param>
    /// <param name="size">Side of the result.</param>
    /// <exception cref="MediaException">The video is damaged.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Frames(FrameStream video, IReadOnlyList<PixelBox> boxes, int size)
    {
        using var scaler = FfmpegProcess.Start("ffmpeg",
        [
            "-v", "error", "-threads", "1", "-protocol_whitelist", "pipe", "-f", "image2pipe", "-framerate", "25", "-c:v", "ppm", "-i", "pipe:0",
            "-vf", $"scale={size}:{size}:flags=bicubic+accurate_rnd", "-r", "25", "-pix_fmt", "rgb24", "-c:v", "ppm", "-f", "image2pipe", "pipe:1",
        ], feedInput: true);
        var feeder = Task.Run(() => Feed(video, boxes, scaler.Input));
        try
        {
            var scaled = new PpmStream(scaler.Output);
            byte[] frame = new byte[size * size * 3];
            while (scaled.TryReadHeader(out _, out _))
            {
                scaled.ReadPixels(frame);
                yield return frame;
            }

            feeder.GetAwaiter().GetResult();
        }
        finally
        {
            scaler.Dispose(); // breaks the pipe, so that the feeder ends too where the caller stopped early
            ((IAsyncResult)feeder).AsyncWaitHandle.WaitOne();
            _ = feeder.Exception;
        }
    }

    private static void Feed(FrameStream video, IReadOnlyList<PixelBox> boxes, Stream target)
    {
        using (target)
        {
            byte[] rgb = [];
            for (int i = 0; i < boxes.Count && video.Read(ref rgb); i++)
            {
                var box = boxes[i];
                target.Write(Encoding.ASCII.GetBytes($"P6\n{box.Width} {box.Height}\n255\n"));
                for (int y = box.Y; y < box.Y + box.Height; y++)
                    target.Write(rgb, ((y * video.Width) + box.X) * 3, box.Width * 3);
            }
        }
    }
}
