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
    }
}
