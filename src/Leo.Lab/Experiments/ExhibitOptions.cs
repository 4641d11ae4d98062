using Leo.Lab.Diffusion;
using Leo.Lab.Metrics.I3d;

namespace Leo.Lab.Experiments;

/// <summary>What a table or figure of the paper is made of, here.</summary>
public sealed record ExhibitOptions
{
    /// <summary>Its number in the paper: a table's, 1 to 6, or a figure's, 1 and 4 to 9; figures 2 and 3 are drawings of the method.</summary>
    public required int Number { get; init; }

    /// <summary>Folder for what is made, and for what is kept between calls: puppets and their codes.</summary>
    public required string Out { get; init; }

    /// <summary>Folder of checkpoints: <c>motion-faces-tiny.safetensors</c>, <c>lmdm-faces-tiny.safetensors</c> and so on.</summary>
    public required string Checkpoints { get; init; }

    /// <summary>Kinds of videos; null for all that it shows.</summary>
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>Folder of real videos in place of embedded puppets; null for puppets.</summary>
    public string? Data { get; init; }

    /// <summary>tiny, small or paper: which checkpoints.</summary>
    /// <value>tiny</value>
    public string Preset { get; init; } = "tiny";

    /// <summary>
    /// Folder of run folders, <c>bodies-clmdm-0</c>, <c>bodies-lmdm-0</c>, … one for each training seed, in place of the shipped motion models; null for
    /// those.
    /// </summary>
    public string? Runs { get; init; }

    /// <summary>Real codes in place of those of embedded puppets: a folder with <c>bodies-codes.safetensors</c> and so on; null for puppets.</summary>
    public string? Codes { get; init; }

    /// <summary>Sampled videos of each model.</summary>
    /// <value>256; 50 long ones for Table 5.</value>
    public int? Videos { get; init; }

    /// <summary>What looks at clips for FVD and KVD, Tables 1, 2 and 6 (<see cref="Metrics.VideoExtractors.Known"/>), by default the one that comes with the project.</summary>
    /// <value>puppet-i3d</value>
    public string Extractor { get; init; } = PuppetI3dExtractor.Word;

    /// <summary>What looks at frames for ACD, Tables 1, 2 and 6 (<see cref="FrameExtractors.Known"/>).</summary>
    /// <value>palette</value>
    public string Content { get; init; } = "palette";

    /// <summary>The protocol of FVD and KVD, Tables 1, 2 and 6.</summary>
    /// <value>styleganv</value>
    public string Protocol { get; init; } = "styleganv";

    /// <summary>Frames of a long video, Table 5.</summary>
    /// <value>512</value>
    public int LongFrames { get; init; } = 512;

    /// <summary>Frames of a video of a figure; null for the figure's own number.</summary>
    public int? Frames { get; init; }

    /// <summary>How codes and pictures are sampled.</summary>
    /// <value>DDIM with 50 steps.</value>
    public SamplerSpec Sampler { get; init; } = SamplerSpec.Ddim50;

    /// <summary>The one seed.</summary>
    /// <value>0</value>
    public long Seed { get; init; }

    /// <summary>What computes: <see cref="ComputeDevice.Known"/>.</summary>
    /// <value>auto</value>
    public string Device { get; init; } = ComputeDevice.Auto;
}
