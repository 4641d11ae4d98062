using System.CommandLine;
using System.Globalization;
using Leo.Lab.Checkpoints;

namespace Leo.Cli.Commands;

/// <summary><c>leo convert</c>: checkpoints from one format into another.</summary>
internal static class ConvertCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var from = new Argument<string>("in") { Description = "A checkpoint: PyTorch's .pt (read without running anything in it), safetensors, TorchSharp's .dat, or a run folder." };
        var to = new Argument<string>("out") { Description = "What to write; its ending says the format: .safetensors, which Python reads too, or .dat for TorchSharp's Module.load." };
        var all = new Option<bool>("--all") { Description = "Everything – discriminator, optimisers, the values beside them – instead of the weights of the model alone." };

        return new LeoCommand("convert", "Turn a checkpoint into another format.",
            "leo convert vox.pt lia.safetensors",
            "leo convert vox.pt vox-all.safetensors --all",
            "leo convert checkpoints/animator-faces-tiny.safetensors animator.dat")
        .With(from, to, all)
        .Does(parsed =>
        {
            string source = parsed.GetRequiredValue(from), target = parsed.GetRequiredValue(to);
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
