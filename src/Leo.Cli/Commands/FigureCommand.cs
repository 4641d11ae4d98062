using System.CommandLine;
using Leo.Lab.Diffusion;
using Leo.Lab.Experiments;
using Leo.Lab.Experiments.Figures;

namespace Leo.Cli.Commands;

/// <summary><c>leo figure N</c>: a figure of the paper, made from trained models.</summary>
internal static class FigureCommand
{
    private static readonly string[] Known = ["1", "4", "5", "6", "7", "8", "9"];

    public static LeoCommand Create(Shell shell)
    {
        var number = new Argument<int>("number") { Description = $"Which figure of the paper: {string.Join(", ", Known)}. 2 and 3 are drawings of the method." };
        number.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Known.Contains(token.Value))
                result.AddError($"Figure {token.Value} cannot be made; {string.Join(", ", Known)} can.");
        });
        var output = new Option<string>("--out") { Description = "Folder for figure-N.png, .mp4 and .html; puppets are kept there for the next call.", HelpName = "folder", DefaultValueFactory = _ => "out/figures" };
        var checkpoints = new Option<string>("--checkpoints") { Description = "Folder of checkpoints, named motion-faces-tiny.safetensors and so on.", HelpName = "folder", DefaultValueFactory = _ => CommonOptions.ShippedCheckpoints() };
        var subjects = new Option<string?>("--subjects") { Description = "Kinds of videos, with commas; by default those that the figure shows.", HelpName = "names" };
        var real = CommonOptions.OptionalPath("--data", "folder", "Your own videos in place of embedded puppets; with one name in --subjects.");
        var frames = new Option<int?>("--frames") { Description = "Frames of each video; by default the figure's own number.", HelpName = "n" };
        var sampler = new Option<string>("--sampler") { Description = $"{SamplerSpec.Forms}.", DefaultValueFactory = _ => "ddim:50" };
        var preset = CommonOptions.Preset();
        var seed = CommonOptions.Seed();

        return new LeoCommand("figure", "Make a figure of the paper from trained models, on people who were held out.",
            "leo figure 6",
            "leo figure 8 --seed 3 --sampler dpm++:20",
            "leo figure 1 --subjects faces --out out/faces")
        .With(number).With(output, checkpoints, subjects, real, frames, sampler, preset, seed)
        .Requires(result => result.GetValue(frames) is < 2 ? "--frames wants 2 or more." : null)
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
                Subjects = parsed.GetValue(subjects)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Preset = parsed.GetValue(preset)!,
                Data = parsed.GetValue(real),
                Frames = parsed.GetValue(frames),
                Sampler = SamplerSpec.Parse(parsed.GetValue(sampler)!),
                Seed = parsed.GetValue(seed),
            };
            var figure = new FigureJob(options, new EndToEndView(shell, ApplyThreads)).Run(shell.Cancellation);
            var paths = figure.Save(options.Out);
            shell.Print($"Figure {figure.Number}: {figure.Title}: {string.Join(", ", paths)}");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "figure", Out = paths, Rows = figure.Rows.Select(r => r.Label), options.Seed });
            return ExitCode.Success;
        });
    }
}
