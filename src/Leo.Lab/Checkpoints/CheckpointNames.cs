namespace Leo.Lab.Checkpoints;

/// <summary>Prefixes of tensor names and keys of the header that make a safetensors file a checkpoint of this project.</summary>
public static class CheckpointNames
{
    /// <summary>Header key of the kind: <c>animator</c>, <c>motion</c>, <c>start-code</c>.</summary>
    public const string Kind = "kind";

    /// <summary>Header key of the model's settings as JSON.</summary>
    public const string Settings = "settings";

    /// <summary>Header key of the number of steps trained.</summary>
    public const string Step = "step";

    /// <summary>Header key of the losses it was trained with, as JSON; kept on export.</summary>
    public const string Losses = "losses";

    /// <summary>Header key of what else of the recipe it was trained by (which data are drawn and how), as JSON; kept on export.</summary>
    public const string Options = "options";

    /// <summary>Header key of the fingerprint of the animator whose codes it knows; kept on export.</summary>
    public const string Animator = "animator";

    /// <summary>Header key of the names in PyTorch's order as a JSON list, where all of a PyTorch file was converted.</summary>
    public const string Order = "order";

    /// <summary>Averaged weights in training checkpoints.</summary>
    public const string Ema = "ema.";

    /// <summary>Raw weights in training checkpoints.</summary>
    public const string Model = "model.";

    /// <summary>Generator weights in official LIA checkpoints.</summary>
    public const string Generator = "gen.";

    /// <summary>Discriminator weights in official LIA checkpoints.</summary>
    public const string Discriminator = "dis.";

    /// <summary>Constants beside the weights, in every checkpoint.</summary>
    public const string Extra = "extra.";

    /// <summary>State of optimisers.</summary>
    public const string Optimizer = "optim.";

    /// <summary>State of random generators.</summary>
    public const string Random = "rng.";

    /// <summary>State of the task.</summary>
    public const string State = "state.";
}
