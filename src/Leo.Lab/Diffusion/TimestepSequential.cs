using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Layers in a row, named 0, 1, …; those that want the step's embedding are given it.</summary>
internal sealed class TimestepSequential : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly nn.Module[] _layers;

    public TimestepSequential(params nn.Module[] layers)
        : base(nameof(TimestepSequential))
    {
        _layers = layers;
        for (var i = 0; i < layers.Length; i++)
        {
            register_module($"{i}", layers[i]);
        }
    }

    /// <remarks>What lies between the layers belongs to the caller's scope.</remarks>
    /// <param name="x">Features [B, C, …].</param>
    /// <param name="emb">The step's embedding [B, 4·base].</param>
    public override Tensor forward(Tensor x, Tensor emb)
    {
        foreach (var layer in _layers)
        {
            x = layer switch
            {
                nn.Module<Tensor, Tensor, Tensor> timed => timed.call(x, emb),
                nn.Module<Tensor, Tensor> plain => plain.call(x),
                _ => throw new InvalidOperationException($"{layer.GetName()} is no layer."),
            };
        }

        return x;
    }
}
