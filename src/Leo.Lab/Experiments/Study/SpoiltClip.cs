using Leo.Lab.Media;

namespace Leo.Lab.Experiments.Study;

/// <summary>Clips for attention checks, about which attentive raters cannot differ. Neither flickers.</summary>
internal static class SpoiltClip
{
    private const int Tiles = 4, Turns = 6;

    /// <summary>The picture cut into 4×4 tiles that have changed places, the same in all frames: neither realistic nor coherent.</summary>
    public static Video Scramble(Video video, int[] order)
    {
        int high = video.Height / Tiles, wide = video.Width / Tiles, row = video.Width * 3;
        byte[] rgb = [.. video.Rgb];
        for (int t = 0; t < video.FrameCount; t++)
        {
            var from = video.Frame(t);
            var to = rgb.AsSpan(t * video.Height * row, video.Height * row);
            for (int tile = 0; tile < Tiles * Tiles; tile++)
            {
                for (int y = 0; y < high; y++)
                {
                    from.Slice((((order[tile] / Tiles * high) + y) * row) + (order[tile] % Tiles * wide * 3), wide * 3)
                        .CopyTo(to[((((tile / Tiles * high) + y) * row) + (tile % Tiles * wide * 3))..]);
                }
            }
        }
        return new Video(video.FrameCount, video.Height, video.Width, video.FramesPerSecond, rgb);
    }

    /// <summary>The clip's first sixth to and fro, three times and more, to the length of the clip: repeated motion, without a jump.</summary>
    public static Video Repeat(Video video)
    {
        int reach = Math.Max(1, (video.FrameCount / Turns) - 1), frame = video.Height * video.Width * 3;
        var rgb = new byte[video.FrameCount * frame];
        for (int t = 0; t < video.FrameCount; t++)
        {
            int at = t % (2 * reach);
            video.Frame(Math.Min(video.FrameCount - 1, at <= reach ? at : (2 * reach) - at)).CopyTo(rgb.AsSpan(t * frame));
        }
        return new Video(video.FrameCount, video.Height, video.Width, video.FramesPerSecond, rgb);
    }
}
