namespace Leo.Torch.Tests.Nn;

/// <summary>Tests that draw from the ambient generator or count all live tensors: never beside others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GlobalState
{
    public const string Name = "global state";
}
