using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Motion;

namespace Leo.Lab.Experiments.Tables;

/// <summary>Real videos' codes and trained models for the tables.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="progress">Told how it goes.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class TableData(ExhibitOptions options, IWorkProgress progress, CancellationToken cancellation)
{
    // People of a seed of their own: the shipped models have seen none of them.
    private const int People = 96;
    private const long PeopleSeed = 910_001;

    public string Shipped(string part, string subject)
    {
        string path = Path.Combine(options.Checkpoints, $"{part}-{subject}-{options.Preset}.safetensors");
        return File.Exists(path) ? path : throw new LeoException(path, "no such checkpoint", "Train it, or give --checkpoints or --runs");
    }

    /// <summary>Motion models: one for each seed of training where there are runs, else the shipped one.</summary>
    /// <param name="subject">Kind of videos.</param>
    /// <param name="conditional">With or without Linear Motion Condition.</param>
    public IReadOnlyList<string> Models(string subject, bool conditional)
    {
        if (options.Runs is not { } folder)
            return [Shipped(conditional ? "motion" : "lmdm", subject)];
        string name = $"{subject}-{(conditional ? "clmdm" : "lmdm")}";
        var runs = Directory.Exists(folder) ? Directory.GetDirectories(folder, $"{name}-*").Order(StringComparer.Ordinal).ToList() : [];
        return runs.Count > 0 ? runs : throw new LeoException(folder, $"expected runs {name}-0, {name}-1, …, found none", $"Train them with `leo train {name.Split('-')[1]} --seed 0 --run {folder}/{name}-0` and so on");
    }

    /// <summary>Codes of real videos.</summary>
    public CodeSequences Codes(string subject)
    {
        if (options.Codes is { } folder)
            return CodeSequences.Load(Path.Combine(folder, $"{subject}-codes.safetensors"));

        string animatorPath = Shipped("animator", subject), mark = AnimatorFingerprint.Of(animatorPath);
        string kept = Path.Combine(options.Out, "codes", $"{subject}-{options.Preset}.safetensors");
        if (options.Data is null && File.Exists(kept) && CodeSequences.Load(kept) is var codes && codes.Animator == mark)
            return codes;
        using var animator = ImageAnimator.Load(animatorPath);
        ComputeDevice.Move(animator, ComputeDevice.Find(options.Device));
        using var clips = Clips(subject, animator.Settings.Size);
        string[] names = [.. Enumerable.Range(0, clips.Count).Select(v => Path.GetFileName(clips.Path(v)))];
        CodeSequences? made = null;
        progress.Track($"{subject}: encode", "videos", report => made = CodeExtraction.Run(animator, clips, names, done =>
        {
            cancellation.ThrowIfCancellationRequested();
            report(done, names.Length);
        }));
        if (options.Data is null)
            made!.Save(kept);
        return made!;
    }

    /// <summary>Real videos: one's own, or those of embedded puppets that no shipped model has seen.</summary>
    public ClipStore Clips(string subject, int size) =>
        ClipStore.Open(VideoFolder.Open(options.Data ?? Puppets(subject, size)).All, size, Path.Combine(options.Out, "cache"), progress.Say);

    /// <summary>Where real videos come from, in words.</summary>
    public string Source => options.Data ?? "embedded puppets that no shipped model has seen";

    private string Puppets(string subject, int size)
    {
        if (subject is not ("bodies" or "faces"))
            throw new LeoException(subject, "no such puppets: bodies and faces are drawn", "Give --data with your own videos");
        string target = Path.Combine(options.Out, "puppets", $"{subject}-{People}-{size}"), complete = Path.Combine(target, ".complete");
        if (!File.Exists(complete))
        {
            var puppets = new PuppetOptions
            {
                Kind = subject == "bodies" ? PuppetKind.Bodies : PuppetKind.Faces,
                TrainIdentities = People - 1,
                TestIdentities = 1,
                VideosPerIdentity = 2,
                Frames = 128,
                Size = size,
                Seed = PeopleSeed,
            };
            progress.Track($"{subject}: make puppets", "videos", report => PuppetStudio.Write(target, puppets, (done, total) =>
            {
                cancellation.ThrowIfCancellationRequested();
                report(done, total);
            }));
            AtomicFile.WriteText(complete, "");
        }
        return target;
    }
}
