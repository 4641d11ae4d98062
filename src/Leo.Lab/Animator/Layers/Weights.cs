using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>Initial values of parameters.</summary>
internal static class Weights
{
    /// <summary>N(0, 1) from <paramref name="generator"/>; zeros when it is null, for weights about to be loaded.</summary>
    public static Tensor Normal(long[] shape, Generator? generator) =>
        generator is null ? zeros(shape, float32) : randn(shape, float32, generator: generator);

    /// <summary>The [1, 3, 3, 1] binomial blur as a 4×4 kernel that sums to <paramref name="gain"/>.</summary>
    public static Tensor BlurKernel(double gain)
    {
        float[] line = [1, 3, 3, 1];
        float[] values = new float[16];
        for (int i = 0; i < 16; i++) values[i] = (float)(line[i / 4] * line[i % 4] / 64 * gain);
        return tensor(values, [4, 4], float32);
    }
}
