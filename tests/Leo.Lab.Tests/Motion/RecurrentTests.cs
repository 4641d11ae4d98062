using Leo.Lab.Motion;
using Leo.Lab.Motion.Recurrent;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class RecurrentTests
{
    private static readonly RecurrentSettings Narrow = new() { Dim = 4, Length = 16, Width = 8 };

    [Fact]
    public void Forward_IsAGatedRecurrentUnit()
    {
        // The unit's four formulas, number by number, against the module.
        using var network = new RecurrentNetwork(new RecurrentSettings { Dim = 1, Width = 1 }, 0);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        float[] x = [0.3f, -0.2f, 0.7f], h = [0.5f, 0.4f, -0.6f];
        Set("input.weight", x, 3, 1);
        Set("input.bias", [0.1f, 0.2f, 0.3f], 3);
        Set("hidden.weight", h, 3, 1);
        Set("hidden.bias", [0, -0.1f, 0.2f], 3);
        Set("head.weight", [2, -1], 2, 1);
        Set("head.bias", [0.5f, 0], 2);
        var (state, mean, log) = network.call(tensor(new float[] { 2 }, [1, 1]), tensor(new[] { 0.9f }, [1, 1]));

        double r = Sigmoid(0.3 * 2 + 0.1 + 0.5 * 0.9), z = Sigmoid(-0.2 * 2 + 0.2 + 0.4 * 0.9 - 0.1), n = Math.Tanh(0.7 * 2 + 0.3 + r * (-0.6 * 0.9 + 0.2));
        double expected = (1 - z) * n + z * 0.9;
        Assert.Equal(expected, state.item<float>(), 1e-5);
        Assert.Equal(2 * expected + 0.5, mean.item<float>(), 1e-5);
        Assert.Equal(-expected, log.item<float>(), 1e-5);

        static double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));

        void Set(string name, float[] values, params long[] shape) => network.named_parameters().Single(p => p.name == name).parameter.copy_(tensor(values, shape));
    }

    [Fact]
    public void TrainingLoss_FreshNetwork_IsThatOfUnitSteps()
    {
        // A fresh head tells mean 0 and deviation 1, and steps have a mean square of 1 in their own units.
        var codes = ToyCodes.Make();
        using var model = RecurrentMotionModel.Create(Narrow, codes, 0);
        using var scope = NewDisposeScope();
        Assert.Equal(0.5, model.TrainingLoss(new CodeCrops(codes, 16).Spread(1000)).mean().item<float>(), 1e-3);
    }

    [Fact]
    public void Sample_BeginsWithAlpha1_DependsOnItsOwnSeed_AndALongerOneBeginsWithTheShorter()
    {
        using var model = Trained(30);
        using var scope = NewDisposeScope();
        var alpha1 = randn(3, 4);
        var whole = model.Sample(alpha1, 40, [1, 2, 3]);
        Assert.Equal([3, 40, 4], whole.shape);
        Assert.Equal(alpha1.bytes.ToArray(), whole.select(1, 0).contiguous().bytes.ToArray());
        Assert.True((model.Sample(alpha1, 10, [1, 2, 3]) - whole.narrow(1, 0, 10)).abs().max().item<float>() < 1e-5);
        Assert.True((model.Sample(alpha1.narrow(0, 1, 1), 40, [2]) - whole.narrow(0, 1, 1)).abs().max().item<float>() < 1e-4);
        Assert.Throws<ArgumentException>(() => model.Sample(alpha1, 5, [1]));
    }

    [Fact]
    public void Training_LearnsToPredictSteps()
    {
        var codes = ToyCodes.Make();
        using var fresh = RecurrentMotionModel.Create(Narrow, codes, 0);
        using var trained = Trained(150);
        using var scope = NewDisposeScope();
        var held = new CodeCrops(ToyCodes.Make(seed: 1), 16).Spread(64);
        Assert.True(trained.TrainingLoss(held).mean().item<float>() < fresh.TrainingLoss(held).mean().item<float>() - 0.3);
    }

    private static RecurrentMotionModel Trained(int steps)
    {
        var codes = ToyCodes.Make();
        var training = RecurrentRecipe.Tiny.Training with { Steps = steps, LearningRate = 2e-2, WarmupSteps = 5, LogEvery = steps, ValidateEvery = 0, CheckpointEvery = 0 };
        using var folder = new TempFolder();
        using (var task = new RecurrentTask(new RecurrentRecipe { Recurrent = Narrow, Training = training }, codes, codes))
        using (var run = RunFolder.Create(folder["run"]))
        {
            new TrainingLoop(task, training, run, new Leo.Lab.Tests.Training.RecordedProgress()).Run();
        }

        return RecurrentMotionModel.Load(folder["run"]);
    }
}
