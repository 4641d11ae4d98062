using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Metrics.I3d;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>I3D's logits of a clip of 16 frames, 224×224, with random weights: what FVD does most of the time.</summary>
internal sealed class I3dWork : InferenceWork
{
    internal const string Name = "i3d";

    private readonly I3dNetwork network;
    private readonly Dictionary<string, Tensor> weights;
    private readonly Tensor clip;

    private I3dWork(int threads) : base(threads)
    {
        random.manual_seed(Work.Seed);
        network = new I3dNetwork();
        weights = network.state_dict();
        network.Fold();
        using var generator = Seeds.Generator(Work.Seed, "bench.clip");
        clip = rand([1, 3, 16, I3dNetwork.Size, I3dNetwork.Size], float32, generator: generator).mul_(2).sub_(1);
    }

    internal static I3dWork Create(int threads) => new(threads);

    internal override string What => "mean absolute logit of a clip";

    private protected override JsonObject Settings() => [];

    private protected override Dictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor> { ["clip"] = clip };
        foreach (var (name, value) in weights) tensors["model." + name] = value;
        return tensors;
    }

    private protected override Tensor Make()
    {
        using var noGrad = no_grad();
        return network.forward(clip);
    }

    public override void Dispose()
    {
        network.Dispose();
        clip.Dispose();
    }
}
