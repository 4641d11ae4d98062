using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

/// <summary>Fresh networks give zero; with weights shaken they say something, the same every time.</summary>
internal static class ShakenWeights
{
    /// <param name="model">The model; given back.</param>
    /// <param name="by">Deviation of what is added to every weight.</param>
    public static T Shaken<T>(this T model, double by = 0.05)
        where T : DiffusionModel
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(9);
        foreach (var parameter in model.Network.parameters())
        {
            parameter.add_(randn(parameter.shape, generator: generator) * by);
        }

        return model;
    }
}
