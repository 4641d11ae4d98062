using Leo.Lab.Checkpoints;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class CodeSequencesTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Load_AfterSave_IsTheSame()
    {
        string path = Path.Combine(_folder, "codes.safetensors");
        var saved = ToyCodes.Make(videos: 3);
        saved.Save(path);
        var loaded = CodeSequences.Load(path);
        Assert.Equal(saved.Videos.Select(v => v.Name), loaded.Videos.Select(v => v.Name));
        Assert.Equal(saved.Videos.SelectMany(v => v.Values), loaded.Videos.SelectMany(v => v.Values));
        Assert.Equal((25.0, "toy", 4), (loaded.FramesPerSecond, loaded.Animator, loaded.Dim));
    }

    [Fact]
    public void Load_BareTensors_TakesEveryMatrix()
    {
        using var scope = NewDisposeScope();
        string path = Path.Combine(_folder, "bare.safetensors");
        Safetensors.Write(path, new Dictionary<string, Tensor> { ["b"] = ones(5, 4), ["a"] = zeros(6, 4), ["other"] = ones(3) });
        Assert.Equal(["a", "b"], CodeSequences.Load(path).Videos.Select(v => v.Name));
    }

    [Fact]
    public void Load_BadFiles_NameTheFileAndTheVideo()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> good = new() { ["a"] = ones(5, 4) };
        Refused("odd", new(good) { ["b"] = ones(5, 3) }, null, "b");
        Refused("nan", new() { ["a"] = full(5, 4, float.NaN, dtype: ScalarType.Float32) }, null, "a");
        Refused("missing", good, new() { ["videos"] = """["a","c"]""" }, "c");
        Refused("fps", good, new() { ["fps"] = "fast" }, "fps");
        Refused("none", new() { ["a"] = ones(5) }, null, "at least one");

        void Refused(string name, Dictionary<string, Tensor> tensors, Dictionary<string, string>? metadata, string says)
        {
            string path = Path.Combine(_folder, $"{name}.safetensors");
            Safetensors.Write(path, tensors, metadata);
            var error = Assert.Throws<CheckpointException>(() => CodeSequences.Load(path));
            Assert.Contains(path, error.Message);
            Assert.Contains(says, error.Message);
        }
    }

    [Fact]
    public void Next_ManyCrops_AreRealPiecesAndReachEveryStart()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var sequences = new CodeSequences([Counting("a", 10, 0), Counting("short", 3, 50), Counting("b", 6, 100)], 25);
        var crops = new CodeCrops(sequences, 4);
        Assert.Equal((10, 1), (crops.Count, crops.TooShort));
        var drawn = crops.Next(500, generator);
        Assert.Equal([500, 4, 1], drawn.shape);
        Assert.True((drawn.narrow(1, 1, 3) - drawn.narrow(1, 0, 3)).eq(1).all().item<bool>());
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 100, 101, 102], drawn.select(1, 0).flatten().ToArray<float>().Distinct().Order());
        Assert.Equal([0, 2, 4, 6, 101], crops.Spread(5).select(1, 0).flatten().ToArray<float>());
    }

    [Fact]
    public void Next_Reversed_RunsHalfOfTheCropsBackwards()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var drawn = new CodeCrops(new CodeSequences([Counting("a", 10, 0)], 25), 4, reverse: true).Next(400, generator);
        long backwards = (drawn.select(1, 0) - drawn.select(1, 3)).eq(3).sum().item<long>();
        long forwards = (drawn.select(1, 3) - drawn.select(1, 0)).eq(3).sum().item<long>();
        Assert.Equal(400, backwards + forwards);
        Assert.InRange(backwards, 150, 250);
    }

    [Fact]
    public void Constructor_OnlyShortVideos_SaysWhatIsNeeded()
    {
        var error = Assert.Throws<LeoException>(() => new CodeCrops(ToyCodes.Make(frames: 40), 64));
        Assert.Contains("no video has 64 frames, the longest has 40", error.Message);
    }

    private static CodeSequence Counting(string name, int frames, int first) =>
        new(name, 1, [.. Enumerable.Range(first, frames).Select(i => (float)i)]);
}
