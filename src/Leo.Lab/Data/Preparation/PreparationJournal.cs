using System.Text;

namespace Leo.Lab.Data.Preparation;

/// <summary>
/// Remembers finished clips while a preparation runs, a line each, so that one that is killed goes on where it was. At the end all of it
/// becomes the manifest.
/// </summary>
internal sealed class PreparationJournal : IDisposable
{
    private const string FileName = ".manifest.jsonl";
    private readonly string path;
    private readonly FileStream file;
    private readonly Dictionary<string, PreparedClip> earlier = new(StringComparer.Ordinal);

    /// <exception cref="DataException">Another preparation writes to the folder, or it holds another data set.</exception>
    public PreparationJournal(string target, string dataset)
    {
        Directory.CreateDirectory(target);
        path = Path.Combine(target, FileName);
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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
            bool ours = file.Length == 0;
            file.Dispose();
            if (ours)
                File.Delete(path); // a refused run leaves no trace
            throw;
        }
    }

    /// <summary>What an earlier run made of a clip.</summary>
    public PreparedClip? Find(string name) => earlier.GetValueOrDefault(name);

    /// <summary>Remembers a clip.</summary>
    public void Add(PreparedClip clip)
    {
        file.Write(Encoding.UTF8.GetBytes(Json.WriteLine(clip) + "\n"));
        file.Flush();
    }

    /// <summary>Writes the manifest; the journal is no longer needed.</summary>
    public void Finish(string target, PreparationManifest manifest)
    {
        AtomicFile.WriteText(Path.Combine(target, PreparationManifest.FileName), Json.Write(manifest) + "\n");
        file.Dispose();
        File.Delete(path);
    }

    public void Dispose() => file.Dispose();

    private void Recall(string target, string dataset)
    {
        if (File.Exists(Path.Combine(target, PreparationManifest.FileName)))
        {
            var manifest = PreparationManifest.Load(target);
            if (manifest.Dataset != dataset)
                throw new DataException(target, $"holds {manifest.Dataset}, prepared earlier", $"Choose another folder for {dataset}");
            foreach (var clip in manifest.Clips)
                earlier[clip.Name] = clip;
        }

        using var reader = new StreamReader(file, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            try
            {
                var clip = Json.Read<PreparedClip>(line, path);
                earlier[clip.Name] = clip;
            }
            catch (LeoException)
            {
                // The last line of a killed run may be cut short; its clip is made again.
            }
        }

        file.Seek(0, SeekOrigin.End);
        if (file.Length > 0)
            file.Write("\n"u8);
    }
}
