using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Random;

public class GeneratorTests
{
    [Fact]
    public void State_SetBack_GivesTheSameNumbersAgain()
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(3);
        _ = randn(5, generator: g); // an odd number: the spare normal is part of the state
        var state = g.get_state();
        var first = Draw(g);
        g.set_state(state);
        var again = Draw(g);
        using var other = new Generator();
        other.set_state(state);
        Assert.Equal(first, again);
        Assert.Equal(first, Draw(other));

        static float[] Draw(Generator g) =>
        [
            .. randn(7, generator: g).data<float>(), .. zeros(3).uniform_(0, 1, g).data<float>(),
            .. randperm(5, generator: g).to(float32).data<float>()
        ];
    }

    [Fact]
    public void Generators_OfOneSeed_AgreeAndOfTwoDiffer()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Draw(new Generator(1)), Draw(new Generator(1)));
        Assert.NotEqual(Draw(new Generator(1)), Draw(new Generator(2)));
        var g = new Generator(1);
        Assert.Equal(1, g.initial_seed());
        g.manual_seed(9);
        Assert.Equal(9, g.initial_seed());
        Assert.Equal(Draw(new Generator(9)), Draw(g));
        Assert.Equal(g.seed(), g.initial_seed());

        static float[] Draw(Generator g) => rand(8, generator: g).data<float>().ToArray();
    }

    [Fact]
    public void DefaultGenerator_IsWhatFactoriesDrawFrom()
    {
        using var scope = NewDisposeScope();
        manual_seed(12).Dispose();
        Assert.Equal(12, initial_seed());
        var state = get_rng_state();
        var first = rand(4).data<float>().ToArray();
        set_rng_state(state);
        Assert.Equal(first, rand(4).data<float>().ToArray());
        using var g = new Generator(12);
        Assert.Equal(first, rand(4, generator: g).data<float>().ToArray());
        set_rng_state(state);
        using var standing = Generator.Default;
        Assert.Equal(first, rand(4, generator: standing).data<float>().ToArray());
    }

    [Fact]
    public void Threads_Set_AreTold()
    {
        int was = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(was);
        Assert.Throws<ArgumentOutOfRangeException>(() => set_num_threads(0));
        Assert.True(get_num_interop_threads() >= 1);
    }
}
