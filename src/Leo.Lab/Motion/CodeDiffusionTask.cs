using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Trains a diffusion model of codes.</summary>
public abstract class CodeDiffusionTask : DiffusionTask
{
    private readonly CodeDiffusionModel _model;

    private protected CodeDiffusionTask(CodeDiffusionModel model, TrainingSettings training)
        : base(model, training) => _model = model;

    /// <summary>Draws a batch of raw codes.</summary>
    private protected abstract Tensor Batch(int size, Generator generator);

    /// <summary>Held-out codes, the same at every call; null if there are none.</summary>
    private protected abstract Tensor? HeldOutCodes(int size);

    private protected sealed override DiffusionBatch Draw(int size, Generator generator) => Of(Batch(size, generator));

    private protected sealed override DiffusionBatch? HeldOut(int size) => HeldOutCodes(size) is { } codes ? Of(codes) : null;

    private DiffusionBatch Of(Tensor codes) => new(codes.shape[0], (t, generator) =>
    {
        var noise = randn([codes.shape[0], .. _model.NoiseShape], dtype: ScalarType.Float32, generator: generator);
        return _model.TrainingLoss(codes.to(_model.Device), t.to(_model.Device), noise.to(_model.Device));
    });
}
