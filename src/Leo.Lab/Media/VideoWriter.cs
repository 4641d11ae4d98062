namespace Leo.Lab.Media;

/// <summary>
/// Writes a video frame by frame. The extension picks the format: .mp4 and .mov (H.264, yuv420p, index in front, so that browsers
/// play it), .mkv (H.264), .webm (VP9), .gif; a folder or <c>folder/%05d.png</c> makes a PNG a frame. H.264 needs even sizes: an odd
/// one gets its last row or column twice. The file appears under its name only after <see cref="Complete"/>.
/// </summary>
public sealed class VideoWriter : IDisposable
{
    private readonly string path;
    private readonly int frameBytes;
    private readonly IFrameWriter writer;
    private bool completed;

    /// <summary>Starts writing.</summary>
    /// <param name="path">The file; its folder is made if needed.</param>
    /// <param name="width">Columns, ≥ 1.</param>
    /// <param name="height">Rows, ≥ 1.</param>
    /// <param name="fps">Frames a second, above zero.</param>
    /// <exception cref="MediaException">Unknown extension, the folder cannot be made, or ffmpeg is not installed.</exception>
    public VideoWriter(string path, int width, int height, double fps)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (!(fps > 0 && fps <= 1000))
            throw new ArgumentOutOfRangeException(nameof(fps), fps, "A frame rate lies above 0 and up to 1000.");
        this.path = path;
        frameBytes = checked(width * height * 3);
        writer = PngSequence.IsSequence(path) ? new PngSequence(path, width, height) : new VideoEncoder(path, width, height, fps);
    }

    /// <summary>Frames written so far.</summary>
    public int Count { get; private set; }

    /// <summary>True for names that ask for a picture a frame: <c>folder</c>, <c>folder/</c>, <c>folder/name%05d.png</c>.</summary>
    public static bool IsNumbered(string path) => PngSequence.IsSequence(path);

    /// <summary>Writes a whole video at once.</summary>
    /// <exception cref="MediaException">As the constructor, or the video has no frames, or the disk is full.</exception>
    public static void WriteAll(string path, Video video)
    {
        ArgumentNullException.ThrowIfNull(video);
        using var writer = new VideoWriter(path, video.Width, video.Height, video.FramesPerSecond);
        for (var i = 0; i < video.FrameCount; i++)
            writer.Write(video.Frame(i));
        writer.Complete();
    }

    /// <summary>Writes the next frame.</summary>
    /// <param name="rgb">RGB24, exactly H·W·3 bytes.</param>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    /// <exception cref="MediaException">The disk is full or the encoder failed.</exception>
    public void Write(ReadOnlySpan<byte> rgb)
    {
        if (completed)
            throw new InvalidOperationException("The video is complete; nothing can be added.");
        if (rgb.Length != frameBytes)
            throw new ArgumentException($"A frame is {frameBytes} bytes, not {rgb.Length}.", nameof(rgb));
        writer.Write(rgb);
        Count++;
    }

    /// <summary>Finishes the file and gives it its name, replacing an older one.</summary>
    /// <exception cref="MediaException">No frame was written, the disk is full or the encoder failed; an older file is untouched.</exception>
    public void Complete()
    {
        if (completed)
            return;
        if (Count == 0)
            throw new MediaException(path, "a video of 0 frames cannot be written", "Write at least one frame");
        writer.Complete();
        completed = true;
    }

    /// <summary>Without <see cref="Complete"/>, gives up: nothing is left under the name.</summary>
    public void Dispose() => writer.Dispose();
}
