using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

/// <summary>A folder with an animator as small as it can be (16 px, four directions, random weights) and frames made of noise.</summary>
public sealed class Workshop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-workshop-").FullName;

    public static AnimatorSettings Settings => new() { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string At(string name) => Path.Combine(_folder, name);

    public string Animator(AnimatorSettings? settings = null)
    {
        using var generator = Seeds.Generator(0, "workshop");
        using var animator = new ImageAnimator(settings ?? Settings, generator);
        animator.Save(At("animator.safetensors"));
        return At("animator.safetensors");
    }

    public string Frames(string name, int count, long seed, int size = 16)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(seed, "frames");
        Safetensors.Write(At(name), new Dictionary<string, Tensor> { ["frames"] = rand([count, 3, size, size], generator: generator) * 2 - 1 });
        return At(name);
    }

    public Tensor Tensor(string file, string name)
    {
        using var open = SafetensorsFile.Open(At(file));
        return open.Read(name);
    }

    /// <summary>Runs a command that has to succeed; its summary, where --json was given.</summary>
    public static JsonNode Good(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(code == ExitCode.Success, $"leo {line}\n{error}");
        string last = Commandline.Lines(output)[^1];
        return last.StartsWith('{') ? JsonNode.Parse(last)! : new JsonObject();
    }

    /// <summary>Runs a command that has to fail; its one line on stderr.</summary>
    public static string Bad(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Empty(output);
        return Assert.Single(Commandline.Lines(error), l => l.StartsWith("error: ", StringComparison.Ordinal));
    }
}
