using Leo.Lab.Data;
using Leo.Lab.Perceptual;
using Leo.Lab.Training;

namespace Leo.Lab.Animator;

/// <summary>How an animator is trained: its shape, the losses, the optimisers and the run.</summary>
public sealed record AnimatorRecipe : Recipe, IPresets<AnimatorRecipe>
{
    /// <summary><see cref="Tiny"/>: 12,000 steps of 8 pairs, 2e-3 falling to 1e-4 along a cosine after 100 steps of warm-up.</summary>
    public AnimatorRecipe() => Training = new()
    {
        Steps = 12_000,
        BatchSize = 8,
        LearningRate = 2e-3,
        FinalLearningRate = 1e-4,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 100,
        EmaRates = [0.999],
        SampleEvery = 1_000,
        ValidateEvery = 1_000,
    };

    /// <summary>The animator's shape.</summary>
    /// <value><see cref="AnimatorSettings.Tiny"/></value>
    public AnimatorSettings Animator { get; init; } = AnimatorSettings.Tiny;

    /// <summary>Which pairs of frames are drawn.</summary>
    /// <value>Any two frames of a video, never mirrored.</value>
    public FramePairOptions Pairs { get; init; } = new();

    /// <summary>
    /// A checkpoint of this shape to start from, LIA's own or any other: its weights and, where it has them, its
    /// discriminator and the moments of both optimisers. The steps of the run count from 0.
    /// </summary>
    /// <value>Absent: weights are drawn from the seed.</value>
    public string? Init { get; init; }

    /// <summary>Weight of |x̂_d − x_d|, averaged over pixels.</summary>
    /// <value>1</value>
    public double L1Weight { get; init; } = 1;

    /// <summary>
    /// w in the factor 1 + w·|x_s − x_d| on that term: pulls a small network towards what moves, where plain L1 lets
    /// it copy the source. 0 is plain L1, as in the paper.
    /// </summary>
    /// <value>6</value>
    public double MovingWeight { get; init; } = 6;

    /// <summary>
    /// Weight of (x̂_d − x_d)², averaged over pixels. L1 is content with the median of what an eye or a hand might show,
    /// a smear; squares make the few pixels that are entirely wrong count most.
    /// </summary>
    /// <value>3; 0 in the paper.</value>
    public double SquaredWeight { get; init; } = 3;

    /// <summary>Weight of L1 on images halved 1 to <see cref="PyramidLevels"/> times, averaged over the levels: motion further than a pixel gets a gradient.</summary>
    /// <value>3; 0 in the paper.</value>
    public double PyramidWeight { get; init; } = 3;

    /// <summary>How often the images are halved.</summary>
    /// <value>3</value>
    public int PyramidLevels { get; init; } = 3;

    /// <summary>
    /// Weight of L1 on the images' horizontal and vertical differences, emphasised by <see cref="MovingWeight"/> too:
    /// eyes and mouths are small in L1 and large here.
    /// </summary>
    /// <value>1; 0 in the paper.</value>
    public double EdgeWeight { get; init; } = 1;

    /// <summary>
    /// Network of the perceptual term: <c>none</c>, <c>puppets</c> (small, comes with the project), a run or checkpoint of
    /// <c>leo train perceptual</c>, or a file of VGG-19 with torchvision's names, as in LIA.
    /// </summary>
    /// <value>none, which turns the term off; LIA has VGG-19.</value>
    public string Perceptual { get; init; } = PerceptualFeatures.None;

    /// <summary>Weight of each layer at each size of that network, where there is one (see <see cref="PerceptualLoss"/>).</summary>
    /// <value>0.1, which suits <c>puppets</c>; 10 in LIA, with VGG-19.</value>
    public double PerceptualWeight { get; init; } = 0.1;

    /// <summary>Sizes at which the network compares: 4 are 1, ½, ¼, ⅛. Those too small for it are left out, and the log says so.</summary>
    /// <value>4, as in LIA.</value>
    public int PerceptualScales { get; init; } = 4;

    /// <summary>
    /// Factor on the initial weights that predict flow and mask. The official initialisation, 1, starts from flows that
    /// scramble the source; a small one starts near the identity, and motion is found in half the steps.
    /// </summary>
    /// <value>0.1; 1 in LIA.</value>
    public double FlowGain { get; init; } = 0.1;

    /// <summary>Weight of the non-saturating adversarial loss; 0 trains without a discriminator.</summary>
    /// <value>0; 1 in LIA.</value>
    public double AdversarialWeight { get; init; }

    /// <summary>Step at which the adversarial loss and the discriminator begin.</summary>
    /// <value>0</value>
    public int AdversarialStart { get; init; }

    /// <summary>γ of the discriminator's R1 penalty γ/2·‖∇D(x)‖² on real images (Mescheder et al. 2018); 0 for none.</summary>
    /// <value>0, as in LIA; StyleGAN2 has 10.</value>
    public double R1Weight { get; init; }

    /// <summary>Steps between R1 penalties, each so many times stronger (Karras et al. 2020, §3.1).</summary>
    /// <value>16</value>
    public int R1Every { get; init; } = 16;

    /// <summary>β₁ and β₂ of the animator's Adam.</summary>
    /// <value>0.5, 0.99</value>
    public AdamBetas AnimatorBetas { get; init; } = new(0.5, 0.99);

    /// <summary>Factor on the animator's learning rate.</summary>
    /// <value>1; 4/5 in LIA, which takes over StyleGAN2's correction for lazy regularisation every 4 steps.</value>
    public double AnimatorRate { get; init; } = 1;

    /// <summary>β₁ and β₂ of the discriminator's Adam.</summary>
    /// <value>0, 0.99^(16/17): StyleGAN2's, for a penalty every 16 steps.</value>
    public AdamBetas DiscriminatorBetas { get; init; } = new(0, Math.Pow(0.99, 16.0 / 17));

    /// <summary>Factor on the discriminator's learning rate.</summary>
    /// <value>16/17, likewise.</value>
    public double DiscriminatorRate { get; init; } = 16.0 / 17;

    /// <summary>Held-out videos that validation and samples look at.</summary>
    /// <value>8</value>
    public int ValidationVideos { get; init; } = 8;

    /// <summary>Frames of each, spread evenly over the video.</summary>
    /// <value>16</value>
    public int ValidationFrames { get; init; } = 16;

    /// <summary>64×64 on two cores, without a discriminator: about an hour.</summary>
    public static AnimatorRecipe Tiny => new();

    /// <summary>128×128 on one GPU.</summary>
    public static AnimatorRecipe Small => Paper with
    {
        Animator = AnimatorSettings.Small,
        Training = Paper.Training with { Steps = 100_000, BatchSize = 16 },
        MovingWeight = 3,
        PyramidWeight = 1,
    };

    /// <summary>
    /// 256×256 as LIA is trained (docs/animator-training.md has every number with its source). VGG-19 does not come with the
    /// project: without <see cref="Perceptual"/> the perceptual term is off, and log, settings and report say so.
    /// </summary>
    public static AnimatorRecipe Paper => new()
    {
        Animator = AnimatorSettings.Paper,
        Training = new TrainingSettings
        {
            Steps = 800_000,
            BatchSize = 32,
            LearningRate = 2e-3,
            FinalLearningRate = 0,
            Schedule = LearningRateSchedule.Constant,
            EmaRates = [0.999],
            SampleEvery = 5_000,
            ValidateEvery = 5_000,
            CheckpointEvery = 1_000,
        },
        MovingWeight = 0,
        SquaredWeight = 0,
        PyramidWeight = 0,
        EdgeWeight = 0,
        PerceptualWeight = 10,
        FlowGain = 1,
        AdversarialWeight = 1,
        AnimatorBetas = new AdamBetas(0, Math.Pow(0.99, 4.0 / 5)),
        AnimatorRate = 4.0 / 5,
    };

    internal override string ModelKey => "animator";

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public override void Validate()
    {
        new SettingsFaults()
            .Include(Animator.Validate)
            .Include(Training.Validate)
            .Between(L1Weight, 0, 1e6)
            .Between(MovingWeight, 0, 1e6)
            .Between(SquaredWeight, 0, 1e6)
            .Between(PyramidWeight, 0, 1e6)
            .Between(PyramidLevels, 0, System.Numerics.BitOperations.Log2((uint)Animator.Size))
            .Between(EdgeWeight, 0, 1e6)
            .Require(!string.IsNullOrWhiteSpace(Perceptual), nameof(Perceptual), "none, puppets or a file", "nothing")
            .Between(PerceptualWeight, 0, 1e6)
            .Between(PerceptualScales, 1, 6)
            .Above(FlowGain, 0)
            .Between(AdversarialWeight, 0, 1e6)
            .AtLeast(AdversarialStart, 0)
            .Between(R1Weight, 0, 1e6)
            .AtLeast(R1Every, 1)
            .Between(AnimatorBetas.Beta1, 0, 0.999999, "AnimatorBetas.Beta1")
            .Between(AnimatorBetas.Beta2, 0, 0.999999, "AnimatorBetas.Beta2")
            .Above(AnimatorRate, 0)
            .Between(DiscriminatorBetas.Beta1, 0, 0.999999, "DiscriminatorBetas.Beta1")
            .Between(DiscriminatorBetas.Beta2, 0, 0.999999, "DiscriminatorBetas.Beta2")
            .Above(DiscriminatorRate, 0)
            .AtLeast(ValidationVideos, 1)
            .AtLeast(ValidationFrames, 2)
            .Require(Pairs.MaxDistance is null or > 0, "Pairs.MaxDistance", "1 or more, or absent", $"{Pairs.MaxDistance}")
            .Between(Pairs.Jitter, 0, 0.5, "Pairs.Jitter")
            .Require(L1Weight + SquaredWeight + PyramidWeight + EdgeWeight > 0, nameof(L1Weight), "above 0, or one of the other reconstruction weights", "all 0")
            .Throw("animator training settings");
    }
}
