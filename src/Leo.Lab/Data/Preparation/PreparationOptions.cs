namespace Leo.Lab.Data.Preparation;

/// <summary>What prepared clips are to be like.</summary>
public sealed record PreparationOptions
{
    /// <summary>Square side in pixels, even. LEO uses 128 and 256 for TaichiHD and 256 elsewhere (LEO §4).</summary>
    /// <value>Default 256.</value>
    public int Size { get; init; } = 256;

    /// <summary>How clips are kept.</summary>
    /// <value>Default mp4.</value>
    public ClipFormat Format { get; init; }

    /// <summary>Keep one frame of so many; the rate is divided likewise. LEO and LIA name no subsampling, so all frames are kept.</summary>
    /// <value>Default 1.</value>
    public int Every { get; init; } = 1;

    /// <summary>Rate to resample to by time stamp, before <see cref="Every"/>. Null keeps each stored frame once.</summary>
    /// <value>Default null.</value>
    public double? FramesPerSecond { get; init; }

    /// <summary>Most frames of a clip, counted after subsampling. Null for all.</summary>
    /// <value>Default null.</value>
    public int? MaxFrames { get; init; }

    /// <summary>Clips with fewer frames are left out.</summary>
    /// <value>Default 2: training takes pairs.</value>
    public int MinFrames { get; init; } = 2;

    /// <summary>How FaceForensics' meshes cut; the other layouts do not look at it.</summary>
    /// <value>Default each frame by its own mesh, as published.</value>
    public MeshCrop Crop { get; init; }

    /// <summary>Which of UCF101's three official splits.</summary>
    /// <value>Default 1.</value>
    public int Split { get; init; } = 1;

    /// <summary>The metadata file (TaichiHD's CSV, CelebV-HQ's JSON) or folder of lists (UCF101, FaceForensics++) where it is not in its usual place.</summary>
    /// <value>Default null: looked for.</value>
    public string? Metadata { get; init; }

    /// <summary>Clips in work at a time; each takes one decoder and one encoder.</summary>
    /// <value>Default 2.</value>
    public int Threads { get; init; } = 2;

    /// <exception cref="DataException">A number is out of range.</exception>
    internal void Validate()
    {
        Check("size", Size, Size is >= 16 and <= 1024 && Size % 2 == 0, "an even number from 16 to 1024");
        Check("every", Every, Every >= 1, "1 or more");
        Check("fps", FramesPerSecond, FramesPerSecond is null or (> 0 and <= 1000), "above 0 and up to 1000");
        Check("max-frames", MaxFrames, MaxFrames is null || MaxFrames >= MinFrames, $"{MinFrames} or more");
        Check("min-frames", MinFrames, MinFrames >= 1, "1 or more");
        Check("split", Split, Split is >= 1 and <= 3, "1, 2 or 3");
        Check("threads", Threads, Threads >= 1, "1 or more");
    }

    private static void Check(string name, object? value, bool fits, string expected)
    {
        if (!fits)
            throw new DataException(name, FormattableString.Invariant($"is {value}"), $"It has to be {expected}");
    }
}

/// <summary>The layouts of videos that <see cref="DatasetPreparation"/> knows; those of LEO §4 and any other folder.</summary>
public enum DatasetKind
{
    /// <summary>TaichiHD as the first-order-model's loader lays it out: its metadata CSV with the YouTube videos, or its cropped output.</summary>
    Taichi,

    /// <summary>FaceForensics (train, val, test with <c>original</c> and <c>mask</c>) or FaceForensics++ (<c>original_sequences</c>).</summary>
    FaceForensics,

    /// <summary>CelebV-HQ: <c>celebvhq_info.json</c> with raw YouTube videos, or the clips that its script cut.</summary>
    CelebVHQ,

    /// <summary>UCF101: a folder of avi files for each class, and the official lists.</summary>
    Ucf101,

    /// <summary>Any videos or folders of frames, such as LIA's <c>video/*.png</c>.</summary>
    Folder,
}

/// <summary>How prepared clips are kept.</summary>
public enum ClipFormat
{
    /// <summary>H.264 that looks lossless (CRF 13): about 1 % of the PNG files' size.</summary>
    Mp4,

    /// <summary>A folder of PNG files for each clip, numbered from 0: nothing is lost.</summary>
    Png,
}

/// <summary>How faces are cut out by the meshes that come with FaceForensics.</summary>
public enum MeshCrop
{
    /// <summary>Each frame by its own mesh, as Saito et al. 2020 and StyleGAN-V published it; the head stays in place and the background shakes.</summary>
    Frame,

    /// <summary>All frames by one box around all meshes (StyleGAN-V's <c>--wide_crop</c>): the head's own movement is kept.</summary>
    Video,
}
