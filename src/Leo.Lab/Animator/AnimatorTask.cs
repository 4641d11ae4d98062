using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using Leo.Lab.Perceptual;
using Leo.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// Phase one of LEO's training (§3.1): reconstruct x_d from x_s and x_d, two frames of one video; with a
/// discriminator when its loss has a weight.
/// </summary>
public sealed class AnimatorTask : TrainingTask
{
    private readonly AnimatorRecipe _settings;
    private readonly ImageAnimator _animator;
    private readonly Discriminator? _discriminator;
    private readonly Adam _animatorAdam;
    private readonly Adam? _discriminatorAdam;
    private readonly PerceptualLoss? _perceptual;
    private readonly ReconstructionLoss _reconstruction;
    private readonly string? _start;
    private readonly IFramePairs _pairs;
    private readonly Device _device;
    private readonly HeldOutClips _heldOut;

    // What the animator's phase leaves for the discriminator's: real and generated images of each micro-step.
    private readonly Dictionary<int, (Tensor Real, Tensor Fake)> _pending = [];

    /// <summary>Makes the models and optimisers, for stored videos.</summary>
    /// <param name="settings">All settings.</param>
    /// <param name="train">Videos to learn from, at the animator's size; stays the caller's and open until the task is disposed.</param>
    /// <param name="heldOut">Videos for validation and samples; only read here.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    /// <exception cref="CheckpointException">The file of <see cref="AnimatorRecipe.Perceptual"/> or <see cref="AnimatorRecipe.Init"/> cannot be used.</exception>
    public AnimatorTask(AnimatorRecipe settings, ClipStore train, ClipStore heldOut)
        : this(settings, new FedFramePairs(StoredFramePairs.Of(settings, train), settings.Training.Device), HeldOutClips.Of(heldOut, settings.ValidationVideos, settings.ValidationFrames))
    {
    }

    /// <summary>Makes the models and optimisers, for any data.</summary>
    /// <param name="settings">All settings; the seed is in <see cref="AnimatorRecipe.Training"/>.</param>
    /// <param name="pairs">Training data; taken over.</param>
    /// <param name="heldOut">Videos for validation and samples; taken over.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    /// <exception cref="CheckpointException">The file of <see cref="AnimatorRecipe.Perceptual"/> or <see cref="AnimatorRecipe.Init"/> cannot be used.</exception>
    public AnimatorTask(AnimatorRecipe settings, IFramePairs pairs, HeldOutClips heldOut)
    {
        settings.Validate();
        _device = ComputeDevice.Find(settings.Training.Device);
        (_settings, _pairs, _heldOut) = (settings, pairs, heldOut);
        if (settings.Perceptual != PerceptualFeatures.None && settings.PerceptualWeight > 0)
            _perceptual = new PerceptualLoss(PerceptualFeatures.Load(settings.Perceptual), settings.Animator.Size, settings.PerceptualScales);
        _perceptual?.MoveTo(_device);
        _reconstruction = new ReconstructionLoss(settings, _perceptual);

        using var init = Seeds.Generator(settings.Training.Seed, "animator.init");
        _animator = new ImageAnimator(settings.Animator, init);
        _animator.ScaleFlow(settings.FlowGain);
        ComputeDevice.Move(_animator, _device);
        _animatorAdam = Adam(_animator, settings.AnimatorBetas);
        var phases = new List<TrainingPhase>
        {
            new("animator", _animatorAdam, AnimatorLoss) { LearningRateScale = settings.AnimatorRate },
        };
        if (settings.AdversarialWeight > 0)
        {
            using var discriminatorInit = Seeds.Generator(settings.Training.Seed, "discriminator.init");
            _discriminator = new Discriminator(settings.Animator, discriminatorInit);
            ComputeDevice.Move(_discriminator, _device);
            _discriminatorAdam = Adam(_discriminator, settings.DiscriminatorBetas);
            phases.Add(new("discriminator", _discriminatorAdam, DiscriminatorLoss) { LearningRateScale = settings.DiscriminatorRate });
            Companions = new Dictionary<string, nn.Module> { ["discriminator"] = _discriminator };
        }
        Phases = phases;
        if (settings.Init is { } path)
        {
            using var checkpoint = Checkpoint.Open(path, ImageAnimator.Kind);
            _start = WarmStart.Load(checkpoint, _animator, _animatorAdam, _discriminator, _discriminatorAdam);
        }
    }

    /// <inheritdoc/>
    public override string Kind => ImageAnimator.Kind;

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(_settings.Animator);

    /// <inheritdoc/>
    public override TrainingSettings Training => _settings.Training;

    /// <inheritdoc/>
    public override string LossesJson
    {
        get
        {
            var losses = _settings.Options();
            losses["perceptualTerm"] = PerceptualTerm;
            return losses.ToJsonString();
        }
    }

    /// <inheritdoc/>
    public override Precision Use(Precision precision)
    {
        _animator.Precision = precision;
        if (_discriminator is not null) _discriminator.Precision = precision;
        if (_perceptual is not null) _perceptual.Precision = precision;
        return precision;
    }

    /// <inheritdoc/>
    public override string? Data => _pairs.Data;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes => _start is null ? [$"perceptual term: {PerceptualTerm}"] : [$"perceptual term: {PerceptualTerm}", $"starts from {_start}"];

    /// <summary>What became of the perceptual term, in words: <c>off</c> and why, or network, sizes and weight.</summary>
    public string PerceptualTerm => _perceptual is { } loss
        ? string.Create(CultureInfo.InvariantCulture, $"{loss.Description}; weight {_settings.PerceptualWeight}")
        : _settings.PerceptualWeight == 0 ? "off (its weight is 0)" : "off (no network was given; LIA has VGG-19)";

    /// <inheritdoc/>
    public override nn.Module Model => _animator;

    /// <summary>The animator in training.</summary>
    public ImageAnimator Animator => _animator;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Companions { get; } = new Dictionary<string, nn.Module>();

    /// <inheritdoc/>
    public override IReadOnlyList<TrainingPhase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Generator> Generators => _pairs.Generators;

    /// <summary>With a discriminator, the images that its minibatch standard deviation looks at together.</summary>
    public override int? Inseparable => _discriminator is null ? 1 : Discriminator.Group(_settings.Training.BatchSize);

    /// <inheritdoc/>
    public override void Sample(string folder, long step) =>
        ContactSheet.Write(Path.Combine(folder, $"step-{step:D7}.png"), _animator, _heldOut);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Validate() => ReconstructionScore.Of(_animator, _heldOut).ToScalars();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        _animatorAdam.Dispose();
        _discriminatorAdam?.Dispose();
        _animator.Dispose();
        _discriminator?.Dispose();
        _perceptual?.Dispose();
        _pairs.Dispose();
        _heldOut.Dispose();
    }

    private Tensor AnimatorLoss(StepContext context)
    {
        if (context.Micro == 0) _pending.Clear();
        var (source, driving) = Moved(_pairs.Next(context.Share));
        context.Drew(_pairs.Drawn);
        var frames = _animator.Reconstruct(source, driving);
        var loss = _reconstruction.Total(frames.Image, source, driving, context.Report);
        if (_discriminator is null || context.Step < _settings.AdversarialStart) return loss;

        var adversarial = AdversarialLoss.Animator(_discriminator, frames.Image);
        context.Report("adversarial", adversarial);
        _pending[context.Micro] = (driving.alias().MoveToOuterDisposeScope(), frames.Image.detach().MoveToOuterDisposeScope());
        return loss + adversarial * _settings.AdversarialWeight;
    }

    private (Tensor Source, Tensor Driving) Moved((Tensor Source, Tensor Driving) pair) => (pair.Source.to(_device), pair.Driving.to(_device));

    private Tensor? DiscriminatorLoss(StepContext context)
    {
        if (!_pending.Remove(context.Micro, out var images)) return null;
        var loss = AdversarialLoss.Discriminator(_discriminator!, images.Real, images.Fake);
        context.Report("discriminator", loss);
        if (_settings.R1Weight == 0 || context.Step % _settings.R1Every != 0) return loss;

        var penalty = AdversarialLoss.R1(_discriminator!, images.Real);
        context.Report("r1", penalty);
        return loss + penalty * (_settings.R1Weight / 2 * _settings.R1Every);
    }

    private Adam Adam(nn.Module model, AdamBetas betas) =>
        new FusedAdam(model.parameters(), _settings.Training.LearningRate, betas.Beta1, betas.Beta2);
}
