using Leo.Lab.Checkpoints;

namespace Leo.Lab.Animator;

public sealed partial class ImageAnimator
{
    /// <summary>Kind of the checkpoints.</summary>
    public const string Kind = "animator";

    /// <summary>
    /// Loads an animator in evaluation mode: a checkpoint of this project, or any file of tensors with the official
    /// names, bare or under the prefixes and keys that trainers and wrappers of modules leave (<c>ema.</c>, <c>model.</c>, <c>gen.</c>, <c>state_dict.</c> …).
    /// </summary>
    /// <param name="path">A file of any format that <see cref="TensorFile"/> knows, LIA's <c>vox.pt</c> among them, or a run folder.</param>
    /// <exception cref="CheckpointException">Missing, broken, of another kind, or with a tensor missing, too many or of another shape.</exception>
    public static ImageAnimator Load(string path)
    {
        using var checkpoint = Checkpoint.Open(path, Kind);
        return Load(checkpoint);
    }

    /// <summary>As <see cref="Load(string)"/>, from an open checkpoint.</summary>
    /// <exception cref="CheckpointException">A tensor is missing, too many or of another shape.</exception>
    public static ImageAnimator Load(Checkpoint checkpoint)
    {
        var animator = new ImageAnimator(SettingsOf(checkpoint));
        return CheckpointLoader.Fill(checkpoint, animator, animator);
    }

    /// <summary>The shape of the animator in a checkpoint, from its settings or from the shapes of its tensors.</summary>
    /// <param name="path">As for <see cref="Load(string)"/>.</param>
    /// <exception cref="CheckpointException">Missing, broken, or of another kind.</exception>
    public static AnimatorSettings ReadSettings(string path)
    {
        using var checkpoint = Checkpoint.Open(path, Kind);
        return SettingsOf(checkpoint);
    }

    private static AnimatorSettings SettingsOf(Checkpoint checkpoint) => checkpoint.SettingsJson is null
        ? AnimatorSettings.FromShapes(CheckpointLoader.WeightShapes(checkpoint, AnimatorSettings.Telling), checkpoint.Path)
        : checkpoint.Settings<AnimatorSettings>(s => s.Validate());

    /// <summary>Writes an inference checkpoint: the official names without a prefix, the settings in the header.</summary>
    /// <param name="path">The file; replaced whole or not at all.</param>
    /// <param name="step">Steps trained.</param>
    /// <exception cref="FileWriteException">The disk is full or the folder refuses; an earlier file is intact.</exception>
    public void Save(string path, long step = 0) => Checkpoint.Save(path, Kind, Json.WriteLine(Settings), step, state_dict());
}
