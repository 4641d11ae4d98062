using Leo.Lab.Media;

namespace Leo.Lab.Display;

/// <summary>
/// A grid of videos that play in step, each with a line of text above it. Frames are made one at a time, so that a long sheet
/// needs no more memory than its videos.
/// </summary>
public sealed class LabelledSheet
{
    private const int Gap = 6, Strip = 20;

    private readonly IReadOnlyList<IReadOnlyList<SheetCell>> rows;
    private readonly byte[] ground;
    private readonly IReadOnlyList<Image> captions;
    private readonly int side;

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
        (this.rows, this.side) = (rows, side);
        int top = captions is { Count: > 0 } ? Strip : 0;
        // Even, as H.264 wants it.
        Width = (Gap + (rows.Max(r => r.Count) * (side + Gap)) + 1) / 2 * 2;
        Height = (top + Gap + (rows.Count * (Strip + side + Gap)) + 1) / 2 * 2;
        FrameCount = Math.Max(captions?.Count ?? 1, rows.SelectMany(r => r).Max(c => c.Video?.FrameCount ?? 1));
        this.captions = TextStrips.Draw(captions ?? [], Width, Strip);
        ground = new byte[Width * Height * 3];
        Array.Fill(ground, (byte)255);
        var labels = TextStrips.Draw([.. rows.SelectMany(r => r).Select(c => c.Label)], side, Strip);
        var next = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < rows[row].Count; column++, next++)
            {
                var (y, x) = Place(row, column);
                Put(ground, labels[next].Rgb, Strip, side, y - Strip, x);
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
        byte[] sheet = [.. ground];
        if (captions.Count > 0)
            Put(sheet, captions[Math.Min(t, captions.Count - 1)].Rgb, Strip, Width, Gap / 2, 0);
        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < rows[row].Count; column++)
            {
                if (rows[row][column].Video is not { FrameCount: > 0 } video)
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
    /// <exception cref="MediaException">Unknown extension, several frames for one picture, or the file cannot be written.</exception>
    public void Save(string path, double framesPerSecond)
    {
        if (MediaKind.IsPicture(path) && !VideoWriter.IsNumbered(path))
        {
            if (FrameCount > 1)
                throw new MediaException(path, $"{FrameCount} frames do not fit into one picture", "Use .mp4, .gif, or numbered pictures like frames/%05d.png");
            ImageFile.Write(path, Frame(0));
            return;
        }

        using var writer = new VideoWriter(path, Width, Height, framesPerSecond);
        for (int t = 0; t < FrameCount; t++)
            writer.Write(Frame(t).Rgb);
        writer.Complete();
    }

    private (int Y, int X) Place(int row, int column) =>
        ((captions.Count > 0 ? Strip : 0) + Gap + Strip + (row * (Strip + side + Gap)), Gap + (column * (side + Gap)));

    private void Put(byte[] sheet, byte[] picture, int height, int width, int top, int left)
    {
        for (int y = 0; y < height; y++)
            picture.AsSpan(y * width * 3, width * 3).CopyTo(sheet.AsSpan((((top + y) * Width) + left) * 3));
    }

    // Whole factors only: a pixel of the video is to be seen as one.
    private void Enlarge(ReadOnlySpan<byte> frame, int height, int width, byte[] sheet, int top, int left)
    {
        int longest = Math.Max(height, width), grow = Math.Max(1, side / longest), skip = ((longest - 1) / side) + 1;
        int high = height * grow / skip, wide = width * grow / skip;
        for (int y = 0; y < high; y++)
        {
            var target = sheet.AsSpan((((top + ((side - high) / 2) + y) * Width) + left + ((side - wide) / 2)) * 3);
            var source = frame[(y / grow * skip * width * 3)..];
            for (int x = 0; x < wide; x++)
                source.Slice(x / grow * skip * 3, 3).CopyTo(target[(x * 3)..]);
        }
    }
}
