using System.Globalization;
using System.Security.Cryptography;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// Features of single videos, kept in a folder while a long extraction goes on, so that one that was interrupted goes on where it stopped.
/// </summary>
/// <remarks>
/// A part is taken again only if it was made of the same bytes under the same name, with the same extractor and weights and in the same way;
/// anything else, and a damaged part, is made anew. Rows do not depend on other videos, so the whole is the same bytes either way.
/// </remarks>
public sealed class FeatureParts
{
    private const string SourceKey = "source", ClipCountKey = "clips", ClipName = "clip";

    private readonly List<string> _damaged = [];

    /// <summary>Keeps parts in a folder, which is made with the first of them.</summary>
    public FeatureParts(string folder) => Folder = folder;

    /// <summary>Where they are.</summary>
    public string Folder { get; }

    /// <summary>The folder beside the file that an extraction will write.</summary>
    public static FeatureParts Beside(string file) => new(file + ".parts");

    /// <summary>Videos that did not have to be looked at again.</summary>
    public int Reused { get; private set; }

    /// <summary>Parts that were damaged, and so made anew; a line each.</summary>
    public IReadOnlyList<string> Damaged => _damaged;

    /// <summary>Deletes the parts: the whole is on the disk.</summary>
    public void Clear()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>The rows of a video, from the folder or by looking.</summary>
    /// <param name="folder">Folder of the videos.</param>
    /// <param name="path">The video.</param>
    /// <param name="made">How rows are made: <see cref="FeatureMetadata.Of"/>.</param>
    /// <param name="look">Looks at the video.</param>
    /// <returns>Rows in the current dispose scope.</returns>
    internal VideoRows Rows(string folder, string path, IReadOnlyDictionary<string, string> made, Func<VideoRows> look)
    {
        string name = VideoFolder.NameIn(folder, path), source = $"{name} {HashOf(path)}";
        string part = Path.Combine(Folder, Hash(name) + ".safetensors");
        if (File.Exists(part) && Read(part, source, made) is { } known)
        {
            Reused++;
            return known;
        }
        var rows = look();
        Write(part, source, made, rows);
        return rows;
    }

    private VideoRows? Read(string part, string source, IReadOnlyDictionary<string, string> made)
    {
        try
        {
            using var file = SafetensorsFile.Open(part);
            file.Verify();
            if (file.Metadata.GetValueOrDefault(SourceKey) != source || made.Any(m => file.Metadata.GetValueOrDefault(m.Key) != m.Value))
            {
                return null;
            }
            using var scope = NewDisposeScope();
            return new VideoRows(file.Contains(FeatureFile.TensorName) ? file.Read(FeatureFile.TensorName).MoveToOuterDisposeScope() : null,
                file.Read(ClipName).data<long>().ToArray(), Number(ClipCountKey), Number(FeatureMetadata.FramesWithout));

            int Number(string key) => int.Parse(file.Metadata[key], CultureInfo.InvariantCulture);
        }
        catch (CheckpointException e)
        {
            _damaged.Add(e.Message);
            return null;
        }
    }

    private static void Write(string part, string source, IReadOnlyDictionary<string, string> made, VideoRows rows)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { [ClipName] = tensor(rows.Clips.ToArray(), dtype: ScalarType.Int64) };
        if (rows.Rows is not null)
        {
            tensors[FeatureFile.TensorName] = rows.Rows;
        }
        Safetensors.Write(part, tensors, new Dictionary<string, string>(made)
        {
            [SourceKey] = source,
            [ClipCountKey] = rows.ClipCount.ToString(CultureInfo.InvariantCulture),
            [FeatureMetadata.FramesWithout] = rows.Without.ToString(CultureInfo.InvariantCulture),
        });
    }

    // A folder of frames is its files.
    private static string HashOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return HashOfFile(path);
        }
        var files = Directory.EnumerateFiles(path).Order(StringComparer.Ordinal);
        return Hash(string.Join('\n', files.Select(f => $"{Path.GetFileName(f)} {HashOfFile(f)}")));
    }

    private static string HashOfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
