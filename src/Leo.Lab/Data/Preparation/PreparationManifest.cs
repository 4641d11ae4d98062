using System.Text;
using Leo.Lab.Media;

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

/// <summary>What became of one clip: a line of the manifest.</summary>
public sealed record PreparedClip
{
    /// <summary>The clip's file or folder relative to the target, <c>train/abc.mp4</c>. Of a row that makes no sense, where it stands.</summary>
    public required string Name { get; init; }

    /// <summary>The video that it comes from, relative to the source folder.</summary>
    public required string Source { get; init; }

    /// <summary>Null if the clip was prepared; else why not.</summary>
    public string? Reason { get; init; }

    /// <summary>Frames written.</summary>
    public int Frames { get; init; }

    /// <summary>Rate of the frames written.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>First frame of the source that was taken.</summary>
    public int FirstFrame { get; init; }

    /// <summary>Columns of the source as displayed.</summary>
    public int SourceWidth { get; init; }

    /// <summary>Rows of the source as displayed.</summary>
    public int SourceHeight { get; init; }

    /// <summary>What was cut out of the source, in its pixels; where each frame has its own box, one around all of them.</summary>
    public PixelBox? Crop { get; init; }

    /// <summary>What a careful reader should know: boxes that were clamped, clips that end early, frames that were enlarged.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>All that decides how the clip is made; another recipe makes it anew.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>Size and time of the source; if they change the clip is made anew.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>Bytes written; a clip on the disk of another size is made anew.</summary>
    public long Bytes { get; init; }

    /// <summary>The part of the split: what stands before the first slash of <see cref="Name"/>.</summary>
    internal string Part => Name.Split('/')[0];
}

/// <summary>What a preparation did.</summary>
/// <param name="Manifest">What now stands in the target folder.</param>
/// <param name="Made">Clips made by this run.</param>
/// <param name="Reused">Clips that an earlier run had made and that still hold.</param>
public sealed record PreparationReport(PreparationManifest Manifest, int Made, int Reused)
{
    /// <summary>Clips that could not be made, each with its reason.</summary>
    public IEnumerable<PreparedClip> Skipped => Manifest.Clips.Where(c => c.Reason is not null);
}

/// <summary>
/// Remembers finished clips while a preparation runs, a line each, so that one that is killed goes on where it was. At the end all of it
/// becomes the manifest.
/// </summary>
internal sealed class PreparationJournal : IDisposable
{
    private const string FileName = ".manifest.jsonl";
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Dictionary<string, PreparedClip> _earlier = new(StringComparer.Ordinal);

    /// <exception cref="DataException">Another preparation writes to the folder, or it holds another data set.</exception>
    public PreparationJournal(string target, string dataset)
    {
        Directory.CreateDirectory(target);
        _path = Path.Combine(target, FileName);
        try
        {
            _file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new DataException(target, $"another preparation writes to it, or it cannot be written ({e.Message.TrimEnd('.')})", "Wait for the other one to end, or choose another folder");
        }

        try
        {
            Recall(target, dataset);
        }
        catch
        {
            bool ours = _file.Length == 0;
            _file.Dispose();
            if (ours)
                File.Delete(_path); // a refused run leaves no trace
            throw;
        }
    }

    /// <summary>What an earlier run made of a clip.</summary>
    public PreparedClip? Find(string name) => _earlier.GetValueOrDefault(name);

    /// <summary>Remembers a clip.</summary>
    public void Add(PreparedClip clip)
    {
        _file.Write(Encoding.UTF8.GetBytes(Json.WriteLine(clip) + "\n"));
        _file.Flush();
    }

    /// <summary>Writes the manifest; the journal is no longer needed.</summary>
    public void Finish(string target, PreparationManifest manifest)
    {
        AtomicFile.WriteText(Path.Combine(target, PreparationManifest.FileName), Json.Write(manifest) + "\n");
        _file.Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _file.Dispose();

    private void Recall(string target, string dataset)
    {
        if (File.Exists(Path.Combine(target, PreparationManifest.FileName)))
        {
            var manifest = PreparationManifest.Load(target);
            if (manifest.Dataset != dataset)
                throw new DataException(target, $"holds {manifest.Dataset}, prepared earlier", $"Choose another folder for {dataset}");
            foreach (var clip in manifest.Clips)
                _earlier[clip.Name] = clip;
        }

        using var reader = new StreamReader(_file, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            try
            {
                var clip = Json.Read<PreparedClip>(line, _path);
                _earlier[clip.Name] = clip;
            }
            catch (LeoException)
            {
                // The last line of a killed run may be cut short; its clip is made again.
            }
        }

        _file.Seek(0, SeekOrigin.End);
        if (_file.Length > 0)
            _file.Write("\n"u8);
    }
}
