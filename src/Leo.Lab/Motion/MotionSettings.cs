using Leo.Lab.Diffusion;

namespace Leo.Lab.Motion;

/// <summary>
/// Shape of the latent motion diffusion model (LEO §3.2, §4). Only numbers differ between the presets. The paper gives
/// the input, 64×20, and 1000 steps; it leaves the U-Net's widths open.
/// </summary>
public sealed record MotionSettings
{
    /// <summary>Codes in a sequence, α₁ included.</summary>
    /// <value>64, the paper's.</value>
    public int Length { get; init; } = 64;

    /// <summary>Dimension of a motion code.</summary>
    /// <value>20, the paper's.</value>
    public int Dim { get; init; } = 20;

    /// <summary>
    /// Whether α₁ is given by the Linear Motion Condition (Eq. 4); without it whole sequences are generated from nothing
    /// (Eq. 1), the ablation of Table 4.
    /// </summary>
    /// <value>true</value>
    public bool LinearMotionCondition { get; init; } = true;

    /// <summary>
    /// Codes that a sequence may begin with: with more than one, a sequence that goes on from another is given the other's last codes and so their velocity,
    /// which one code cannot tell. Given codes are never noised, as α₁ is not, a mask tells the network which they are, and residuals are those to the last of them. Not in the paper.
    /// </summary>
    /// <value>1, the paper's: α₁ alone.</value>
    public int History { get; init; } = 1;

    /// <summary>
    /// Codes that the network makes beyond a sequence's end and nobody sees. At its end a sequence has neighbours on one side only, so what a network knows worst is
    /// the last code, and just that one begins the next sequence. Not in the paper.
    /// </summary>
    /// <value>0, the paper's.</value>
    public int Tail { get; init; }

    /// <summary>The diffusion process.</summary>
    public DiffusionSettings Diffusion { get; init; } = new();

    /// <summary>The network's widths.</summary>
    public UNetSettings Network { get; init; } = new();

    /// <summary>
    /// 0.64 M weights: minutes on two cores. The network predicts the clean residuals m₀, from which ε_θ of Eq. 4 follows
    /// (q-sample is linear); with training this short the direct ε never gets fine enough for the early steps, where its
    /// error is multiplied by up to √(1/ᾱ − 1) ≈ 157. On made-up motion (80 videos) 900 steps of batch 16 gave 0.86 of the
    /// real frame-to-frame speed and 0.9 of the travel; 1500 steps of batch 32 with ε gave 11.4 and 3.2. On the codes of 64
    /// face videos, 2000 steps of batch 32 gave 1.10 and 0.99 against people held out. v lies between: on the codes of 320 body
    /// videos 5000 steps gave 6.1. Edges are replicated: with zeros past them, 6000 steps on the same codes left a last frame that
    /// jumps by 0.40 of a code's deviation, where real motion takes 0.04 a frame; replicated it is 0.01.
    /// </summary>
    public static MotionSettings Tiny => new() { Diffusion = new() { Prediction = PredictionType.X0 }, Network = new() { ReplicateEdges = true } };

    /// <summary>8.2 M weights, for one GPU; predicts m₀ and replicates edges as <see cref="Tiny"/> does.</summary>
    public static MotionSettings Small => new()
    {
        Diffusion = new() { Prediction = PredictionType.X0 },
        Network = new() { BaseChannels = 64, ChannelMult = [1, 2, 4], ResBlocks = 2, AttentionRates = [2, 4], NormGroups = 16, ReplicateEdges = true },
    };

    /// <summary>
    /// The paper's input, steps and prediction (ε), with the widths that improved-diffusion uses at 64×64: 128 channels, times 1, 2, 3, 4,
    /// three blocks a level, attention at lengths 16 and 8, 32 groups; 59 M weights. These widths are our choice; the paper names none.
    /// </summary>
    public static MotionSettings Paper => new()
    {
        Network = new() { BaseChannels = 128, ChannelMult = [1, 2, 3, 4], ResBlocks = 3, AttentionRates = [4, 8], NormGroups = 32 },
    };

    /// <summary>Codes that the network sees: the sequence and its tail.</summary>
    internal int Whole => Length + Tail;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        var faults = new SettingsFaults().AtLeast(Length, 2).AtLeast(Dim, 1).Between(Tail, 0, Math.Max(0, Length)).Between(History, 1, Math.Max(1, Length / 2))
            .Require(History == 1 || LinearMotionCondition, nameof(History), "1 without Linear Motion Condition", $"{History}")
            .Require(History == 1 || Diffusion.Variance != VarianceType.LearnedRange, nameof(History), "1 where the variance is learnt", $"{History}");
        Network.Check(Diffusion.Check(faults));
        if (Network.ChannelMult.Count is > 0 and < 31)
        {
            string what = Tail == 0 ? "" : $" together with Tail, {Tail},";
            faults.Require(Whole % Network.LengthMultiple() == 0, nameof(Length), $"a multiple of {Network.LengthMultiple()}{what} for the network halves it {Network.ChannelMult.Count - 1} times", $"{Length}");
        }

        faults.Throw("motion settings");
    }
}
