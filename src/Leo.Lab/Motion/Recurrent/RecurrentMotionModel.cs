using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion.Recurrent;

/// <summary>
/// A recurrent prior over the same motion codes, LEO's rival in the tables: as in MoCoGAN-HD (Tian et al. 2021) a recurrent network goes from a first
/// code step by step, each step a residual with noise of its own. MoCoGAN-HD trains it against discriminators of images; this one by likelihood, which
/// needs the codes only and makes no use of what it is compared with.
/// </summary>
public sealed class RecurrentMotionModel : ICodeModel
{
    /// <summary>Kind of checkpoint.</summary>
    public const string CheckpointKind = "recurrent";

    /// <summary>A model with fresh weights.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="normalizer">The codes' units.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    public RecurrentMotionModel(RecurrentSettings settings, CodeNormalizer normalizer, long seed) =>
        (Settings, Normalizer, Network) = (settings, normalizer, new RecurrentNetwork(settings, seed));

    /// <summary>The settings.</summary>
    public RecurrentSettings Settings { get; }

    /// <summary>The units.</summary>
    public CodeNormalizer Normalizer { get; }

    /// <summary>The network.</summary>
    public RecurrentNetwork Network { get; }

    /// <summary>Fingerprint of the animator whose codes it knows (<see cref="AnimatorFingerprint"/>); empty if unknown.</summary>
    public string Animator { get; private init; } = "";

    string ICodeModel.Kind => CheckpointKind;

    string ICodeModel.SettingsJson => Json.WriteLine(Settings);

    nn.Module ICodeModel.Network => Network;

    /// <summary>A model with fresh weights and with units from the training data.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="sequences">The training data.</param>
    /// <param name="seed">The run's seed.</param>
    public static RecurrentMotionModel Create(RecurrentSettings settings, CodeSequences sequences, long seed)
    {
        using var scope = NewDisposeScope();
        var normalizer = CodeNormalizer.ForCodes(sequences);
        var codes = normalizer.Normalize(new CodeCrops(sequences, settings.Length).Spread(1000));
        double step = Steps(codes).square().mean().sqrt().item<float>();
        return new RecurrentMotionModel(settings with { StepScale = Math.Max(step, 1e-6) }, normalizer, seed) { Animator = sequences.Animator };
    }

    /// <summary>Reads a model, for inference. Outside any dispose scope.</summary>
    /// <param name="path">A checkpoint of kind <c>recurrent</c>, or the folder of a run.</param>
    /// <exception cref="CheckpointException">Missing, broken, or of another kind or size.</exception>
    public static RecurrentMotionModel Load(string path)
    {
        using var checkpoint = Checkpoint.Open(path, CheckpointKind);
        var model = new RecurrentMotionModel(checkpoint.Settings<RecurrentSettings>(s => s.Validate()), CodeNormalizer.From(checkpoint), 0)
        {
            Animator = checkpoint.File.Metadata.GetValueOrDefault(CheckpointNames.Animator, ""),
        };
        return CheckpointLoader.Fill(checkpoint, model, model.Network);
    }

    /// <summary>Negative log-likelihood of the steps of each sequence [B], a mean over frames and dimensions, constants left out.</summary>
    /// <param name="codes">Raw sequences [B, L, D].</param>
    public Tensor TrainingLoss(Tensor codes)
    {
        using var scope = NewDisposeScope();
        var a = Normalizer.Normalize(codes.to(Device));
        var steps = Steps(a) / Settings.StepScale;
        var state = Network.Begin(a.select(1, 0));
        var losses = new List<Tensor>();
        for (long frame = 0L; frame < steps.shape[1]; frame++)
        {
            (state, var mean, var log) = Network.call(a.select(1, frame), state);
            losses.Add(((steps.select(1, frame) - mean) / log.exp()).square() / 2 + log);
        }

        return stack(losses, 1).flatten(1).mean([1L]).MoveToOuterDisposeScope();
    }

    /// <summary>Draws sequences of raw codes [K, frames, D] of any length; each depends on its own seed alone.</summary>
    /// <param name="alpha1">Raw first codes [K, D], bit by bit the first row of the result.</param>
    /// <param name="frames">How many.</param>
    /// <param name="seeds">K seeds.</param>
    /// <exception cref="ArgumentException">First codes and seeds do not match.</exception>
    public Tensor Sample(Tensor alpha1, int frames, IReadOnlyList<long> seeds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        if (alpha1.dim() != 2 || alpha1.shape[0] != seeds.Count || alpha1.shape[1] != Settings.Dim)
            throw new ArgumentException($"Expected first codes [{seeds.Count}, {Settings.Dim}], found [{string.Join(", ", alpha1.shape)}].", nameof(alpha1));
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var noise = new SeededNoise(seeds, "recurrent", [Settings.Dim], Device);
        alpha1 = alpha1.to(Device);
        var code = Normalizer.Normalize(alpha1);
        var state = Network.Begin(code);
        var codes = new List<Tensor> { alpha1 };
        for (int frame = 1; frame < frames; frame++)
        {
            (state, var mean, var log) = Network.call(code, state);
            code = code + (mean + log.exp() * noise.Next()) * Settings.StepScale;
            codes.Add(Normalizer.Denormalize(code));
        }

        return stack(codes, 1).MoveToOuterDisposeScope();
    }

    private Device Device => Network.parameters().First().device;

    /// <summary>Disposes the network.</summary>
    public void Dispose() => Network.Dispose();

    private static Tensor Steps(Tensor codes) => codes.narrow(1, 1, codes.shape[1] - 1) - codes.narrow(1, 0, codes.shape[1] - 1);
}
