using Leo.Torch.Tests.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Optim;

/// <summary>The network and data of <c>Golden/make_golden_nn.py</c>'s trainings.</summary>
internal static class SmallNetwork
{
    public static Sequential Make()
    {
        var net = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 2));
        using var scope = NewDisposeScope();
        NnFormula.Fill(net);
        return net;
    }

    /// <summary>Gradients of step s; returns the loss.</summary>
    public static double Backward(Sequential net, optim.Optimizer optimizer, int s)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = nn.functional.mse_loss(net.call(NnFormula.Floats([5, 6], 1.7, s)), NnFormula.Floats([5, 2], 1.3, s));
        loss.backward();
        return loss.item<float>();
    }
}
