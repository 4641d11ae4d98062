using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>The non-saturating logistic GAN losses (Goodfellow et al. 2014) with R1 (Mescheder et al. 2018).</summary>
public static class AdversarialLoss
{
    /// <summary>The animator's: −log σ(D(x̂)), averaged; no gradient reaches the discriminator's weights.</summary>
    public static Tensor Animator(Discriminator discriminator, Tensor fake)
    {
        using var scope = NewDisposeScope();
        Require(discriminator, false);
        return nn.functional.softplus(-discriminator.forward(fake)).mean().MoveToOuterDisposeScope();
    }

    /// <summary>The discriminator's: −log σ(D(x)) − log(1 − σ(D(x̂))), averaged.</summary>
    public static Tensor Discriminator(Discriminator discriminator, Tensor real, Tensor fake)
    {
        using var scope = NewDisposeScope();
        Require(discriminator, true);
        var onReal = nn.functional.softplus(-discriminator.forward(real)).mean();
        var onFake = nn.functional.softplus(discriminator.forward(fake.detach())).mean();
        return (onReal + onFake).MoveToOuterDisposeScope();
    }

    /// <summary>E‖∇ₓD(x)‖² on real images, differentiable in the discriminator's weights.</summary>
    public static Tensor R1(Discriminator discriminator, Tensor real)
    {
        using var scope = NewDisposeScope();
        Require(discriminator, true);
        var images = real.detach().clone().requires_grad_(true);
        // The square of a gradient through a dozen roundings would be a biased one, so this is float32 in every precision.
        var logits = discriminator.Logits(images, Precision.Float32).sum();
        // autograd.grad does the same, but aborts the process where memory runs out. The gradient's graph holds the images, and they hold the gradient:
        // that circle has to be opened, or neither is ever freed.
        autograd.backward([logits], retain_graph: true, create_graph: true, inputs: [images]);
        var gradient = images.grad!;
        images.grad = null;
        return gradient.square().sum([1, 2, 3]).mean().MoveToOuterDisposeScope();
    }

    private static void Require(Discriminator discriminator, bool gradient)
    {
        foreach (var parameter in discriminator.parameters()) parameter.requires_grad = gradient;
    }
}
