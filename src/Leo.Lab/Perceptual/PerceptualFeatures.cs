using Leo.Lab.Checkpoints;

namespace Leo.Lab.Perceptual;

/// <summary>Finds perceptual features by name or file.</summary>
public static class PerceptualFeatures
{
    /// <summary>Means no perceptual features.</summary>
    public const string None = "none";

    /// <summary>Means the features that come with the project.</summary>
    public const string Puppets = "puppets";

    /// <summary>File of the features that come with the project, in its folder <c>checkpoints</c>.</summary>
    public const string ShippedFile = "perceptual-puppets.safetensors";

    /// <summary>Loads frozen features.</summary>
    /// <param name="what"><c>puppets</c>, a checkpoint or run of <c>leo train perceptual</c>, or a file with VGG-19's weights under
    /// torchvision's names.</param>
    /// <exception cref="CheckpointException">There is no such file, or it holds something else.</exception>
    public static IPerceptualFeatures Load(string what)
    {
        using var checkpoint = Checkpoint.Open(what == Puppets ? Shipped() : what);
        if (checkpoint.Kind == PuppetFeatures.Kind) return PuppetFeatures.Load(checkpoint);
        if (checkpoint.Kind is null) return Vgg19Features.Load(checkpoint);
        throw new CheckpointException(checkpoint.Path, $"expected perceptual features, found a checkpoint of kind '{checkpoint.Kind}'",
            "Give a file of VGG-19 or a run of `leo train perceptual`");
    }

    // From the program's folder upwards, then from the current one: the project's checkpoints, whatever folder one calls from.
    private static string Shipped()
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var file = Path.Combine(folder.FullName, "checkpoints", ShippedFile);
                if (File.Exists(file)) return file;
            }
        }
        throw new CheckpointException(Path.Combine("checkpoints", ShippedFile), "expected the features that come with the project, found no such file",
            "Restore it, or make one by `leo train perceptual` and give its path");
    }
}
