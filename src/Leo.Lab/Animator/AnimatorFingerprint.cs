using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// Tells animators apart by what their motion codes depend on: the encoder's weights. A number of a code means nothing beside another animator, whose
/// directions are others; so codes and all models of codes carry the fingerprint of the animator that they belong to.
/// </summary>
public static class AnimatorFingerprint
{
    private const string Encoder = "enc.", Form = "encoder-";

    /// <summary>The fingerprint of a loaded animator.</summary>
    /// <param name="animator">The animator.</param>
    /// <returns><c>encoder-</c> and twelve digits.</returns>
    public static string Of(ImageAnimator animator)
    {
        ArgumentNullException.ThrowIfNull(animator);
        using var scope = NewDisposeScope();
        return Of(animator.state_dict().Where(p => p.Key.StartsWith(Encoder, StringComparison.Ordinal)).Select(p => (p.Key, (Func<Tensor>)(() => p.Value))));
    }

    /// <summary>The fingerprint of an animator's file, which is that of the animator loaded from it.</summary>
    /// <param name="path">A checkpoint, a run folder, or any file with the official names.</param>
    /// <exception cref="CheckpointException">Missing, broken, or of another kind.</exception>
    public static string Of(string path)
    {
        using var checkpoint = Checkpoint.Open(path, ImageAnimator.Kind);
        string prefix = CheckpointLoader.Prefix(checkpoint, AnimatorSettings.Telling);
        return Of(CheckpointLoader.WeightNames(checkpoint, prefix).Where(name => name.StartsWith(Encoder, StringComparison.Ordinal))
            .Select(name => (name, (Func<Tensor>)(() => checkpoint.File.Read(prefix + name)))));
    }

    /// <summary>Whether a text is a fingerprint of this form; earlier versions wrote the checksum of a whole file, which says nothing of an exported copy.</summary>
    /// <param name="fingerprint">The text.</param>
    public static bool IsKnown(string fingerprint) => fingerprint.StartsWith(Form, StringComparison.Ordinal);

    /// <summary>Checks that codes, or a model of codes, belong to an animator.</summary>
    /// <param name="expected">The animator's fingerprint.</param>
    /// <param name="animator">Where the animator is from, for the error.</param>
    /// <param name="found">The fingerprint that codes or model carry.</param>
    /// <param name="subject">Where they are from.</param>
    /// <returns>A note where one of them does not say; null where they fit.</returns>
    /// <exception cref="CheckpointException">They belong to another animator.</exception>
    public static string? Require(string expected, string animator, string found, string subject)
    {
        if (!IsKnown(expected) || !IsKnown(found))
            return $"{subject} does not say which animator it belongs to; whether it fits {animator} is not known";
        return expected == found
            ? null
            : throw new CheckpointException(subject, $"expected codes of the animator {expected} ({animator}), found those of {found}",
                "Give the animator that these codes were extracted with, or extract and train again", CheckpointNames.Animator);
    }

    // Rounded to 16 bits, so that an animator exported with `--half` is still the same one.
    private static string Of(IEnumerable<(string Name, Func<Tensor> Read)> weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, read) in weights.OrderBy(w => w.Name, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            var tensor = read().detach().cpu();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {Shapes.Text(tensor.shape)}\n"));
            TensorBytes.Visit(tensor.to(ScalarType.Float16).contiguous(), bytes => hash.AppendData(bytes));
        }
        return Form + Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
