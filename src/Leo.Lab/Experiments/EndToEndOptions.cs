using Leo.Lab.Diffusion;

namespace Leo.Lab.Experiments;

/// <summary>What the main job does.</summary>
public sealed record EndToEndOptions
{
    /// <summary>Folder for the report, the data and the runs.</summary>
    /// <value>out</value>
    public string Out { get; init; } = "out";

    /// <summary>tiny, small or paper.</summary>
    /// <value>tiny</value>
    public string Preset { get; init; } = "tiny";

    /// <summary>The one seed.</summary>
    /// <value>0</value>
    public long Seed { get; init; }

    /// <summary>Whether both phases are trained from scratch first.</summary>
    /// <value>false: shipped checkpoints are loaded.</value>
    public bool Train { get; init; }

    /// <summary>Whether an interrupted training in <see cref="Out"/> is gone on with.</summary>
    /// <value>false</value>
    public bool Resume { get; init; }

    /// <summary>Minutes for all training together.</summary>
    /// <value>60, shared among faces and bodies; 40 with <see cref="Videos"/>.</value>
    public double? Minutes { get; init; }

    /// <summary>A folder of the user's own videos in place of the puppets.</summary>
    /// <value>null</value>
    public string? Videos { get; init; }

    /// <summary>Whether damaged videos of <see cref="Videos"/> are taken too, as the decoder gives them.</summary>
    /// <value>false: they are left out and named.</value>
    public bool KeepDamaged { get; init; }

    /// <summary>Folder of the shipped checkpoints.</summary>
    /// <value>checkpoints</value>
    public string Checkpoints { get; init; } = "checkpoints";

    /// <summary>How motion is sampled.</summary>
    /// <value>DDIM, 50 steps.</value>
    public SamplerSpec Sampler { get; init; } = SamplerSpec.Ddim50;

    /// <summary>Frames of the sampled videos.</summary>
    /// <value>64</value>
    public int SampleFrames { get; init; } = 64;

    /// <summary>Videos sampled.</summary>
    /// <value>6</value>
    public int SampleCount { get; init; } = 6;

    /// <summary>Frames of the long sampled video.</summary>
    /// <value>512</value>
    public int LongFrames { get; init; } = 512;

    /// <summary>Folder for decoded clips.</summary>
    /// <value>null: beside the report.</value>
    public string? Cache { get; init; }

    /// <summary>In which numbers the animator convolves, in training and after it.</summary>
    /// <value>Float32</value>
    public Precision Precision { get; init; }

    /// <summary>Threads for training; results depend on it in the last bits.</summary>
    /// <value>null: the preset's, one.</value>
    public int? TrainingThreads { get; init; }

    /// <summary>What computes: <see cref="ComputeDevice.Known"/>.</summary>
    /// <value>auto</value>
    public string Device { get; init; } = ComputeDevice.Auto;
}
