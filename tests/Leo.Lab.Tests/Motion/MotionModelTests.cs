using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class MotionModelTests
{
    internal static readonly MotionSettings Narrow = new()
    {
        Length = 16,
        Dim = 4,
        Network = new() { BaseChannels = 16, ChannelMult = [1, 2], AttentionRates = [2], Heads = 2, NormGroups = 4 },
    };

    [Fact]
    public void Sample_AnyWeights_KeepsAlpha1BitByBitAndSeesItAtEveryStep()
    {
        using var model = Shaken(Narrow);
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var noise = new SeededNoise([1, 2, 3], "test", model.NoiseShape);
        var alpha1 = randn([3, 4], generator: generator);
        var a = model.Sample(SamplerSpec.Parse("ddpm:20").Build(model.Diffusion), alpha1, noise.Next);
        Assert.Equal([3, 16, 4], a.shape);
        Assert.Equal(alpha1.bytes.ToArray(), a.select(1, 0).contiguous().bytes.ToArray());
    }

    [Fact]
    public void Sample_NetworkWithoutOpinion_ShiftsWithAlpha1()
    {
        // A fresh network says 0 whatever it sees, so m does not depend on α₁, and a = α₁ + m moves as α₁ does (Eq. 3).
        using var model = MotionModel.Create(Narrow, ToyCodes.Make(), 0);
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var alpha1 = randn([2, 4], generator: generator);
        var difference = Draw(alpha1 + 0.5) - Draw(alpha1);
        Assert.True(difference.allclose(full_like(difference, 0.5), 0, 1e-4));

        Tensor Draw(Tensor first)
        {
            using var noise = new SeededNoise([1, 2], "test", model.NoiseShape);
            return model.Sample(SamplerSpec.Ddim50.Build(model.Diffusion), first, noise.Next);
        }
    }

    [Fact]
    public void TrainingLoss_FreshNetwork_IsTheNoisesPowerOnResidualsOnly()
    {
        using var model = MotionModel.Create(Narrow, ToyCodes.Make(), 0);
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var codes = new CodeCrops(ToyCodes.Make(), 16).Next(5, generator);
        var noise = randn([5, 15, 4], generator: generator);
        var loss = model.TrainingLoss(codes, tensor(new long[] { 0, 1, 10, 500, 999 }), noise);
        Assert.True(loss.allclose(noise.square().mean([1L, 2L])));
        Assert.Throws<ArgumentException>(() => model.TrainingLoss(codes.narrow(1, 0, 8), zeros(5, dtype: ScalarType.Int64), noise));
    }

    [Fact]
    public void Create_WithoutCondition_GeneratesWholeSequences()
    {
        using var model = MotionModel.Create(Narrow with { LinearMotionCondition = false }, ToyCodes.Make(), 0);
        using var scope = NewDisposeScope();
        Assert.IsType<UnconditionalMotionModel>(model);
        Assert.Equal([16L, 4L], model.NoiseShape);
        using var generator = new Generator(3);
        var noise = randn([2, 16, 4], generator: generator);
        var loss = model.TrainingLoss(new CodeCrops(ToyCodes.Make(), 16).Next(2, generator), tensor(new long[] { 3, 700 }), noise);
        Assert.True(loss.allclose(noise.square().mean([1L, 2L])));
        Assert.Equal([3, 16, 4], new MotionSampler(model, SamplerSpec.Parse("ddim:5")).Sample(null, 16, [1, 2, 3]).shape);
        Assert.Throws<ArgumentException>(() => new MotionSampler(model, SamplerSpec.Parse("ddim:5")).Sample(null, 17, [1]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_AfterSave_SamplesTheSame(bool condition)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "motion.safetensors");
        using var model = Shaken(Narrow with { LinearMotionCondition = condition });
        model.Save(path, 7);
        using var loaded = MotionModel.Load(path);
        using var scope = NewDisposeScope();
        Assert.Equal(model.Settings, loaded.Settings);
        Assert.Equal(model.Normalizer.Scale, loaded.Normalizer.Scale);
        Assert.Equal(model.Normalizer.Mean, loaded.Normalizer.Mean);
        var alpha1 = condition ? ones(1, 4) : null;
        var (before, after) = (Draw(model), Draw(loaded));
        Assert.Equal(before.ToArray<float>(), after.ToArray<float>());
        Tensor Draw(MotionModel from) => new MotionSampler(from, SamplerSpec.Parse("ddim:4")).Sample(alpha1, 16, [3]);
    }

    [Fact]
    public void Load_StartCodeCheckpoint_SaysWhatIsNeeded()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "start.safetensors");
        using var model = StartCodeModel.Create(new StartCodeSettings { Dim = 4, Width = 8 }, ToyCodes.Make(), 0);
        model.Save(path);
        var error = Assert.Throws<CheckpointException>(() => MotionModel.Load(path));
        Assert.Contains("'motion'", error.Message);
        using var loaded = StartCodeModel.Load(path);
        Assert.Equal(model.Settings, loaded.Settings);
    }

    [Fact]
    public void Sample_History_KeepsAllGivenCodesBitByBitAndGoesOnFromThem()
    {
        using var model = Shaken(Narrow with { History = 4 });
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var given = randn([2, 4, 4], generator: generator);
        var a = Draw(given);
        Assert.Equal([2, 16, 4], a.shape);
        Assert.Equal(given.bytes.ToArray(), a.narrow(1, 0, 4).contiguous().bytes.ToArray());

        // What follows depends on every given code, and on how many there are.
        var other = given.clone();
        other[.., 2] += 1;
        Assert.False(Draw(other).narrow(1, 4, 12).allclose(a.narrow(1, 4, 12)));
        Assert.False(Draw(given.narrow(1, 0, 2)).narrow(1, 4, 12).allclose(a.narrow(1, 4, 12)));
        Assert.Equal(Draw(given.select(1, 0)).ToArray<float>(), Draw(given.narrow(1, 0, 1)).ToArray<float>());
        Assert.Throws<ArgumentException>(() => Draw(randn(2, 5, 4)));

        Tensor Draw(Tensor start)
        {
            using var noise = new SeededNoise([1, 2], "test", model.NoiseShape);
            return model.Sample(SamplerSpec.Parse("ddim:5").Build(model.Diffusion), start, noise.Next);
        }
    }

    [Fact]
    public void TrainingLoss_History_CountsOnlyWhatIsNotGiven()
    {
        // A fresh network says 0: the loss of ε is the noise's power where codes are not given.
        using var model = (ConditionalMotionModel)MotionModel.Create(Narrow with { History = 4 }, ToyCodes.Make(), 0);
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var codes = new CodeCrops(ToyCodes.Make(), 16).Next(2, generator);
        var noise = randn([2, 15, 4], generator: generator);
        var loss = model.TrainingLoss(codes, tensor(new long[] { 10, 700 }), noise, tensor(new long[] { 1, 4 }));
        Assert.Equal(noise[0].square().mean().item<float>(), loss[0].item<float>(), 1e-5f);
        Assert.Equal(noise[1].narrow(0, 3, 12).square().mean().item<float>(), loss[1].item<float>(), 1e-5f);
    }

    [Fact]
    public void TrainingLoss_History_IsOfTheResidualsToTheLastGivenCode()
    {
        // A fresh network says 0; where it predicts x₀, the loss is the residuals' power in the model's units.
        var settings = Narrow with { History = 4, Diffusion = new() { Prediction = PredictionType.X0 } };
        using var model = (ConditionalMotionModel)MotionModel.Create(settings, ToyCodes.Make(), 0);
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var codes = new CodeCrops(ToyCodes.Make(), 16).Next(2, generator);
        var loss = model.TrainingLoss(codes, tensor(new long[] { 10, 700 }), randn([2, 15, 4], generator: generator), tensor(new long[] { 1, 4 }));
        var scale = tensor(model.Normalizer.Scale.ToArray());
        Assert.Equal(((codes[0].narrow(0, 1, 15) - codes[0, 0]) / scale).square().mean().item<float>(), loss[0].item<float>(), 1e-4f);
        Assert.Equal(((codes[1].narrow(0, 4, 12) - codes[1, 3]) / scale).square().mean().item<float>(), loss[1].item<float>(), 1e-4f);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    public void Sample_Tail_IsLearntAndMadeButNotSeen(bool condition, int history)
    {
        var settings = Narrow with { Tail = 4, History = history, LinearMotionCondition = condition };
        using var model = Shaken(settings);
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var crops = new CodeCrops(ToyCodes.Make(), 20).Next(2, generator);
        var noise = randn([2, .. model.NoiseShape], generator: generator);
        Assert.Equal(condition ? 19 : 20, model.NoiseShape[0]);
        Assert.Equal([2], model.TrainingLoss(crops, tensor(new long[] { 10, 700 }), noise).shape);
        Assert.Throws<ArgumentException>(() => model.TrainingLoss(crops.narrow(1, 0, 16), tensor(new long[] { 10, 700 }), noise));

        using var same = new SeededNoise([1, 2], "test", model.NoiseShape);
        var sample = model.Sample(SamplerSpec.Parse("ddim:5").Build(model.Diffusion), condition ? randn(2, 4) : null, same.Next);
        Assert.Equal([2, 16, 4], sample.shape);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    [InlineData(3)]
    public void Validate_TailThatCannotBe_IsRefused(int tail)
    {
        string message = Assert.Throws<SettingsException>((Narrow with { Tail = tail }).Validate).Message;
        Assert.Contains("Tail", message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(0, true, VarianceType.FixedSmall)]
    [InlineData(9, true, VarianceType.FixedSmall)]
    [InlineData(4, false, VarianceType.FixedSmall)]
    [InlineData(4, true, VarianceType.LearnedRange)]
    public void Validate_HistoryThatCannotBe_IsRefused(int history, bool condition, VarianceType variance)
    {
        var settings = Narrow with { History = history, LinearMotionCondition = condition, Diffusion = Narrow.Diffusion with { Variance = variance } };
        Assert.Contains("History", Assert.Throws<SettingsException>(settings.Validate).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Create_CodesOfAnotherDimension_SaysSo()
    {
        var error = Assert.Throws<LeoException>(() => MotionModel.Create(MotionSettings.Tiny with { Length = 16 }, ToyCodes.Make(), 0));
        Assert.Contains("Dim is 20, the codes have 4", error.Message);
    }

    [Fact]
    public void Validate_ManyFaults_ListsAll()
    {
        var settings = new MotionSettings { Length = 30, Network = new() { NormGroups = 5, Dropout = 1 }, Diffusion = new() { Steps = 3 } };
        var error = Assert.Throws<SettingsException>(settings.Validate);
        Assert.Equal(4, error.Faults.Count);
    }

    [Fact]
    public void Presets_AsJson_RoundTrip()
    {
        foreach (var settings in new[] { MotionSettings.Tiny, MotionSettings.Small, MotionSettings.Paper })
        {
            settings.Validate();
            Assert.Equal((64, 20, 1000), (settings.Length, settings.Dim, settings.Diffusion.Steps));
            Assert.Equal(settings, Json.Read<MotionSettings>(Json.WriteLine(settings), "test"));
        }

        foreach (var settings in new[] { StartCodeSettings.Tiny, StartCodeSettings.Small, StartCodeSettings.Paper })
        {
            settings.Validate();
            Assert.Equal(settings, Json.Read<StartCodeSettings>(Json.WriteLine(settings), "test"));
        }
    }

    /// <summary>A model whose zero-initialised layers are no longer zero.</summary>
    internal static MotionModel Shaken(MotionSettings settings) => MotionModel.Create(settings, ToyCodes.Make(), 0).Shaken();
}
