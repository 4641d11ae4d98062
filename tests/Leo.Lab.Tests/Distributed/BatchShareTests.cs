using Leo.Lab.Animator;
using Leo.Lab.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Distributed;

public sealed class BatchShareTests
{
    [Theory]
    [InlineData(8, 2, 1)]
    [InlineData(8, 2, 4)]
    [InlineData(12, 3, 2)]
    [InlineData(6, 2, 3)]
    [InlineData(5, 1, 1)]
    public void Shares_TogetherAreTheBatch_EachExampleOnce(int batch, int size, int group)
    {
        var shares = Enumerable.Range(0, size).Select(rank => new BatchShare(rank, size, group)).ToList();
        Assert.Equal(Enumerable.Range(0, batch), shares.SelectMany(s => s.Places(batch)).Order());
        using var scope = NewDisposeScope();
        var whole = arange(batch, dtype: ScalarType.Int64);
        Assert.All(shares, s => Assert.Equal(s.Places(batch).Select(p => (long)p), s.Of(whole).ToArray<long>()));
    }

    [Theory]
    [InlineData(8, 2)]
    [InlineData(16, 2)]
    [InlineData(12, 3)]
    [InlineData(6, 2)]
    [InlineData(24, 6)]
    public void Discriminator_OnShares_SaysWhatItSaysOnTheBatch(int batch, int size)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(1, "share");
        using var discriminator = new Discriminator(new AnimatorSettings { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] }, generator);
        var images = rand([batch, 3, 16, 16], generator: generator) * 2 - 1;
        float[] whole = discriminator.forward(images).ToArray<float>();
        float[] joined = new float[batch];
        for (int rank = 0; rank < size; rank++)
        {
            var share = new BatchShare(rank, size, Discriminator.Group(batch));
            foreach (var (value, place) in discriminator.forward(share.Of(images)).ToArray<float>().Zip(share.Places(batch)))
                joined[place] = value;
        }
        Assert.All(whole.Zip(joined), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    // Where the images of a batch are nearly alike, their deviation is a difference of nearly equal numbers, and last digits of float32 weigh heavily. With more digits,
    // shares and batch learn the same, the penalty on gradients included, so it is digits and not what the deviation is taken over.
    [Theory]
    [InlineData(8, 2)]
    [InlineData(12, 3)]
    public void Discriminator_OnSharesOfNearlyAlikeImages_LearnsWhatItLearnsOnTheBatch(int batch, int size)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(1, "share");
        using var discriminator = new Discriminator(new AnimatorSettings { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] }, generator);
        discriminator.to(float64);
        var (real, fake) = (NearlyAlike(), NearlyAlike());
        double[] whole = Gradients(real, fake);
        double[][] shares = [.. Enumerable.Range(0, size).Select(rank => new BatchShare(rank, size, Discriminator.Group(batch))).Select(s => Gradients(s.Of(real), s.Of(fake)))];
        double largest = whole.Max(Math.Abs);
        Assert.True(largest > 0);
        foreach (var (i, expected) in whole.Index())
            Assert.Equal(expected, shares.Average(s => s[i]), 1e-10 * largest);

        Tensor NearlyAlike() => rand([1, 3, 16, 16], float64, generator: generator) + (1e-4 * rand([batch, 3, 16, 16], float64, generator: generator));

        double[] Gradients(Tensor real, Tensor fake)
        {
            discriminator.zero_grad();
            (AdversarialLoss.Discriminator(discriminator, real, fake) + AdversarialLoss.R1(discriminator, real)).backward();
            return [.. discriminator.parameters().SelectMany(p => p.grad!.ToArray<double>())];
        }
    }
}
