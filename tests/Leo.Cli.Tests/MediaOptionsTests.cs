using System.Diagnostics;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

/// <summary>Options of commands that read and write videos: sound, damaged videos, precision, device.</summary>
public sealed class MediaOptionsTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private string Animate(string driving, string output) =>
        $"animate --checkpoint {_shop.Animator()} --source {_shop.Frames("source.safetensors", 1, seed: 1)} --driving {driving} --out {_shop.At(output)}";

    [Theory]
    [InlineData("animate", "mp4")]
    [InlineData("edit", "webm")]
    public void SoundOfTheVideo_IsKept_AndLeftOutOnDemand(string command, string ending)
    {
        string talk = Ffmpeg("talk.mp4", "-f", "lavfi", "-i", "testsrc2=size=32x32:rate=25", "-f", "lavfi", "-i", "sine", "-t", "0.2", "-pix_fmt", "yuv420p");
        string line = command == "animate" ? Animate(talk, $"out.{ending}") : $"edit --checkpoint {_shop.Animator()} --video {talk} --edit poster --out {_shop.At($"out.{ending}")}";

        Workshop.Good(line);
        Assert.Equal(["video", "audio"], Streams($"out.{ending}"));

        Workshop.Good($"{line} --no-sound");
        Assert.Equal(["video"], Streams($"out.{ending}"));
    }

    [Fact]
    public void Extract_KeepDamaged_TakesWhatIsElseLeftOutAndNamed()
    {
        string folder = Videos();

        Assert.Equal(1, (int)Workshop.Good($"extract --animator {_shop.Animator()} --data {folder} --part all --out {_shop.At("codes.safetensors")} --json")["videos"]!);
        Assert.Equal(2, (int)Workshop.Good($"extract --animator {_shop.Animator()} --data {folder} --part all --out {_shop.At("all.safetensors")} --keep-damaged --json")["videos"]!);
    }

    [Fact]
    public void Run_KeepDamaged_GetsPastADamagedVideo()
    {
        string folder = Videos(size: 64);
        Directory.CreateDirectory(Path.Combine(folder, "train"));
        Directory.CreateDirectory(Path.Combine(folder, "test"));
        File.Move(Path.Combine(folder, "bad.mp4"), Path.Combine(folder, "train", "bad.mp4"));
        File.Delete(Path.Combine(folder, "good.mp4"));
        Ffmpeg("videos/test/small.mp4", "-f", "lavfi", "-i", "testsrc2=size=32x32:rate=25", "-frames:v", "4", "-pix_fmt", "yuv420p");

        string line = $"run --videos {folder} --train --out {_shop.At("out")}";

        Assert.Contains("bad.mp4: is damaged, and there is no other video", Workshop.Bad(line));
        Assert.Contains("small.mp4", Workshop.Bad($"{line} --keep-damaged")); // smaller than the model, which ends it before anything is trained
    }

    [Fact]
    public void Scan_FramesOfDamagedVideos_AreCountedByThemselves()
    {
        var (code, output, _) = Commandline.Run("data", "scan", Videos(), "--size", "16", "--json");
        var json = System.Text.Json.Nodes.JsonNode.Parse(Commandline.Lines(output)[^1])!;

        Assert.Equal(ExitCode.Failure, code);
        Assert.Equal(20, (int)json["frames"]!);
        Assert.InRange((int)json["frames_of_others"]!, 1, 20);
        Assert.Contains($"1 of 2 videos can be used, 20 frames ({json["frames_of_others"]} more in the others)", output);
    }

    [Fact]
    public void Precision_BFloat16_IsAlmostFloat32_AndOthersAreRefused()
    {
        string driving = _shop.Frames("driving.safetensors", 2, seed: 2);
        Workshop.Good(Animate(driving, "float32.safetensors"));
        Workshop.Good($"{Animate(driving, "bfloat16.safetensors")} --precision bfloat16");

        using var scope = NewDisposeScope();
        float difference = (_shop.Tensor("float32.safetensors", "frames") - _shop.Tensor("bfloat16.safetensors", "frames")).abs().max().item<float>();
        Assert.InRange(difference, 1e-7f, 0.1f);
        var (code, _, error) = Commandline.Run($"{Animate(driving, "x.safetensors")} --precision float8".Split(' '));
        Assert.NotEqual(ExitCode.Success, code);
        Assert.Contains("float8", error);
    }

    [Fact]
    public void Device_Cpu_IsTheDefaultHere_AndOneThatIsNotThereIsNamed()
    {
        string driving = _shop.Frames("driving.safetensors", 2, seed: 2);
        Workshop.Good(Animate(driving, "plain.safetensors"));
        Workshop.Good($"{Animate(driving, "cpu.safetensors")} --device cpu");
        Assert.Equal(File.ReadAllBytes(_shop.At("plain.safetensors")), File.ReadAllBytes(_shop.At("cpu.safetensors")));

        Assert.Contains("mps was asked for", Workshop.Bad($"{Animate(driving, "x.safetensors")} --device mps"));
        Assert.Contains("--device is gpu", Commandline.Run($"{Animate(driving, "x.safetensors")} --device gpu".Split(' ')).Error);
    }

    // Two of 20 frames; of the second's pictures some do not decode.
    private string Videos(int size = 32)
    {
        string folder = Directory.CreateDirectory(_shop.At("videos")).FullName;
        string good = Ffmpeg("videos/good.mp4", "-f", "lavfi", "-i", $"testsrc2=size={size}x{size}:rate=25", "-frames:v", "20", "-c:v", "libx264", "-g", "5", "-pix_fmt", "yuv420p");
        byte[] bytes = File.ReadAllBytes(good);
        int data = bytes.AsSpan().IndexOf("mdat"u8);
        bytes.AsSpan(data + 1500, 300).Clear();
        File.WriteAllBytes(Path.Combine(folder, "bad.mp4"), bytes);
        return folder;
    }

    private string[] Streams(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("ffprobe", ["-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", _shop.At(name)]) { RedirectStandardOutput = true })!;
        return Commandline.Lines(process.StandardOutput.ReadToEnd());
    }

    private string Ffmpeg(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments, _shop.At(name)]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return _shop.At(name);
    }
}
