using Leo.Lab.Checkpoints;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.StartFrames;

/// <summary>
/// Wraps a U-Net of improved-diffusion (Nichol &amp; Dhariwal 2021), which its trainer saves without a word of its shape, as a model of starting
/// frames. Settings say the shape; the weights must fit them.
/// </summary>
public static class ImportedUNet
{
    private const string Condition = "cond_embed.";

    /// <summary>Writes a checkpoint of kind <c>start-frame</c>.</summary>
    /// <param name="source">A file of <c>UNetModel</c>'s names, of any format and under any usual prefix, such as <c>ema_0.9999_500000.pt</c>.</param>
    /// <param name="settings">Size, widths and diffusion process that it was trained with.</param>
    /// <param name="target">The .safetensors file to write.</param>
    /// <returns>Whether the file has an embedding of codes. Where it has none, every code draws from the same distribution of frames.</returns>
    /// <exception cref="CheckpointException">A tensor is missing, too many or of another shape.</exception>
    /// <exception cref="SettingsException">The settings make no model.</exception>
    /// <exception cref="FileWriteException">The disk is full or the folder refuses; an old file is intact.</exception>
    public static bool Wrap(string source, StartFrameSettings settings, string target)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var checkpoint = Checkpoint.Open(source, "start-frame");
        settings.Validate();
        using var model = new StartFrameModel(settings, new CodeNormalizer([.. new float[settings.Dim]], [.. Enumerable.Repeat(1f, settings.Dim)]), 0);
        var targets = model.Network.state_dict();
        string[] plain = [.. targets.Keys.Where(n => !n.StartsWith(Condition, StringComparison.Ordinal))];
        string prefix = CheckpointLoader.Prefix(checkpoint, plain);
        bool conditional = checkpoint.File.Names.Any(n => n.StartsWith(prefix + Condition, StringComparison.Ordinal));
        if (CheckpointLoader.WeightNames(checkpoint, prefix).FirstOrDefault(n => !targets.ContainsKey(n)) is { } unexpected)
        {
            throw new CheckpointException(checkpoint.Path, $"expected no tensor of this name in a U-Net of these settings, found one; its names are {TensorNames.Some(plain)}",
                "Give the settings that it was trained with, by --set; models of classes are not supported", prefix + unexpected);
        }
        CheckpointLoader.Load(checkpoint.File, prefix, conditional ? targets : targets.Where(t => plain.Contains(t.Key)).ToDictionary(t => t.Key, t => t.Value));
        if (!conditional)
        {
            // What a code adds to the step's embedding becomes zero.
            using var noGrad = no_grad();
            targets[Condition + "2.weight"].zero_();
            targets[Condition + "2.bias"].zero_();
        }
        model.Save(target, checkpoint.Step);
        return conditional;
    }
}
