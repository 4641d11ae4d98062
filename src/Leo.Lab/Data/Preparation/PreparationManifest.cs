namespace Leo.Lab.Data.Preparation;

/// <summary><c>manifest.json</c> of a prepared data set: what every clip was made of, and what was left out and why.</summary>
public sealed record PreparationManifest
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The data set: <c>taichi</c>, <c>faceForensics</c>, …</summary>
    public required string Dataset { get; init; }

    /// <summary>The layout that was found, in words.</summary>
    public required string Layout { get; init; }

    /// <summary>The source folder.</summary>
    public required string Source { get; init; }

    /// <summary>Side of the clips in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>How frames were subsampled, in words.</summary>
    public required string Subsampling { get; init; }

    /// <summary>Prepared clips of each part: <c>train</c>, <c>test</c>, <c>val</c>.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>The published counts of each part, or of <c>all</c>.</summary>
    public required IReadOnlyDictionary<string, int> Published { get; init; }

    /// <summary>What deserves attention, such as counts that differ from the published ones.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>All clips, also those left out, by name.</summary>
    public required IReadOnlyList<PreparedClip> Clips { get; init; }

    /// <summary>Reads a target folder's manifest.</summary>
    /// <exception cref="LeoException">There is none, or it cannot be read.</exception>
    public static PreparationManifest Load(string target)
    {
        string path = Path.Combine(target, FileName);
        if (!File.Exists(path))
            throw new DataException(path, "no such file", "Give a folder that was prepared to the end");
        var manifest = Json.Read<PreparationManifest>(File.ReadAllText(path), path);
        return manifest.Clips.Contains(null!) || manifest.Warnings.Contains(null!)
            ? throw new DataException(path, "has null in a list", "Prepare the data set again, into an empty folder")
            : manifest;
    }
}
