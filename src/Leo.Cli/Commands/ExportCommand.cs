using System.CommandLine;
using System.Globalization;
using Leo.Lab.Checkpoints;
using TorchSharp;

namespace Leo.Cli.Commands;

/// <summary><c>leo export</c>: a training checkpoint becomes a small one for use.</summary>
internal static class ExportCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var run = new Argument<string>("run") { Description = "A run folder, or a checkpoint in it." };
        var output = CommonOptions.Path("--out", "file", "The .safetensors file to write.");
        var half = new Option<bool>("--half") { Description = "Store weights in 16 bits: half the size." };

        var set = new Option<string?>("--weights") { Description = "Which weights of a training: ema, the first of its averages (the default), ema1, … for further emaRates, or model for the raw ones." };

        return new LeoCommand("export", "Write the averaged weights of a training alone, under the official names: for use and for sharing.",
            "leo export runs/faces --out animator-faces.safetensors",
            "leo export runs/faces-motion --out motion-faces.safetensors --half",
            "leo export runs/faces-motion --weights model --out raw.safetensors")
        .With(run, output, half, set)
        .Does(parsed =>
        {
            string to = parsed.GetRequiredValue(output);
            using (var checkpoint = Checkpoint.Open(parsed.GetRequiredValue(run)))
                checkpoint.Export(to, parsed.GetValue(half) ? torch.ScalarType.Float16 : null, parsed.GetValue(set));
            long bytes = new FileInfo(to).Length;
            shell.Print(string.Create(CultureInfo.InvariantCulture, $"{to}: {bytes:N0} bytes"));
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "export", Out = to, Bytes = bytes });
            return ExitCode.Success;
        });
    }
}
