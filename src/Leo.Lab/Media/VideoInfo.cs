namespace Leo.Lab.Media;

/// <summary>What a file's header says about its first video stream; nothing is decoded to know it.</summary>
public sealed record VideoInfo
{
    /// <summary>Columns as displayed: after rotation, with square pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Rows as displayed: after rotation, with square pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Mean frames a second. Pictures and folders of frames have no rate and say 25.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Frames, where the container says so (mp4, mov, avi, folders); null where only decoding would tell (mkv, webm).</summary>
    public int? FrameCount { get; init; }

    /// <summary>Seconds, where the container says so.</summary>
    public double? Duration { get; init; }

    /// <summary>Codec as ffmpeg names it: <c>h264</c>, <c>vp9</c>, <c>png</c>, …</summary>
    public required string Codec { get; init; }

    /// <summary>Clockwise turn, in degrees, that players apply and that reading applies too: 0, 90, 180 or 270.</summary>
    public int Rotation { get; init; }

    /// <summary>True if pixels can be transparent; reading composites them over black.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Width over height of one stored pixel; 1 nearly always.</summary>
    internal double PixelAspect { get; init; } = 1;
}
