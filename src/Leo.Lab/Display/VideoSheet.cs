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
        byte[] sheet = new byte[sheetWidth * sheetHeight * 3];
        Array.Fill(sheet, (byte)128);
        for (int row = 0; row < videos.Count; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                Place(videos[row].Frame(FrameAt(column, columns, videos[row].FrameCount)), width,
                    sheet, sheetWidth, row * (height + gap), column * (width + gap));
            }
        }

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
        byte[] rgb = new byte[checked(length * wide * high * 3)];
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
        {
            for (int x = 0; x < width * scale; x++)
                frame.Slice((y / scale * width + x / scale) * 3, 3).CopyTo(target[((y * targetWidth + left + x) * 3)..]);
        }
    }
}

/// <summary>
/// A grid of videos that play in step, each with a line of text above it. Frames are made one at a time, so that a long sheet
/// needs no more memory than its videos.
/// </summary>
public sealed class LabelledSheet
{
    private const int Gap = 6, Strip = 20;

    private readonly IReadOnlyList<IReadOnlyList<SheetCell>> _rows;
    private readonly byte[] _ground;
    private readonly IReadOnlyList<Image> _captions;
    private readonly int _side;

    /// <summary>Lays a sheet out.</summary>
    /// <param name="rows">The places, row by row; rows may be of different length, videos of different size.</param>
    /// <param name="side">Side of a place in pixels; each pixel of a smaller video becomes as large a square as fits, of a larger one every n-th is shown.</param>
    /// <param name="captions">Lines over the whole sheet: one for all frames, or one a frame. <value>Default none.</value></param>
    /// <exception cref="ArgumentException">There is no place.</exception>
    /// <exception cref="MediaException">ffmpeg is missing or cannot draw text.</exception>
    public LabelledSheet(IReadOnlyList<IReadOnlyList<SheetCell>> rows, int side, IReadOnlyList<string>? captions = null)
    {
        if (!rows.Any(r => r.Count > 0))
            throw new ArgumentException("A sheet needs a place.", nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        (_rows, _side) = (rows, side);
        int top = captions is { Count: > 0 } ? Strip : 0;
        // Even, as H.264 wants it.
        Width = (Gap + (rows.Max(r => r.Count) * (side + Gap)) + 1) / 2 * 2;
        Height = (top + Gap + (rows.Count * (Strip + side + Gap)) + 1) / 2 * 2;
        FrameCount = Math.Max(captions?.Count ?? 1, rows.SelectMany(r => r).Max(c => c.Video?.FrameCount ?? 1));
        _captions = TextStrips.Draw(captions ?? [], Width, Strip);
        _ground = new byte[Width * Height * 3];
        Array.Fill(_ground, (byte)255);
        var labels = TextStrips.Draw([.. rows.SelectMany(r => r).Select(c => c.Label)], side, Strip);
        int next = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < rows[row].Count; column++, next++)
            {
                var (y, x) = Place(row, column);
                Put(_ground, labels[next].Rgb, Strip, side, y - Strip, x);
            }
        }
    }

    /// <summary>Columns of pixels, even.</summary>
    public int Width { get; }

    /// <summary>Rows of pixels, even.</summary>
    public int Height { get; }

    /// <summary>Frames of the longest video; shorter ones hold their last.</summary>
    public int FrameCount { get; }

    /// <summary>One frame of the sheet.</summary>
    /// <param name="t">0 … <see cref="FrameCount"/>−1.</param>
    public Image Frame(int t)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(t, FrameCount);
        byte[] sheet = [.. _ground];
        if (_captions.Count > 0)
            Put(sheet, _captions[Math.Min(t, _captions.Count - 1)].Rgb, Strip, Width, Gap / 2, 0);
        for (int row = 0; row < _rows.Count; row++)
        {
            for (int column = 0; column < _rows[row].Count; column++)
            {
                if (_rows[row][column].Video is not { FrameCount: > 0 } video)
                    continue;
                var (y, x) = Place(row, column);
                Enlarge(video.Frame(Math.Min(t, video.FrameCount - 1)), video.Height, video.Width, sheet, y, x);
            }
        }
        return new Image(Height, Width, sheet);
    }

    /// <summary>Writes the sheet as a video, numbered pictures, or – if it has one frame – a picture.</summary>
    /// <param name="path">Where to; the extension names the format.</param>
    /// <param name="framesPerSecond">Rate of the video.</param>
    /// <param name="sound">A video file whose sound is put under it, where the format has a place for it.</param>
    /// <exception cref="MediaException">Unknown extension, several frames for one picture, or the file cannot be written.</exception>
    public void Save(string path, double framesPerSecond, string? sound = null)
    {
        if (MediaKind.IsPicture(path) && !VideoWriter.IsNumbered(path))
        {
            if (FrameCount > 1)
                throw new MediaException(path, $"{FrameCount} frames do not fit into one picture", "Use .mp4, .gif, or numbered pictures like frames/%05d.png");
            ImageFile.Write(path, Frame(0));
            return;
        }

        SoundTrack.Under(path, sound, FrameCount / framesPerSecond, file =>
        {
            using var writer = new VideoWriter(file, Width, Height, framesPerSecond);
            for (int t = 0; t < FrameCount; t++)
                writer.Write(Frame(t).Rgb);
            writer.Complete();
        });
    }

    private (int Y, int X) Place(int row, int column) =>
        ((_captions.Count > 0 ? Strip : 0) + Gap + Strip + (row * (Strip + _side + Gap)), Gap + (column * (_side + Gap)));

    private void Put(byte[] sheet, byte[] picture, int height, int width, int top, int left)
    {
        for (int y = 0; y < height; y++)
            picture.AsSpan(y * width * 3, width * 3).CopyTo(sheet.AsSpan((((top + y) * Width) + left) * 3));
    }

    // Whole factors only: a pixel of the video is to be seen as one.
    private void Enlarge(ReadOnlySpan<byte> frame, int height, int width, byte[] sheet, int top, int left)
    {
        int longest = Math.Max(height, width), grow = Math.Max(1, _side / longest), skip = ((longest - 1) / _side) + 1;
        int high = height * grow / skip, wide = width * grow / skip;
        for (int y = 0; y < high; y++)
        {
            var target = sheet.AsSpan((((top + ((_side - high) / 2) + y) * Width) + left + ((_side - wide) / 2)) * 3);
            var source = frame[(y / grow * skip * width * 3)..];
            for (int x = 0; x < wide; x++)
                source.Slice(x / grow * skip * 3, 3).CopyTo(target[(x * 3)..]);
        }
    }
}

/// <summary>A place of a <see cref="LabelledSheet"/>.</summary>
/// <param name="Label">The line above it; empty for none.</param>
/// <param name="Video">What plays there, a picture being a video of one frame; null leaves the place empty.</param>
public sealed record SheetCell(string Label, Video? Video);
