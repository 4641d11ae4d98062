using System.Text.Json.Nodes;
using Leo.Reliability;

namespace Leo.Cli.Tests;

/// <summary>The measurement for GPUs, tried on the CPU as somebody does who has none.</summary>
public sealed class GpuBenchTests
{
    // bench/Leo.Bench/bin/Release/net10.0, as these tests lie in tests/Leo.Cli.Tests/bin/Release/net10.0.
    private static readonly string Program = Path.Combine(
        PackedFeed.Repository, "bench/Leo.Bench", Path.GetRelativePath(Path.Combine(PackedFeed.Repository, "tests/Leo.Cli.Tests"), AppContext.BaseDirectory), "leo-bench.dll");

    [Fact]
    public void Gpu_OnTheCpu_HoldsEveryNumberAgainstAnotherAndWritesThemDown()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("leo-gpu-").FullName, "bench.json");
        var (code, output, error) = LeoProcess.RunProgram(["dotnet", Program, "gpu", "--device", "cpu", "--seconds", "0.1", "--training-steps", "2", "--out", file]);
        Assert.True(code == 0, output + error);

        var found = JsonNode.Parse(File.ReadAllText(file))!;
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.True((bool)found["good"]!);
        Assert.Equal(6, found["checks"]!.AsArray().Count);
        Assert.All(found["checks"]!.AsArray(), check => Assert.InRange((double)check!["error"]!, 0, (double)check["allowed"]!));
        Assert.Equal(["tiny float32", "tiny bfloat16"], found["speed"]!.AsArray().Select(s => $"{s!["preset"]} {s["precision"]}"));
        Assert.All(found["speed"]!.AsArray(), s => Assert.All(["stepMilliseconds", "framesPerSecond", "memoryMegabytes"], key => Assert.True((double)s![key]! > 0, key)));
        Assert.Equal((double)found["training"]![0]!["lastOnCpu"]!, (double)found["training"]![0]!["last"]!);
        Assert.Contains("| tiny, batch 8: training step | bfloat16 |", output);
    }

    [Fact]
    public void Gpu_DeviceThatIsNotThere_IsOneLine()
    {
        var (code, output, error) = LeoProcess.RunProgram(["dotnet", Program, "gpu", "--device", "cuda:63"]);
        Assert.Equal((1, ""), (code, output.Trim()));
        Assert.Contains("cuda:63 was asked for", error);
        Assert.Single(error.Trim().Split('\n'));
    }
}
