using System.CommandLine;
using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.StartFrames;

namespace Leo.Cli.Commands;

/// <summary><c>leo convert</c>: checkpoints from one format into another.</summary>
internal static class ConvertCommand
{
    private const string StartFrame = "start-frame";

    public static LeoCommand Create(Shell shell)
    {
        var from = new Argument<string>("in") { Description = "A checkpoint: PyTorch's .pt (read without running anything in it), safetensors, TorchSharp's .dat, NumPy's .npy, or a run folder." };
        var to = new Argument<string>("out") { Description = "What to write; its ending says the format: .safetensors, which Python reads too, or .dat for TorchSharp's Module.load." };
        var all = new Option<bool>("--all") { Description = "Everything – discriminator, optimisers, the values beside them – instead of the weights of the model alone." };

        var kind = new Option<string?>("--kind") { Description = "What a U-Net by improved-diffusion's trainer becomes: start-frame. Its file does not say its shape; --preset and --set do." };
        kind.AcceptOnlyFromAmong(StartFrame);
        var preset = CommonOptions.Preset();
        var set = new Option<string[]>("--set") { Description = "A setting that the U-Net was trained with, for --kind.", HelpName = "key=value" };

        return new LeoCommand("convert", "Turn a checkpoint into another format.",
            "leo convert vox.pt lia.safetensors",
            "leo convert vox.pt vox-all.safetensors --all",
            "leo convert checkpoints/animator-faces-tiny.safetensors animator.dat",
            "leo convert ema_0.9999_500000.pt start-frame.safetensors --kind start-frame --preset paper --set size=64")
        .With(from, to, all, kind, preset, set)
        .Requires(result => result.GetValue(kind) is null && (result.GetValue(set) ?? []).Length > 0 ? "--set needs --kind." : null)
        .Does(parsed =>
        {
            string source = parsed.GetRequiredValue(from), target = parsed.GetRequiredValue(to);
            if (parsed.GetValue(kind) is { } wanted)
            {
                var settings = SettingsOverrides.Apply(parsed.GetRequiredValue(preset) switch { "paper" => StartFrameSettings.Paper, "small" => StartFrameSettings.Small, _ => StartFrameSettings.Tiny }, parsed.GetValue(set) ?? []);
                bool told = ImportedUNet.Wrap(source, settings, target);
                shell.Print($"{target}: a {wanted} model of {settings.Size}×{settings.Size}{(told ? "" : "; it was trained without codes, so every code draws alike")}");
                if (CommonOptions.WantsJson(parsed))
                    shell.PrintJson(new { Command = "convert", In = source, Out = target, Kind = wanted, Conditional = told, Bytes = new FileInfo(target).Length });
                return ExitCode.Success;
            }
            int count;
            string format;
            using (var checkpoint = Checkpoint.Open(source))
            {
                format = checkpoint.File.Format;
                count = CheckpointConverter.Convert(checkpoint, target, parsed.GetValue(all));
            }
            long bytes = new FileInfo(target).Length;
            shell.Print(string.Create(CultureInfo.InvariantCulture, $"{target}: {count} tensors from {format}, {bytes:N0} bytes"));
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "convert", In = source, Format = format, Out = target, Tensors = count, Bytes = bytes });
            return ExitCode.Success;
        });
    }
}
