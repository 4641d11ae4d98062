using Leo.Lab.Diffusion;

namespace Leo.Lab.Experiments.Figures;

/// <summary>What a figure is made from.</summary>
public sealed record FigureOptions
{
    /// <summary>Its number in the paper: 1, 4, 5, 6, 7, 8 or 9. Figures 2 and 3 are drawings of the method.</summary>
    public required int Number { get; init; }

    /// <summary>Folder for the figure, and for puppets that are kept for the next.</summary>
    public required string Out { get; init; }

    /// <summary>Folder of checkpoints.</summary>
    public required string Checkpoints { get; init; }

    /// <summary>Kinds of videos; null for those that the figure shows.</summary>
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>Folder of real videos in place of embedded puppets; null for puppets.</summary>
    public string? Data { get; init; }

    /// <summary>tiny, small or paper.</summary>
    /// <value>tiny</value>
    public string Preset { get; init; } = "tiny";

    /// <summary>Frames of a video; null for the figure's own number.</summary>
    public int? Frames { get; init; }

    /// <summary>How codes and pictures are sampled.</summary>
    /// <value>DDIM with 50 steps.</value>
    public SamplerSpec Sampler { get; init; } = SamplerSpec.Ddim50;

    /// <summary>The one seed.</summary>
    /// <value>0</value>
    public long Seed { get; init; }
}
