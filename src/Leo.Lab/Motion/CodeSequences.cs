using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// The motion codes a = {α_i} of a set of videos, as the frozen encoder gave them (LEO §3.2): what the motion models
/// learn from. On disk a safetensors file with a tensor [T, D] for each video under the video's name, and in its header
/// <c>videos</c> (a JSON list of the names, in order), <c>fps</c> and <c>animator</c> (a fingerprint of the encoder).
/// </summary>
/// <param name="videos">At least one sequence; all of one dimension.</param>
/// <param name="framesPerSecond">Frames a second of all videos.</param>
/// <param name="animator">A fingerprint of the animator whose codes these are; empty if unknown.</param>
public sealed class CodeSequences(IReadOnlyList<CodeSequence> videos, double framesPerSecond, string animator = "")
{
    /// <summary>The sequences.</summary>
    public IReadOnlyList<CodeSequence> Videos { get; } = videos.Count > 0 && videos.All(v => v.Dim == videos[0].Dim)
        ? videos
        : throw new ArgumentException("Expected at least one sequence, and all of one dimension.", nameof(videos));

    /// <summary>Frames a second of all videos.</summary>
    public double FramesPerSecond { get; } = framesPerSecond;

    /// <summary>A fingerprint of the animator whose codes these are; empty if unknown.</summary>
    public string Animator { get; } = animator;

    /// <summary>Dimension D of a code.</summary>
    public int Dim => Videos[0].Dim;

    /// <summary>The codes in a few words that change when they do.</summary>
    public string Describe()
    {
        var checksum = new Checksum();
        foreach (var video in Videos)
        {
            checksum.Add(Encoding.UTF8.GetBytes(video.Name));
            checksum.Add(MemoryMarshal.AsBytes<float>(video.Values));
        }

        return FormattableString.Invariant($"codes of {Videos.Count} videos, {Videos.Sum(v => (long)v.Frames)} frames, {checksum.Text}");
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A safetensors file as <see cref="Save"/> writes it; without the header's keys, every [T, D] tensor counts as a video at 25 frames a second.</param>
    /// <exception cref="CheckpointException">Not such a file.</exception>
    public static CodeSequences Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var names = file.Metadata.TryGetValue("videos", out string? list)
            ? Json.Read<List<string>>(list, path)
            : [.. file.Names.Where(name => file.Shape(name).Count == 2).Order(StringComparer.Ordinal)];
        double fps = 25.0;
        if (file.Metadata.TryGetValue("fps", out string? text)
            && !(double.TryParse(text, CultureInfo.InvariantCulture, out fps) && fps > 0 && double.IsFinite(fps)))
        {
            throw Bad("expected fps above 0", text);
        }

        var videos = names.Select(Read).ToList();
        return videos.Count > 0
            ? new CodeSequences(videos, fps, file.Metadata.GetValueOrDefault("animator", ""))
            : throw Bad("expected codes [T, D] of at least one video", "none");

        CodeSequence Read(string name)
        {
            if (!file.Contains(name) || file.Shape(name) is not [> 0, > 0 and <= int.MaxValue] || file.Shape(name)[1] != file.Shape(names[0])[1])
            {
                throw Bad($"expected codes [T, D] of {name}, D alike for all", file.Contains(name) ? Shapes.Text(file.Shape(name)) : "no such tensor");
            }

            using var scope = NewDisposeScope();
            var video = CodeSequence.From(name, file.Read(name));
            return Array.TrueForAll(video.Values, float.IsFinite) ? video : throw Bad($"expected finite codes of {name}", "NaN or infinity");
        }

        CheckpointException Bad(string expected, string found) =>
            new(path, $"{expected}, found {found}", "Make the file with `leo extract`");
    }

    /// <summary>Writes a file, atomically.</summary>
    /// <param name="path">Where to.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        Safetensors.Write(path, Videos.ToDictionary(v => v.Name, v => v.ToTensor()), new Dictionary<string, string>
        {
            ["videos"] = Json.WriteLine(Videos.Select(v => v.Name).ToList()),
            ["fps"] = FramesPerSecond.ToString(CultureInfo.InvariantCulture),
            ["animator"] = Animator,
        });
    }
}
