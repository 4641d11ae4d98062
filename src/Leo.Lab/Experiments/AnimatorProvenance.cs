using System.Text.Json;
using System.Text.Json.Nodes;
using Leo.Lab.Checkpoints;

namespace Leo.Lab.Experiments;

/// <summary>What an animator's checkpoint tells of its training.</summary>
public static class AnimatorProvenance
{
    /// <summary>Said where the checkpoint tells nothing, as official ones and those of earlier versions.</summary>
    public const string NotRecorded = "not recorded";

    /// <summary>The perceptual term of its training in words: network, sizes and weight, or <c>off</c> and why.</summary>
    /// <param name="path">A checkpoint or a run folder.</param>
    /// <exception cref="CheckpointException">Missing or broken.</exception>
    public static string PerceptualTerm(string path)
    {
        using var checkpoint = Checkpoint.Open(path);
        if (!checkpoint.File.Metadata.TryGetValue(CheckpointNames.Losses, out string? json))
            return NotRecorded;
        try
        {
            return JsonNode.Parse(json)?["perceptualTerm"]?.GetValue<string>() ?? NotRecorded;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(checkpoint.Path, $"cannot be read as JSON ({e.Message})", "The header is damaged; get the file again", CheckpointNames.Losses, e);
        }
    }
}
