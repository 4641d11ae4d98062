namespace Leo.Torch.Tests.Memory;

/// <summary>Counts of live tensors are the whole process's: nothing else may run meanwhile.</summary>
[CollectionDefinition("memory", DisableParallelization = true)]
public class MemoryCollection;
