using Leo.Lab.Checkpoints.PyTorch;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>Writes what one format holds in another.</summary>
public static class CheckpointConverter
{
    /// <summary>Writes a checkpoint's tensors as safetensors or as TorchSharp's <c>.dat</c>, whichever <paramref name="target"/> ends in.</summary>
    /// <param name="checkpoint">Source, of any format.</param>
    /// <param name="target">Path that ends in <c>.safetensors</c> or <c>.dat</c>; replaced whole or not at all.</param>
    /// <param name="all">
    /// False: the weights that a loader would take, without prefix, with kind and settings where there are any. True: every
    /// tensor under its full name (discriminator, optimisers …) and the values beside them; <c>.dat</c> holds tensors only.
    /// </param>
    /// <returns>How many tensors were written.</returns>
    /// <exception cref="LeoException">The target's ending is neither.</exception>
    /// <exception cref="CheckpointException">The source holds no tensors, or is damaged.</exception>
    /// <exception cref="FileWriteException">The disk is full or the folder refuses; an old file is intact.</exception>
    public static int Convert(Checkpoint checkpoint, string target, bool all = false)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(target);
        string ending = Path.GetExtension(target).ToLowerInvariant();
        if (ending is not (".safetensors" or ".dat"))
        {
            throw new LeoException(target, $"expected a name that ends in .safetensors or .dat, found '{ending}'", "Choose one of these formats");
        }
        using var scope = NewDisposeScope();
        var tensors = all ? checkpoint.File.Names.ToDictionary(n => n, checkpoint.File.Read) : checkpoint.Weights();
        if (tensors.Count == 0)
        {
            throw new CheckpointException(checkpoint.Path, "expected tensors, found none", "Give a checkpoint that holds some");
        }
        if (tensors.Keys.FirstOrDefault(n => n == "__metadata__" && ending != ".dat") is { } taken)
        {
            throw new CheckpointException(checkpoint.Path, "a tensor has the name under which safetensors keeps its texts", "Convert it into .dat", taken);
        }
        if (ending == ".dat")
        {
            TorchSharpFile.Write(target, tensors);
        }
        else
        {
            Safetensors.Write(target, tensors, all ? Everything(checkpoint.File) : checkpoint.Header());
        }
        return tensors.Count;
    }

    // Optimisers number the parameters in the order of the weights, which safetensors does not keep.
    private static Dictionary<string, string> Everything(ITensorFile file)
    {
        var metadata = new Dictionary<string, string>(file.Metadata) { ["format"] = "pt" };
        if (file is PyTorchFile)
        {
            metadata[CheckpointNames.Order] = Json.WriteLine(file.Names);
        }
        return metadata;
    }
}
