using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Metrics.I3d;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>I3D's logits of a clip of 16 frames, 224×224, with random weights: what FVD does most of the time.</summary>
internal sealed class I3dWork : InferenceWork
{
    internal const string Name = "i3d";

    private readonly I3dNetwork _network;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Tensor _clip;

    private I3dWork(int threads) : base(threads)
    {
        random.manual_seed(Work.Seed);
        _network = new I3dNetwork();
        _weights = _network.state_dict();
        _network.Fold();
        using var generator = Seeds.Generator(Work.Seed, "bench.clip");
        _clip = rand([1, 3, 16, I3dNetwork.Size, I3dNetwork.Size], float32, generator: generator).mul_(2).sub_(1);
    }

    internal static I3dWork Create(int threads) => new(threads);

    internal override string What => "mean absolute logit of a clip";

    private protected override JsonObject Settings() => [];

    private protected override Dictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor> { ["clip"] = _clip };
        foreach (var (name, value) in _weights) tensors["model." + name] = value;
        return tensors;
    }

    private protected override Tensor Make()
    {
        using var noGrad = no_grad();
        return _network.forward(_clip);
    }

    public override void Dispose()
    {
        _network.Dispose();
        _clip.Dispose();
    }
}
