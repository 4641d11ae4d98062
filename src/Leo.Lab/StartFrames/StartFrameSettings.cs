using Leo.Lab.Diffusion;

namespace Leo.Lab.StartFrames;

/// <summary>
/// Shape of the conditional DDPM that draws x₁ given α₁ (LEO §3.3, Option 2). The paper names the kind of model and its condition,
/// no numbers.
/// </summary>
public sealed record StartFrameSettings
{
    /// <summary>Side of the frames in pixels.</summary>
    /// <value>64</value>
    public int Size { get; init; } = 64;

    /// <summary>Dimension of the motion code that it is told.</summary>
    /// <value>20, the paper's.</value>
    public int Dim { get; init; } = 20;

    /// <summary>
    /// Side of the squares of pixels that become the channels of one place before the network sees them; 1 leaves pixels alone. With
    /// 2 the same network costs a quarter.
    /// </summary>
    /// <value>2</value>
    public int Patch { get; init; } = 2;

    /// <summary>Share of training samples that are told no code, so that the network can be guided (Ho &amp; Salimans 2022).</summary>
    /// <value>0.1</value>
    public double ConditionDrop { get; init; } = 0.1;

    /// <summary>The diffusion process.</summary>
    public DiffusionSettings Diffusion { get; init; } = new() { Schedule = NoiseScheduleKind.Cosine, Prediction = PredictionType.V, Clip = 1 };

    /// <summary>The network's widths.</summary>
    public UNetSettings Network { get; init; } = new() { BaseChannels = 48, ChannelMult = [1, 2, 3], ResBlocks = 1, AttentionRates = [4], NormGroups = 12 };

    /// <summary>
    /// 64×64 on two cores: 0.8 M weights, cosine schedule, predicts x₀. So small a network never gets ε fine enough for the last steps, whichever of ε and v it
    /// is asked for: predicting v, 4000 steps left coloured noise all over the picture; predicting x₀, 1000 steps drew faces.
    /// </summary>
    public static StartFrameSettings Tiny => new()
    {
        Diffusion = new() { Schedule = NoiseScheduleKind.Cosine, Prediction = PredictionType.X0, Clip = 1 },
        Network = new() { BaseChannels = 24, ChannelMult = [1, 2, 3], ResBlocks = 1, AttentionRates = [4], NormGroups = 8 },
    };

    /// <summary>128×128 on one GPU.</summary>
    public static StartFrameSettings Small => new()
    {
        Size = 128,
        Network = new() { BaseChannels = 96, ChannelMult = [1, 2, 3, 4], ResBlocks = 2, AttentionRates = [4, 8], NormGroups = 24 },
    };

    /// <summary>
    /// 256×256 with the widths, the process and the learnt variance of improved-diffusion's unconditional LSUN model (Nichol &amp;
    /// Dhariwal 2021, appendix A; its README's flags): 128 channels times 1, 1, 2, 2, 4, 4, two blocks a level, one head of attention at
    /// 16×16, the step's embedding added, 1000 linear steps.
    /// </summary>
    public static StartFrameSettings Paper => new()
    {
        Size = 256,
        Patch = 1,
        Diffusion = new() { Variance = VarianceType.LearnedRange, Clip = 1 },
        Network = new() { BaseChannels = 128, ChannelMult = [1, 1, 2, 2, 4, 4], ResBlocks = 2, AttentionRates = [16], Heads = 1, NormGroups = 32, ScaleShiftNorm = false },
    };

    /// <summary>Channels that the network sees.</summary>
    public int Channels() => 3 * Patch * Patch;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        var faults = new SettingsFaults().AtLeast(Size, 8).AtLeast(Dim, 1).AtLeast(Patch, 1)
            .Require(ConditionDrop is >= 0 and < 1, nameof(ConditionDrop), "from 0 to below 1", $"{ConditionDrop}");
        Network.Check(Diffusion.Check(faults));
        if (Patch > 0 && Network.ChannelMult.Count is > 0 and < 31)
        {
            int multiple = Patch * Network.LengthMultiple();
            faults.Require(Size % multiple == 0, nameof(Size), $"a multiple of {multiple}, for the network folds {Patch} and halves {Network.ChannelMult.Count - 1} times", $"{Size}");
        }

        faults.Throw("start-frame settings");
    }
}
