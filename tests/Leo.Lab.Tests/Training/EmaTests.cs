using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

public class EmaTests
{
    [Theory]
    // min(rate, (1 + n) / (10 + n))
    [InlineData(0.999, 0, 0.1)]
    [InlineData(0.999, 90, 0.91)]
    [InlineData(0.999, 100_000, 0.999)]
    [InlineData(0.05, 0, 0.05)]
    public void RateAt_WarmUp_FollowsTheFormula(double rate, long updates, double expected) =>
        Assert.Equal(expected, Ema.RateAt(rate, updates), 1e-12);

    [Fact]
    public void Update_ThreeSteps_EqualsTheRecursion()
    {
        using var generator = Seeds.Generator(0, "test");
        using var model = new ToyModel(2, generator);
        using var ema = new Ema(model, 0.15);
        using var noGrad = no_grad();
        model.bias.fill_(0);
        ema.Weights["bias"].fill_(1);
        double expected = 1;
        for (int n = 0; n < 3; n++)
        {
            model.bias.fill_(n * 10);
            ema.Update();
            double rate = Math.Min(0.15, (1.0 + n) / (10 + n));
            expected = (rate * expected) + ((1 - rate) * n * 10);
            Assert.Equal(expected, ema.Weights["bias"][0].item<float>(), 1e-5);
        }
        Assert.Equal(3, ema.Updates);
    }

    [Fact]
    public void Update_Buffers_AreCopied()
    {
        using var generator = Seeds.Generator(0, "test");
        using var model = new ToyModel(2, generator);
        using var ema = new Ema(model, 0.9);
        model.calls.fill_(41);
        ema.Update();
        Assert.Equal(41, ema.Weights["calls"].item<long>());
    }

    [Fact]
    public void Apply_ThenDispose_GivesTheLiveWeightsBackBitForBit()
    {
        using var generator = Seeds.Generator(0, "test");
        using var model = new ToyModel(3, generator);
        byte[] live = model.first.detach().bytes.ToArray();
        using var ema = new Ema(model, 0.9);
        using (no_grad())
        {
            ema.Weights["first"].fill_(0.25);
        }
        using (ema.Apply())
        {
            Assert.Equal(0.25, model.first.detach().mean().item<float>(), 1e-7);
        }
        Assert.Equal(live, model.first.detach().bytes.ToArray());
    }

    [Fact]
    public void Update_ManyTimes_LeavesNoTensorsBehind()
    {
        using var generator = Seeds.Generator(0, "test");
        using var model = new ToyModel(3, generator);
        using var ema = new Ema(model, 0.9);
        ema.Update();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 20; i++)
        {
            ema.Update();
            ema.Apply().Dispose();
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
