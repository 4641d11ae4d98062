using System.CommandLine;
using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.Media;

namespace Leo.Cli.Commands;

/// <summary><c>leo inspect</c>: what a file is, without loading it.</summary>
internal static class InspectCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var file = new Argument<string>("file") { Description = "A checkpoint (safetensors, PyTorch's .pt, TorchSharp's .dat), a run folder, a video, an image or a folder of frames." };
        var tensors = new Option<bool>("--tensors") { Description = "List every tensor with its type and shape, and the values that stand beside them in a .pt file." };

        return new LeoCommand("inspect", "Say what a checkpoint, a run, a video or a picture holds.",
            "leo inspect checkpoints/animator-faces-tiny.safetensors",
            "leo inspect runs/faces --tensors",
            "leo inspect vox.pt",
            "leo inspect clip.mp4 --json")
        .With(file, tensors)
        .Does(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            bool json = CommonOptions.WantsJson(parsed);
            if (IsRun(path) || TensorFile.Recognises(path))
                ShowCheckpoint(shell, CheckpointSummary.Read(path), parsed.GetValue(tensors), json);
            else
                ShowVideo(shell, path, VideoReader.Probe(path), json);
            return ExitCode.Success;
        });
    }

    private static bool IsRun(string path) =>
        Directory.Exists(Path.Combine(path, "checkpoints")) || (Directory.Exists(path) && Directory.EnumerateFiles(path, "step-*.safetensors").Any());

    private static void ShowCheckpoint(Shell shell, CheckpointSummary summary, bool tensors, bool json)
    {
        shell.Print($"{summary.Path}  {summary.Format}, {summary.Bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes, {summary.Tensors.Count} tensors, "
            + $"{summary.ParameterCount.ToString("N0", CultureInfo.InvariantCulture)} parameters to load");
        shell.Print($"kind      {summary.Kind ?? "unknown (a bare state dictionary)"}");
        if (summary.Step > 0)
            shell.Print($"trained   {summary.Step} steps");
        if (summary.SettingsJson is { } settings)
            shell.Print($"settings  {settings}");
        if (summary.WeightsPrefix.Length > 0)
            shell.Print($"weights   {summary.WeightsPrefix}*");
        if (summary.Parts is { Count: > 1 } parts)
            shell.Print($"parts     {string.Join(", ", parts.Select(p => $"{p.Name} {p.Tensors}"))}");
        if (tensors)
        {
            foreach (var tensor in summary.Tensors)
                shell.Print($"  {tensor.Type,-5} [{string.Join(", ", tensor.Shape)}]  {tensor.Name}");
            foreach (var (name, value) in summary.Values)
                shell.Print($"  {name} = {value}");
        }
        if (json)
        {
            shell.PrintJson(new
            {
                Command = "inspect",
                summary.Path,
                summary.Format,
                summary.Bytes,
                summary.Kind,
                summary.Step,
                Settings = summary.SettingsJson,
                Parameters = summary.ParameterCount,
                summary.Values,
                Tensors = summary.Tensors.Select(t => new { t.Name, t.Type, t.Shape }),
            });
        }
    }

    private static void ShowVideo(Shell shell, string path, VideoInfo info, bool json)
    {
        string length = info.FrameCount is { } frames ? $"{frames} frames" : "length known only by decoding";
        shell.Print(string.Create(CultureInfo.InvariantCulture, $"{path}  {info.Codec}, {info.Width}×{info.Height}, {info.FramesPerSecond:0.###} frames/s, {length}"));
        if (json)
            shell.PrintJson(new { Command = "inspect", Path = path, info.Codec, info.Width, info.Height, info.FramesPerSecond, info.FrameCount, info.Duration });
    }
}
