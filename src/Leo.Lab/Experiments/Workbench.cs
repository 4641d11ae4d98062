using System.Globalization;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Motion;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// Where a notebook finds everything: the shipped checkpoints, people whom no shipped model has seen, their motion codes, and folders
/// for its own runs. What is made once is kept in <c>out/notebooks</c> for the other notebooks.
/// </summary>
[Display.TypeFormatterSource(typeof(Display.ShownFormatters))]
public sealed class Workbench : Display.IShown
{
    // Shipped models were trained on people of seed 0, `leo run` and `leo table` have seeds of their own.
    private const long PeopleSeed = 27_182;

    private Workbench(string preset, string root)
    {
        (Preset, Root) = (preset, root);
        NativeTorch.Require();
        // Frames of 64 pixels are too small for two threads, and a notebook's cells each have a thread of their own.
        set_num_threads(preset == "tiny" ? 1 : Math.Max(1, Environment.ProcessorCount / 2));
        NativeHeap.KeepFreedMemory();
    }

    /// <summary>tiny, small or paper.</summary>
    public string Preset { get; }

    /// <summary>The folder that holds <c>checkpoints</c>, relative to the present one.</summary>
    public string Root { get; }

    /// <summary>Where notebooks write.</summary>
    public string Out => Path.Combine(Root, "out", "notebooks");

    /// <summary>Sets the library up for this process.</summary>
    /// <param name="preset">tiny, small or paper; null is what <see cref="Display.Notebook.Preset"/> says, tiny if nothing does.</param>
    /// <exception cref="LeoException">No such preset, no libtorch, or there is no folder of checkpoints above this one.</exception>
    public static Workbench Open(string? preset = null)
    {
        preset ??= Display.Notebook.Preset;
        if (preset is not ("tiny" or "small" or "paper"))
            throw new LeoException("preset", $"expected tiny, small or paper, found '{preset}'", "Correct it");
        // Relative, so that no path of this machine stands in what a notebook keeps.
        return new Workbench(preset, Path.GetRelativePath(Directory.GetCurrentDirectory(), FindRoot()));
    }

    /// <summary>Whether a trained part is there.</summary>
    /// <param name="part">animator, motion, lmdm, start-code, start-frame or transition.</param>
    /// <param name="subject">faces or bodies.</param>
    public bool Has(string part, string subject) => File.Exists(PathOf(part, subject));

    /// <summary>The path of a trained part, under the name by which it is shipped.</summary>
    /// <param name="part">animator, motion, lmdm, start-code, start-frame or transition.</param>
    /// <param name="subject">faces or bodies.</param>
    /// <exception cref="LeoException">It is not there; says in one line how to train it.</exception>
    public string Checkpoint(string part, string subject)
    {
        string path = PathOf(part, subject);
        return File.Exists(path) ? path : throw new LeoException(Path.GetFileName(path), "not there yet", $"Train it: ./lab {Training(part, subject)}, then ./lab export runs/{subject}-{part} --out checkpoints/{Path.GetFileName(path)}");
    }

    /// <summary>LEO, ready to use: animator, motion model and starting codes; starting frames and Transition DM where they are there.</summary>
    /// <param name="subject">faces or bodies.</param>
    /// <exception cref="LeoException">A part is not there, or broken.</exception>
    public LeoPipeline Models(string subject)
    {
        foreach (string part in new[] { "animator", "motion", "start-code" })
            Checkpoint(part, subject);
        return LeoPipeline.Load(LeoParts.Shipped(Path.Combine(Root, "checkpoints"), subject, Preset));
    }

    /// <summary>Puppets whom no shipped model has seen: 12 people to fit on, 8 held out, two videos of 128 frames each. Drawn once.</summary>
    /// <param name="subject">faces or bodies.</param>
    /// <exception cref="LeoException">No such subject, or the videos cannot be written.</exception>
    public SubjectData People(string subject)
    {
        var options = Puppets(subject);
        string folder = Path.Combine(Out, "people", $"{subject}-{options.Size}"), complete = Path.Combine(folder, ".complete");
        if (!File.Exists(complete))
        {
            PuppetStudio.Write(folder, options);
            AtomicFile.WriteText(complete, "");
        }
        return SubjectData.Open(subject, folder, options.Size, Path.Combine(Out, "cache"));
    }

    /// <summary>What <see cref="People"/> draws.</summary>
    /// <param name="subject">faces or bodies.</param>
    /// <exception cref="LeoException">No such subject.</exception>
    public PuppetOptions Puppets(string subject) => new()
    {
        Kind = subject switch
        {
            "faces" => PuppetKind.Faces,
            "bodies" => PuppetKind.Bodies,
            _ => throw new LeoException("subject", $"expected faces or bodies, found '{subject}'", "Correct it"),
        },
        TrainIdentities = 12,
        TestIdentities = 8,
        Size = Preset switch { "small" => AnimatorSettings.Small.Size, "paper" => AnimatorSettings.Paper.Size, _ => AnimatorSettings.Tiny.Size },
        Seed = PeopleSeed,
    };

    /// <summary>Motion codes of all videos of <see cref="People"/>, those to fit on first. Extracted once for an animator.</summary>
    /// <param name="subject">faces or bodies.</param>
    /// <exception cref="LeoException">There is no animator, or it is broken.</exception>
    public (CodeSequences Train, CodeSequences Test) Codes(string subject)
    {
        string path = Checkpoint("animator", subject), mark = AnimatorFingerprint.Of(path);
        string train = Path.Combine(Out, "codes", $"{subject}-{Preset}-train.safetensors"), test = Path.Combine(Out, "codes", $"{subject}-{Preset}-test.safetensors");
        if (!Kept(test, mark) || !Kept(train, mark))
        {
            using var people = People(subject);
            using var animator = ImageAnimator.Load(path);
            CodeExtraction.Run(animator, people.Train, Names(people.Train)).Save(train);
            CodeExtraction.Run(animator, people.Test, Names(people.Test)).Save(test);
        }
        return (CodeSequences.Load(train), CodeSequences.Load(test));
    }

    /// <summary>The path of a fresh folder for a run: name-1, name-2 and so on, so that no earlier run is lost.</summary>
    /// <param name="name">What is trained.</param>
    public string NewRun(string name)
    {
        int number = 1;
        while (RunFolder.Exists(RunPath(name, number)))
            number++;
        return RunPath(name, number);
    }

    /// <summary>As <see cref="NewRun"/>, made and locked.</summary>
    /// <param name="name">What is trained.</param>
    /// <exception cref="TrainingException">The folder cannot be locked.</exception>
    public RunFolder Run(string name) => RunFolder.Create(NewRun(name));

    /// <inheritdoc/>
    public string ToHtml() => Display.Html.Block("", Display.Html.Caption(ToString()));

    /// <summary>Preset, and where things are, in a line.</summary>
    public override string ToString() => $"Leo.Lab, preset {Preset}; trained parts in checkpoints, own runs in out/notebooks";

    private static bool Kept(string path, string mark) => File.Exists(path) && CodeSequences.Load(path).Animator == mark;

    private static string[] Names(Data.ClipStore clips) => [.. Enumerable.Range(0, clips.Count).Select(i => Path.GetFileNameWithoutExtension(clips.Path(i)))];

    private static string Training(string part, string subject) => part switch
    {
        "animator" => $"train animator --data data/{subject} --run runs/{subject}-animator",
        "motion" => $"train clmdm --data runs/{subject}-codes.safetensors --run runs/{subject}-motion",
        "start-frame" => $"train start-frame --data data/{subject} --animator checkpoints/animator-{subject}-tiny.safetensors --run runs/{subject}-start-frame",
        _ => $"train {part} --data runs/{subject}-codes.safetensors --run runs/{subject}-{part}",
    };

    private string PathOf(string part, string subject) => Path.Combine(Root, "checkpoints", $"{part}-{subject}-{Preset}.safetensors");

    private string RunPath(string name, int number) => Path.Combine(Out, "runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));

    // Notebooks run in their own folder; a program may run anywhere, with this library inside the tree.
    private static string FindRoot()
    {
        foreach (string? start in new[] { Directory.GetCurrentDirectory(), Path.GetDirectoryName(typeof(Workbench).Assembly.Location) })
        {
            for (var folder = string.IsNullOrEmpty(start) ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                string checkpoints = Path.Combine(folder.FullName, "checkpoints");
                if (Directory.Exists(checkpoints) && Directory.EnumerateFiles(checkpoints, "animator-*.safetensors").Any())
                    return folder.FullName;
            }
        }
        throw new LeoException(Directory.GetCurrentDirectory(), "no folder 'checkpoints' with animators here or above", "Run notebooks from a checkout of Leo.Lab, in its folder notebooks");
    }
}
