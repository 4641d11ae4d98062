using System.CommandLine;
using System.Globalization;
using Leo.Lab.Diffusion;
using Leo.Lab.Experiments;
using Leo.Lab.Experiments.Tables;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.I3d;

namespace Leo.Cli.Commands;

/// <summary><c>leo table N</c>: a table of the paper, computed.</summary>
internal static class TableCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var number = new Argument<int>("number") { Description = "Which table of the paper: 1 to 6." };
        number.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not ("1" or "2" or "3" or "4" or "5" or "6"))
                result.AddError($"The paper has no table {token.Value}; it has 1 to 6.");
        });
        var output = new Option<string>("--out") { Description = "Folder for table-N.md, .json and .html; puppets and codes are kept there for the next call.", HelpName = "folder", DefaultValueFactory = _ => "out/tables" };
        var checkpoints = new Option<string>("--checkpoints") { Description = "Folder of checkpoints, named motion-faces-tiny.safetensors and so on.", HelpName = "folder", DefaultValueFactory = _ => CommonOptions.ShippedCheckpoints() };
        var subjects = new Option<string?>("--subjects") { Description = "Kinds of videos, with commas, as in the names of checkpoints: by default bodies,faces, and ucf101 for table 6.", HelpName = "names" };
        var runs = CommonOptions.OptionalPath("--runs", "folder", "Folder of runs SUBJECT-clmdm-0, SUBJECT-lmdm-0, … in place of the shipped motion models: mean ± deviation over them.");
        var codes = CommonOptions.OptionalPath("--codes", "folder", "Folder of SUBJECT-codes.safetensors, made by `leo extract`, in place of embedded puppets.");
        var real = CommonOptions.OptionalPath("--data", "folder", "Your own videos in place of embedded puppets; with one name in --subjects.");
        var videos = new Option<int?>("--videos") { Description = "Videos sampled for each row; by default 256, and 50 long ones for table 5.", HelpName = "n" };
        var frames = CommonOptions.Count("--frames", "Frames of the long videos of table 5.", 512, least: 128);
        var extractor = new Option<string>("--extractor") { Description = $"What looks at clips, tables 1, 2 and 6: {VideoExtractors.Known}; puppet-i3d comes with the project.", HelpName = "kind:FILE", DefaultValueFactory = _ => PuppetI3dExtractor.Word };
        var content = new Option<string>("--content") { Description = $"What looks at frames, tables 1, 2 and 6: {FrameExtractors.Known}.", HelpName = "kind:FILE", DefaultValueFactory = _ => "palette" };
        var protocol = new Option<string>("--protocol") { Description = $"Protocol of FVD and KVD, tables 1, 2 and 6: {string.Join(", ", MetricProtocol.Names)}.", DefaultValueFactory = _ => "styleganv" };
        var sampler = new Option<string>("--sampler") { Description = $"{SamplerSpec.Forms}.", DefaultValueFactory = _ => "ddim:50" };
        var preset = CommonOptions.Preset();
        var seed = CommonOptions.Seed();

        return new LeoCommand("table", "Compute a table of the paper, beside the paper's own numbers. Writes Markdown, JSON and HTML.",
            "leo table 1 --videos 128",
            "leo table 4",
            "leo table 5 --subjects bodies --videos 100",
            "leo table 4 --runs runs/lmc --codes runs --sampler ddpm",
            "leo table 6 --data data/ucf101 --checkpoints runs/ucf101 --preset paper --extractor i3d:i3d_pretrained_400.pt")
        .With(number).With(output, checkpoints, subjects, runs, codes, real, videos, frames, extractor, content, protocol, sampler, preset, seed)
        .Requires(result => result.GetValue(videos) is < 2 ? "--videos wants 2 or more." : null)
        .Does(parsed =>
        {
            void ApplyThreads() => CommonOptions.ApplyThreads(parsed, 1);
            ApplyThreads();
            var options = new ExhibitOptions
            {
                Device = CommonOptions.DeviceOf(parsed),
                Number = parsed.GetValue(number),
                Out = parsed.GetValue(output)!,
                Checkpoints = parsed.GetValue(checkpoints)!,
                Subjects = (parsed.GetValue(subjects) ?? (parsed.GetValue(number) == 6 ? "ucf101" : "bodies,faces")).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Preset = parsed.GetValue(preset)!,
                Runs = parsed.GetValue(runs),
                Codes = parsed.GetValue(codes),
                Data = parsed.GetValue(real),
                Videos = parsed.GetValue(videos),
                Extractor = parsed.GetValue(extractor)!,
                Content = parsed.GetValue(content)!,
                Protocol = parsed.GetValue(protocol)!,
                LongFrames = parsed.GetValue(frames),
                Sampler = SamplerSpec.Parse(parsed.GetValue(sampler)!),
                Seed = parsed.GetValue(seed),
            };
            var table = new TableJob(options, new EndToEndView(shell, ApplyThreads)).Run(shell.Cancellation);
            var paths = table.Save(options.Out);
            shell.Print(table.ToMarkdown().TrimEnd());
            shell.Print(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", paths)}; {table.Minutes:0.0} minutes"));
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "table", Out = paths, Table = table });
            return ExitCode.Success;
        });
    }
}
