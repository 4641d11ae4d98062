using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using Leo.Lab.StartFrames;
using Leo.Lab.Tests.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.StartFrames;

public sealed class StartFrameModelTests
{
    private static readonly StartFrameSettings Narrow = new()
    {
        Size = 8,
        Dim = 4,
        Diffusion = StartFrameSettings.Tiny.Diffusion with { Steps = 50 },
        Network = new() { BaseChannels = 16, ChannelMult = [1, 2], AttentionRates = [2], Heads = 2, NormGroups = 4 },
    };

    private static readonly SamplerSpec Few = SamplerSpec.Parse("ddim:4:1");

    [Theory]
    [InlineData(1, VarianceType.FixedSmall)]
    [InlineData(2, VarianceType.FixedSmall)]
    [InlineData(2, VarianceType.LearnedRange)]
    public void Sample_AnyShape_GivesFramesInRangeThatDoNotDependOnTheOthers(int patch, VarianceType variance)
    {
        using var model = Shaken(Narrow with { Patch = patch, Diffusion = Narrow.Diffusion with { Variance = variance } });
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var codes = randn([3, 4], generator: generator);

        var all = model.Sample(codes, [5, 6, 7], Few);
        var one = model.Sample(codes.narrow(0, 1, 1), [6], Few);

        Assert.Equal([3, 3, 8, 8], all.shape);
        Assert.True(all.abs().max().item<float>() <= 1);
        Assert.True(all.narrow(0, 1, 1).allclose(one, 1e-4, 1e-4));
        Assert.False(all.narrow(0, 0, 1).allclose(one, 1e-2, 1e-2));
    }

    [Theory]
    [InlineData(VarianceType.FixedSmall)]
    [InlineData(VarianceType.LearnedRange)]
    public void Sample_Guidance_GoesFromTheUntoldThroughTheToldPrediction(VarianceType variance)
    {
        // One step of DDIM is the network's x₀, clipped; with x₀ predicted it is linear in the guidance where nothing is clipped.
        var settings = Narrow with { Diffusion = new() { Steps = 50, Prediction = PredictionType.X0, Clip = null, Variance = variance } };
        using var model = Shaken(settings, 0.02);
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var codes = randn([2, 4], generator: generator) * 3;
        Tensor At(double guidance) => model.Sample(codes, [1, 2], SamplerSpec.Parse("ddim:1"), guidance);
        var (without, with, twice) = (At(0), At(1), At(2));

        Assert.False(with.allclose(without, 1e-3, 1e-3));
        Assert.True(twice.abs().max().item<float>() < 1, "clipped: the test says nothing");
        Assert.True(twice.allclose(with * 2 - without, 1e-4, 1e-4));
    }

    [Fact]
    public void TrainingLoss_CodeDropped_DoesNotDependOnIt()
    {
        using var model = Shaken(Narrow);
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (frames, noise) = (randn([2, 3, 8, 8], generator: generator), randn([2, .. model.NoiseShape], generator: generator));
        var t = tensor(new long[] { 5, 40 });
        float[] Loss(double code) => model.TrainingLoss(frames, full(2, 4, code, dtype: ScalarType.Float32), t, noise, tensor(new[] { 1f, 0f })).ToArray<float>();
        var (one, other) = (Loss(0.3), Loss(-2));

        Assert.NotEqual(one[0], other[0]);
        Assert.Equal(one[1], other[1], 1e-6f);
        Assert.Throws<ArgumentException>(() => model.TrainingLoss(frames.narrow(2, 0, 4), zeros(2, 4), t, noise, null));
    }

    [Fact]
    public void Save_AndLoad_DrawsTheSame()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "f.safetensors");
        using var model = Shaken(Narrow);
        model.Save(path);
        using var loaded = StartFrameModel.Load(path);
        using var scope = NewDisposeScope();
        var codes = ones(1, 4);
        Assert.Equal(model.Sample(codes, [3], Few).bytes.ToArray(), loaded.Sample(codes, [3], Few).bytes.ToArray());
        Assert.Equal(Narrow.Network, loaded.Settings.Network);
    }

    [Fact]
    public void Presets_AreValid()
    {
        StartFrameSettings.Tiny.Validate();
        StartFrameSettings.Small.Validate();
        StartFrameSettings.Paper.Validate();
        var error = Assert.Throws<SettingsException>((Narrow with { Size = 12, Patch = 2, Network = Narrow.Network with { ChannelMult = [1, 1, 1] } }).Validate);
        Assert.Contains("multiple of 8", error.Message);
    }

    private static StartFrameModel Shaken(StartFrameSettings settings, double by = 0.1) =>
        new StartFrameModel(settings, new CodeNormalizer([0, 0, 0, 0], [1, 1, 1, 1]), 0).Shaken(by);
}
