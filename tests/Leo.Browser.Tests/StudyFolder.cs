using Leo.Lab.Experiments.Study;
using Leo.Lab.Media;

namespace Leo.Browser.Tests;

/// <summary>A study of small clips whose names attack the page, in a folder whose own name needs escaping.</summary>
internal sealed class StudyFolder : IDisposable
{
    public static readonly string[] Hostile = ["\"><img src=x onerror=alert(1)>", "<script>alert(2)<", "'-alert(3)-'"];

    // Encoded once; each takes a process.
    private static readonly Lazy<string> Sources = new(MakeSources);

    private readonly string _root = Directory.CreateTempSubdirectory("leo study #1 & ").FullName;

    public StudyFolder(StudyQuestion question, int count = 2, int checks = 0, bool isSingleFile = false) => Made = StudyMaker.Make(new StudyOptions
    {
        Methods = [new("leo", Path.Combine(Sources.Value, "leo")), new("tats", Path.Combine(Sources.Value, "tats"))],
        Question = question,
        Count = count,
        Raters = 4,
        Checks = checks,
        IsSingleFile = isSingleFile,
    }, this["page"], this["key.json"]);

    public StudyMade Made { get; }

    public StudyKey Key => Made.Key;

    public string this[string name] => Path.Combine(_root, name);

    public string Url => new Uri(Made.Page).AbsoluteUri;

    /// <summary>The key that chooses the first method's clip, passes checks, or says yes of the first method.</summary>
    public string KeyFor(int rater, int question)
    {
        var trial = Key.Sheets.Single(s => s.Rater == rater).Trials[question];
        var item = Key.Items.Single(i => i.Id == trial.Item);
        if (trial.Clips.Count == 1)
            return item.Method is null or "leo" ? "y" : "n";
        return trial.Clips[0] == item.Clips[0] ? "ArrowLeft" : "ArrowRight";
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string MakeSources()
    {
        string folder = Directory.CreateTempSubdirectory("leo-study-clips-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var (method, shade) in new[] { ("leo", 60), ("tats", 200) })
        {
            for (int i = 0; i < Hostile.Length; i++)
                VideoWriter.WriteAll(Path.Combine(folder, method, Hostile[i] + ".mp4"), Clip(shade + (10 * i)));
        }
        return folder;
    }

    private static Video Clip(int shade)
    {
        const int Frames = 6, Side = 32;
        byte[] rgb = new byte[Frames * Side * Side * 3];
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)(shade + (i / (Side * Side * 3) * 5) + (i / 3 % Side));
        return new Video(Frames, Side, Side, 25, rgb);
    }
}
