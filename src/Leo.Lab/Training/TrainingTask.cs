using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>What is trained: models, losses, data. <see cref="TrainingLoop"/> does the rest.</summary>
/// <remarks>
/// For a resumed run to equal an uninterrupted one byte for byte, every random draw of a step comes from
/// <see cref="Generators"/> and everything else that a step changes is in the models or in <see cref="SaveState"/>.
/// <see cref="Sample"/> and <see cref="Validate"/> must not advance any of these: they derive their own generator.
/// </remarks>
public abstract class TrainingTask : IDisposable
{
    /// <summary>Kind of checkpoint: <c>animator</c>, <c>motion</c>, <c>start-code</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The model's settings as one-line JSON; stored in checkpoints, from which the model is built again.</summary>
    public abstract string SettingsJson { get; }

    /// <summary>What else decides the result (weights of losses) as JSON; recorded in the run folder, free to change on resuming. Null for nothing.</summary>
    public virtual string? LossesJson => null;

    /// <summary>How the task's recipe says to train; a loop with another seed or batch is refused. Null where there is no recipe.</summary>
    public virtual TrainingSettings? Training => null;

    /// <summary>What else of the recipe decides the result (which data are drawn and how) as JSON; recorded in run folder and checkpoints, and a resumed run must have the same. Null for nothing.</summary>
    public virtual string? OptionsJson => null;

    /// <summary>Fingerprint of the animator whose codes are learnt, for the checkpoints; empty where there is none or it is not known.</summary>
    public virtual string Fingerprint => "";

    /// <summary>Has the networks compute in a precision; the loop calls it before the first step. Those that were not made for bfloat16 stay float32.</summary>
    /// <returns>In which they will compute.</returns>
    public virtual Precision Use(Precision precision) => precision == Precision.Bfloat16 ? Precision.Float32 : precision;

    /// <summary>Which data is learnt from, in a few words that change when the data does (<c>12 videos, 480 frames, 1a2b3c4d</c>): a run that is gone on with tells if it is not the same. Null where there is none to name.</summary>
    public virtual string? Data => null;

    /// <summary>What someone who reads the log should know of this training before it begins, a line each: a term that is off, data left out.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>The model that is averaged and shipped; <c>model.*</c> and <c>ema.*</c> in checkpoints.</summary>
    public abstract nn.Module Model { get; }

    /// <summary>Modules that are trained but not shipped, by the name that prefixes them in checkpoints (<c>discriminator</c>).</summary>
    public virtual IReadOnlyDictionary<string, nn.Module> Companions { get; } = new Dictionary<string, nn.Module>();

    /// <summary>Optimisers with their losses, in the order of a step.</summary>
    public abstract IReadOnlyList<TrainingPhase> Phases { get; }

    /// <summary>Random generators that steps draw from, by name; <c>rng.*</c> in checkpoints.</summary>
    public virtual IReadOnlyDictionary<string, Generator> Generators { get; } = new Dictionary<string, Generator>();

    /// <summary>Constants that inference needs beside the weights (means, deviations); <c>extra.*</c> in every checkpoint. Owned by the task.</summary>
    public virtual IReadOnlyDictionary<string, Tensor> Extras { get; } = new Dictionary<string, Tensor>();

    /// <summary>Whatever else a step changes, as tensors (positions in data); <c>state.*</c> in checkpoints.</summary>
    public virtual IReadOnlyDictionary<string, Tensor> SaveState() => new Dictionary<string, Tensor>();

    /// <summary>Takes back what <see cref="SaveState"/> gave; tensors die with the caller's scope.</summary>
    public virtual void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
    }

    /// <summary>
    /// Examples of a batch that have to stay together when several processes divide it, as the loss looks at them together; 1 where each stands alone, null where
    /// the task does not divide its batches (<see cref="StepContext.Share"/>) and so trains in one process only.
    /// </summary>
    public virtual int? Inseparable => null;

    /// <summary>Writes samples into <paramref name="folder"/>; called with the averaged weights in place, in evaluation mode, without gradients.</summary>
    /// <param name="folder">The run's <c>samples/</c>, existing.</param>
    /// <param name="step">Steps finished; belongs into the file names. A picture named <c>NAME-STEP.png</c>, with seven digits, also goes to TensorBoard where the run logs to it.</param>
    public virtual void Sample(string folder, long step)
    {
    }

    /// <summary>Scalars on held-out data; called like <see cref="Sample"/>.</summary>
    public virtual IReadOnlyDictionary<string, double> Validate() => new Dictionary<string, double>();

    /// <summary>Disposes models, optimisers and generators that the task made.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the task owns.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
