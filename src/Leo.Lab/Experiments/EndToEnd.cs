using System.Diagnostics;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>
/// LEO end to end: makes or takes videos, loads or trains the models, reconstructs, transfers, samples, and reports in
/// <c>report.html</c> and <c>report.json</c>.
/// </summary>
/// <param name="options">What to do.</param>
/// <param name="progress">Told how it goes.</param>
public sealed class EndToEnd(EndToEndOptions options, IWorkProgress progress)
{
    // Not what fits best, but what numbers of earlier reports were made with.
    private const int FramesInPass = 32;

    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>The page.</summary>
    public string HtmlPath => Path.Combine(options.Out, "report.html");

    /// <summary>The numbers.</summary>
    public string JsonPath => Path.Combine(options.Out, "report.json");

    /// <summary>Side in pixels of the frames that a preset is trained on.</summary>
    /// <param name="preset">tiny, small or paper.</param>
    public static int FrameSize(string preset) => Recipe.Preset<AnimatorRecipe>(preset).Animator.Size;

    /// <summary>Runs it all.</summary>
    /// <param name="cancellation">Asks to stop; a training saves first.</param>
    /// <returns>The numbers, as written.</returns>
    /// <exception cref="LeoException">Something is missing or does not fit; one line says what and what to do.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public EndToEndReport Run(CancellationToken cancellation = default)
    {
        if (options.Videos is { } folder && !Directory.Exists(folder))
            throw new LeoException(folder, "no such folder", "Check the path");
        string[] subjects = options.Videos is null ? ["faces", "bodies"] : ["videos"];
        bool trained = false;
        var reports = new Dictionary<string, SubjectReport>();
        var exhibits = new Dictionary<string, SubjectExhibits>();
        foreach (string subject in subjects)
        {
            cancellation.ThrowIfCancellationRequested();
            var runs = LeoParts.Runs(Path.Combine(options.Out, "runs"), subject);
            var shipped = LeoParts.Shipped(options.Checkpoints, subject, options.Preset);
            bool train = options.Train || (options.Videos is not null && !shipped.Exist && !runs.Exist);
            if (train && !options.Train)
                progress.Say($"nothing is trained for {options.Videos} yet: training from scratch first");
            trained |= train;

            var paths = train || (options.Videos is not null && runs.Exist) ? runs : shipped;
            // What is missing shows before anything is made.
            using var loaded = train ? null : LeoPipeline.Load(paths, FramesInPass, options.Device, options.Precision);
            int size = loaded?.Animator.Settings.Size ?? FrameSize(options.Preset);
            using var data = OpenData(subject, train, size, cancellation);
            if (train)
                new EndToEndTraining(options, progress).Run(data, runs, Share(subjects.Length, subject), cancellation);
            using var trainedModels = train ? LeoPipeline.Load(paths, FramesInPass, options.Device, options.Precision) : null;
            var models = loaded ?? trainedModels!;
            var evaluation = new SubjectEvaluation(data, models, options, progress, cancellation);
            reports[subject] = evaluation.Run();
            exhibits[subject] = evaluation.Exhibits;
        }

        var report = new EndToEndReport
        {
            Subjects = reports,
            Seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds,
            Preset = options.Preset,
            Seed = options.Seed,
            Trained = trained,
        };
        progress.Say("writing the report");
        ReportPage.Build(report, exhibits, options).Save(HtmlPath);
        AtomicFile.WriteText(JsonPath, report.ToJson());
        return report;
    }

    // Bodies are the harder half.
    private double Share(int subjects, string subject) =>
        (options.Minutes ?? (subjects == 1 ? 40 : 60)) * (subjects == 1 ? 1 : subject == "faces" ? 0.4 : 0.6);

    private SubjectData OpenData(string subject, bool train, int size, CancellationToken cancellation)
    {
        string cache = options.Cache ?? Path.Combine(options.Out, "cache");
        if (options.Videos is { } folder)
            return SubjectData.Open(subject, folder, size, cache, progress.Say, options.KeepDamaged);

        var puppets = Puppets(subject, train, size);
        // A name of its own for every choice, so that puppets of another choice are never mistaken for these.
        string target = Path.Combine(options.Out, "puppets", $"{subject}-{puppets.TrainIdentities}-{puppets.TestIdentities}-{size}-{puppets.Seed}");
        string complete = Path.Combine(target, ".complete");
        if (!File.Exists(complete))
        {
            progress.Track($"{subject}: make puppets", "videos", report => PuppetStudio.Write(target, puppets, (done, total) =>
            {
                cancellation.ThrowIfCancellationRequested();
                report(done, total);
            }));
            AtomicFile.WriteText(complete, "");
        }
        return SubjectData.Open(subject, target, size, cache, progress.Say);
    }

    /// <summary>The puppets of a job: many to train on, or few people of whom the shipped models have seen nobody.</summary>
    /// <remarks>Another seed makes other people altogether; the shipped models were trained on seed 0, so the judged ones start at a seed far from it.</remarks>
    private PuppetOptions Puppets(string subject, bool train, int size) => new()
    {
        Kind = subject == "bodies" ? PuppetKind.Bodies : PuppetKind.Faces,
        TrainIdentities = train ? 320 : 72,
        TestIdentities = train ? 24 : 16,
        VideosPerIdentity = 2,
        ImprovisedVideos = train && subject == "bodies" ? 1 : 0,
        Frames = 128,
        Size = size,
        Seed = (train ? 0 : 900_001) + options.Seed,
    };
}
