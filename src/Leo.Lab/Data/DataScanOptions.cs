namespace Leo.Lab.Data;

/// <summary>What <see cref="DataScan"/> asks of videos, and where it keeps what it found.</summary>
public sealed record DataScanOptions
{
    /// <summary>Side that the model takes: smaller videos are reported.</summary>
    /// <value>Default null: any.</value>
    public int? Size { get; init; }

    /// <summary>Frames that a video has to have.</summary>
    /// <value>Default 2: training takes pairs.</value>
    public int MinFrames { get; init; } = 2;

    /// <summary>A file that gets a line for each video as soon as it is scanned; a scan that was stopped goes on behind it, and files that did not change are not decoded again.</summary>
    /// <value>Default null: nothing is kept.</value>
    public string? Manifest { get; init; }

    /// <summary>Videos in work at a time.</summary>
    /// <value>Default 2.</value>
    public int Threads { get; init; } = 2;
}
