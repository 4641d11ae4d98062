using Leo.Lab.Media;

namespace Leo.Lab.Display;

/// <summary>Several videos in one picture (a contact sheet: a row a video, time from left to right) or in one video (side by side).</summary>
public static class VideoSheet
{
    /// <summary>Lays out evenly spaced frames of each video.</summary>
    /// <param name="videos">Videos of one frame size.</param>
    /// <param name="columns">Frames a row; the first and the last frame are always among them. <value>Default 12.</value></param>
    /// <param name="gap">Pixels between the frames. <value>Default 2.</value></param>
    /// <returns>A picture with a mid-grey ground, <c>videos.Count</c> rows.</returns>
    /// <exception cref="ArgumentException">No video, videos of different sizes, or no column.</exception>
    public static Image Contact(IReadOnlyList<Video> videos, int columns = 12, int gap = 2)
    {
        if (videos.Count == 0 || columns < 1)
            throw new ArgumentException("A contact sheet needs a video and a column.", nameof(videos));
        int height = videos[0].Height, width = videos[0].Width;
        if (videos.Any(v => v.Height != height || v.Width != width))
            throw new ArgumentException("The videos differ in size.", nameof(videos));

        int sheetWidth = columns * (width + gap) - gap;
        int sheetHeight = videos.Count * (height + gap) - gap;
        var sheet = new byte[sheetWidth * sheetHeight * 3];
        Array.Fill(sheet, (byte)128);
        for (int row = 0; row < videos.Count; row++)
            for (int column = 0; column < columns; column++)
                Place(videos[row].Frame(FrameAt(column, columns, videos[row].FrameCount)), width,
                    sheet, sheetWidth, row * (height + gap), column * (width + gap));
        return new Image(sheetHeight, sheetWidth, sheet);
    }

    /// <summary>Videos beside each other in one, so that they play in step. The longest sets the length; others hold their last frame.</summary>
    /// <param name="columns">Videos of one frame size.</param>
    /// <param name="scale">Every pixel becomes a square of this many; two or more keep small videos' colours sharp in H.264. <value>Default 2.</value></param>
    /// <exception cref="ArgumentException">No video, or videos of different sizes.</exception>
    public static Video SideBySide(IReadOnlyList<Video> columns, int scale = 2)
    {
        if (columns.Count == 0)
            throw new ArgumentException("Nothing to lay out.", nameof(columns));
        int height = columns[0].Height, width = columns[0].Width;
        if (columns.Any(v => v.Height != height || v.Width != width))
            throw new ArgumentException("The videos differ in size.", nameof(columns));

        int length = columns.Max(v => v.FrameCount);
        int wide = columns.Count * width * scale, high = height * scale;
        var rgb = new byte[checked(length * wide * high * 3)];
        for (int t = 0; t < length; t++)
        {
            var target = rgb.AsSpan(t * wide * high * 3, wide * high * 3);
            for (int c = 0; c < columns.Count; c++)
                Enlarge(columns[c].Frame(Math.Min(t, columns[c].FrameCount - 1)), width, scale, target, wide, c * width * scale);
        }
        return new Video(length, high, wide, columns[0].FramesPerSecond, rgb);
    }

    private static int FrameAt(int column, int columns, int frames) =>
        columns == 1 ? 0 : (int)Math.Round((double)column * (frames - 1) / (columns - 1));

    private static void Place(ReadOnlySpan<byte> frame, int width, Span<byte> sheet, int sheetWidth, int top, int left)
    {
        for (int y = 0; y < frame.Length / (width * 3); y++)
            frame.Slice(y * width * 3, width * 3).CopyTo(sheet[(((top + y) * sheetWidth + left) * 3)..]);
    }

    private static void Enlarge(ReadOnlySpan<byte> frame, int width, int scale, Span<byte> target, int targetWidth, int left)
    {
        for (int y = 0; y < frame.Length / (width * 3) * scale; y++)
            for (int x = 0; x < width * scale; x++)
                frame.Slice((y / scale * width + x / scale) * 3, 3).CopyTo(target[((y * targetWidth + left + x) * 3)..]);
    }
}
