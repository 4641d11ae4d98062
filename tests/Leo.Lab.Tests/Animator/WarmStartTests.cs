using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

/// <summary>Trainings that start where another one ended; the file by LIA's trainer has its moments by formula.</summary>
public sealed class WarmStartTests : IDisposable
{
    // Never had a gradient, so PyTorch keeps no moments of it.
    private const string WithoutState = "dec.to_rgb1.bias";

    private static readonly AnimatorRecipe Lia = new()
    {
        Animator = new AnimatorSettings { Size = 8, StyleDim = 4, MotionDim = 3, Channels = [3, 2] },
        AdversarialWeight = 1,
    };

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_FromLiasCheckpoint_GoesOnWithWeightsDiscriminatorAndBothOptimisers(bool converted)
    {
        string path = Official;
        if (converted)
        {
            using var checkpoint = Checkpoint.Open(path);
            CheckpointConverter.Convert(checkpoint, path = _folder["all.safetensors"], all: true);
        }
        using var task = Task(Lia with { Init = path });
        using var scope = NewDisposeScope();
        using var expected = new ImageAnimator(Lia.Animator);
        FormulaWeights.Fill(expected);
        Assert.All(expected.state_dict(), e => Assert.True(e.Value.Equals(task.Model.state_dict()[e.Key]), e.Key));

        // The file has the parameters in reverse: names, not places, decide.
        var adam = OptimizerStates.Save(task.Phases[0].Optimizer);
        string[] names = [.. task.Model.named_parameters().Select(p => p.name)];
        Assert.Equal(names.Select(n => n == WithoutState ? 0L : 7), adam["step"].ToArray<long>());
        for (int i = 0; i < names.Length; i++)
        {
            float[] average = FormulaWeights.Unit("exp_avg " + names[i], adam[$"{i}.exp_avg"].numel());
            float[] square = FormulaWeights.Unit("exp_avg_sq " + names[i], average.Length);
            bool none = names[i] == WithoutState;
            Assert.Equal(average.Select(v => none ? 0 : v), adam[$"{i}.exp_avg"].ToArray<float>());
            Assert.Equal(square.Select(v => none ? 0 : v * v), adam[$"{i}.exp_avg_sq"].ToArray<float>());
        }
        var discriminator = task.Companions["discriminator"];
        Assert.Equal(FormulaWeights.Unit("convs.0.0.weight", 6).Select(v => v * 1.75f), discriminator.state_dict()["convs.0.0.weight"].ToArray<float>());
        Assert.All(OptimizerStates.Save(task.Phases[1].Optimizer)["step"].ToArray<long>(), s => Assert.Equal(9, s));
        Assert.Contains($"starts from {path}: weights, Adam's moments after 7 steps; discriminator, Adam's moments after 9 steps", task.Notes);
    }

    [Fact]
    public void Create_WithoutAdversarialLoss_SaysThatTheDiscriminatorIsLeftOut()
    {
        using var task = Task(Lia with { Init = Official, AdversarialWeight = 0 });
        Assert.EndsWith("; its discriminator is left out, as adversarialWeight is 0", task.Notes[^1]);
    }

    [Fact]
    public void Create_FromWeightsAlone_SaysWhatBeginsAnew()
    {
        using var task = Task(Lia with { Init = OfficialCheckpointTests.File("lia-tiny-half.zip.pt") });
        Assert.EndsWith(": weights; Adam begins anew; the discriminator begins anew", task.Notes[^1]);
        using var scope = NewDisposeScope();
        Assert.All(OptimizerStates.Save(task.Phases[0].Optimizer)["step"].ToArray<long>(), s => Assert.Equal(0, s));
    }

    [Fact]
    public void Create_FromATrainingOfItsOwn_GoesOnFromTheRawWeights()
    {
        var settings = new AnimatorRecipe
        {
            Animator = new AnimatorSettings { Size = 16, StyleDim = 16, MotionDim = 6, Channels = [12, 12, 8] },
            Training = new TrainingSettings { Steps = 2, LearningRate = 0.01, SampleEvery = 0, ValidateEvery = 0 },
            AdversarialWeight = 0.1,
        };
        string saved;
        using (var first = Task(settings))
        using (var run = RunFolder.Create(_folder["run"]))
            saved = new TrainingLoop(first, settings.Training, run, new RecordedProgress()).Run().CheckpointPath;

        using var task = Task(settings with { Init = _folder["run"] });
        using var scope = NewDisposeScope();
        using var file = TensorFile.Open(saved);
        Assert.All(task.Model.state_dict(), e => Assert.True(e.Value.Equals(file.Read("model." + e.Key)), e.Key));
        Assert.All(OptimizerStates.Save(task.Phases[1].Optimizer), e => Assert.True(e.Value.Equals(file.Read("optim.discriminator." + e.Key)), e.Key));
        Assert.EndsWith(": weights, Adam's moments after 2 steps; discriminator, Adam's moments after 2 steps", task.Notes[^1]);
    }

    [Fact]
    public void Create_OfAnotherShape_NamesTensorExpectedAndFound()
    {
        var other = Lia with { Init = Official, Animator = Lia.Animator with { StyleDim = 5 } };
        Assert.Contains("expected [5, ", Assert.Throws<CheckpointException>(() => Task(other)).Message);
    }

    [Fact]
    public void Create_FromAnOptimiserOfOtherParameters_IsRefused()
    {
        using var scope = NewDisposeScope();
        using (var file = TensorFile.Open(Official))
        {
            var metadata = file.Metadata.ToDictionary(m => m.Key, m => m.Value);
            metadata["pt.g_optim.param_groups.0.params"] = "[0, 1, 2]";
            Safetensors.Write(_folder["bad.safetensors"], file.Names.ToDictionary(n => n, file.Read), metadata);
        }
        var error = Assert.Throws<CheckpointException>(() => Task(Lia with { Init = _folder["bad.safetensors"] }));
        Assert.Contains("expected an optimiser of 45 parameters, found one of 3", error.Message);
    }

    [Fact]
    public void ReadSettings_OfLiasCheckpoint_AreItsShape() => Assert.Equal(Lia.Animator, ImageAnimator.ReadSettings(Official));

    public void Dispose() => _folder.Dispose();

    private static string Official => OfficialCheckpointTests.File("lia-tiny.legacy.pt");

    private static AnimatorTask Task(AnimatorRecipe settings) => new(settings, new MovingSquare(seed: 3), MovingSquare.HeldOut());
}
