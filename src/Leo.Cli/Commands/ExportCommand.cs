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

        return new LeoCommand("export", "Write the averaged weights of a training alone, under the official names: for use and for sharing.",
            "leo export runs/faces --out animator-faces.safetensors",
            "leo export runs/faces-motion --out motion-faces.safetensors --half")
        .With(run, output, half)
        .Does(parsed =>
        {
            string to = parsed.GetRequiredValue(output);
            using (var checkpoint = Checkpoint.Open(parsed.GetRequiredValue(run)))
                checkpoint.Export(to, parsed.GetValue(half) ? torch.ScalarType.Float16 : null);
            long bytes = new FileInfo(to).Length;
            shell.Print(string.Create(CultureInfo.InvariantCulture, $"{to}: {bytes:N0} bytes"));
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "export", Out = to, Bytes = bytes });
            return ExitCode.Success;
        });
    }
}
