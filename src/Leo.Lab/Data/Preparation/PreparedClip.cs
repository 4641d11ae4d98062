using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>What became of one clip: a line of the manifest.</summary>
public sealed record PreparedClip
{
    /// <summary>The clip's file or folder relative to the target, <c>train/abc.mp4</c>. Of a row that makes no sense, where it stands.</summary>
    public required string Name { get; init; }

    /// <summary>The video that it comes from, relative to the source folder.</summary>
    public required string Source { get; init; }

    /// <summary>Null if the clip was prepared; else why not.</summary>
    public string? Reason { get; init; }

    /// <summary>Frames written.</summary>
    public int Frames { get; init; }

    /// <summary>Rate of the frames written.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>First frame of the source that was taken.</summary>
    public int FirstFrame { get; init; }

    /// <summary>Columns of the source as displayed.</summary>
    public int SourceWidth { get; init; }

    /// <summary>Rows of the source as displayed.</summary>
    public int SourceHeight { get; init; }

    /// <summary>What was cut out of the source, in its pixels; where each frame has its own box, one around all of them.</summary>
    public PixelBox? Crop { get; init; }

    /// <summary>What a careful reader should know: boxes that were clamped, clips that end early, frames that were enlarged.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>All that decides how the clip is made; another recipe makes it anew.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>Size and time of the source; if they change the clip is made anew.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>Bytes written; a clip on the disk of another size is made anew.</summary>
    public long Bytes { get; init; }

    /// <summary>The part of the split: what stands before the first slash of <see cref="Name"/>.</summary>
    internal string Part => Name.Split('/')[0];
}
