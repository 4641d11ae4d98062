namespace Leo.Lab.Media;

/// <summary>How <see cref="VideoReader"/> turns a file into frames.</summary>
public sealed record VideoReadOptions
{
    /// <summary>
    /// Square side in pixels: the short side is resized to it and the centre cropped (the field's usual preprocessing).
    /// Null keeps the video's own size. Smaller videos are enlarged; datasets refuse them instead.
    /// </summary>
    /// <value>Default null.</value>
    public int? Size { get; init; }

    /// <summary>
    /// Constant rate to resample to, by time stamp: frames are repeated or left out. Null takes every stored frame once,
    /// also of a video with a variable rate. A folder of frames has no time stamps: there it only says the rate.
    /// </summary>
    /// <value>Default null.</value>
    public double? FramesPerSecond { get; init; }

    /// <summary>
    /// Seconds to leave out at the beginning: the first frame is the first that is not earlier. A folder of frames counts at its rate.
    /// </summary>
    /// <value>Default 0.</value>
    public double Start { get; init; }

    /// <summary>The part of the picture to take, before any resizing; it has to lie inside the picture. Null takes all of it.</summary>
    /// <value>Default null.</value>
    public PixelBox? Crop { get; init; }

    /// <summary>Stop after so many frames.</summary>
    /// <value>Default null: all.</value>
    public int? MaxFrames { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A number is not above zero.</exception>
    internal void Validate()
    {
        if (Size is { } size)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(Size));
        if (MaxFrames is { } frames)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames, nameof(MaxFrames));
        if (FramesPerSecond is { } rate && !(rate > 0 && rate <= 1000))
            throw new ArgumentOutOfRangeException(nameof(FramesPerSecond), rate, "A frame rate lies above 0 and up to 1000.");
        if (!(Start >= 0 && Start < 1e9))
            throw new ArgumentOutOfRangeException(nameof(Start), Start, "A start is zero or later.");
        if (Crop is { } box && (box.X < 0 || box.Y < 0 || box.Width < 1 || box.Height < 1))
            throw new ArgumentOutOfRangeException(nameof(Crop), box, "A crop begins inside the picture and has at least one pixel.");
    }
}
