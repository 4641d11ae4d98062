using System.Globalization;
using System.Text;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// A U-Net as one TorchScript function, which its blocks write one after the other. Called operator by operator a motion model's network takes 370 calls
/// a step, 2 to 16 µs each, which is as long as its arithmetic. Gradients flow through the function as through any operator.
/// </summary>
/// <param name="dims">1 for sequences, 2 for images.</param>
/// <param name="settings">The network's.</param>
internal sealed class UNetScript(int dims, UNetSettings settings)
{
    // Networks of one shape share a function.
    private static readonly Dictionary<string, NativeScripts> Compiled = [];
    private readonly StringBuilder _body = new();
    private readonly List<nn.Module> _layers = [];
    private NativeScripts? _script;
    private int _values;

    private string Library => $"""
        def convolution(x: Tensor, weight: Tensor, bias: Tensor, stride: int):
            return {(settings.ReplicateEdges
                ? $"torch.conv{dims}d(torch.replication_pad{dims}d(x, {List("1", 2 * dims)}), weight, bias, {List("stride", dims)})"
                : $"torch.conv{dims}d(x, weight, bias, {List("stride", dims)}, {List("1", dims)})")}

        def activate(x: Tensor, scale: Tensor, shift: Tensor):
            return torch.silu(torch.group_norm(x, {settings.NormGroups}, scale, shift))

        def pointwise(x: Tensor, weight: Tensor, bias: Tensor):
            return torch.conv{dims}d(x, weight, bias)

        def upsample(x: Tensor):
            return {(dims == 1
                ? "x.unsqueeze(3).expand([-1, -1, -1, 2]).flatten(2)"
                : "x.unsqueeze(3).unsqueeze(5).expand([-1, -1, -1, 2, -1, 2]).flatten(4).flatten(2, 3)")}

        def sinusoids(steps: Tensor):
            angles = steps.to(6).unsqueeze(1) * torch.exp(torch.arange({settings.BaseChannels / 2}, dtype=6, device=steps.device) * {TimestepEmbedding.Rate(settings.BaseChannels).ToString("R", CultureInfo.InvariantCulture)})
            return torch.cat([torch.cos(angles), torch.sin(angles)], 1)

        def embed(x: Tensor, weight0: Tensor, bias0: Tensor, weight2: Tensor, bias2: Tensor):
            return torch.linear(torch.silu(torch.linear(x, weight0, bias0)), weight2, bias2)

        def residual(x: Tensor, skip: Tensor, emb: Tensor, training: bool, in_scale: Tensor, in_shift: Tensor, in_weight: Tensor, in_bias: Tensor, emb_weight: Tensor, emb_bias: Tensor, out_scale: Tensor, out_shift: Tensor, out_weight: Tensor, out_bias: Tensor):
            h = convolution(activate(x, in_scale, in_shift), in_weight, in_bias, 1)
            e = torch.linear(emb, emb_weight, emb_bias){string.Concat(Enumerable.Repeat(".unsqueeze(-1)", dims))}
            {(settings.ScaleShiftNorm
                ? $"half = h.size(1)\n    scale, shift = e.narrow(1, 0, half), e.narrow(1, half, half)\n    h = torch.silu(torch.addcmul(shift, torch.group_norm(h, {settings.NormGroups}, out_scale, out_shift), scale + 1))"
                : "h = activate(h + e, out_scale, out_shift)")}
            {(settings.Dropout > 0 ? $"h = torch.dropout(h, {settings.Dropout.ToString("R", CultureInfo.InvariantCulture)}, training)" : "")}
            return skip + convolution(h, out_weight, out_bias, 1)

        def attention(x: Tensor, scale: Tensor, shift: Tensor, qkv_weight: Tensor, qkv_bias: Tensor, out_weight: Tensor, out_bias: Tensor):
            batch, depth = x.size(0), x.size(1) // {settings.Heads}
            h = torch.conv1d(torch.group_norm(x.flatten(2), {settings.NormGroups}, scale, shift), qkv_weight, qkv_bias)
            qkv = h.reshape([batch * {settings.Heads}, 3 * depth, -1])
            q, k, v = qkv.narrow(1, 0, depth), qkv.narrow(1, depth, depth), qkv.narrow(1, 2 * depth, depth)
            weight = torch.softmax(torch.baddbmm(x.new_empty([1, 1, 1]), q.transpose(1, 2), k, beta=0, alpha=depth ** -0.5), -1)
            h = torch.bmm(v, weight.transpose(1, 2)).reshape([batch, x.size(1), -1])
            return x + torch.conv1d(h, out_weight, out_bias).reshape(x.size())


        """;

    /// <summary>Takes a value down under a new name.</summary>
    /// <returns>The name.</returns>
    internal string Let(string value)
    {
        string name = $"h{_values++}";
        Line($"{name} = {value}");
        return name;
    }

    /// <summary>Writes a statement into the function.</summary>
    internal void Line(string statement) => _body.Append("    ").AppendLine(statement);

    /// <summary>Names weight and bias of layers, as arguments.</summary>
    internal string Weights(params ReadOnlySpan<nn.Module> layers)
    {
        int first = 2 * _layers.Count;
        _layers.AddRange(layers);
        return string.Join(", ", Enumerable.Range(first, 2 * layers.Length).Select(i => $"w{i}"));
    }

    /// <summary>Ends the function: what it returns is this value.</summary>
    internal void Return(string value)
    {
        string source = $"""
            {Library}def unet(x: Tensor, t: Tensor, condition: Optional[Tensor], keep: Optional[Tensor], training: bool, weights: List[Tensor]):
                {string.Join(", ", Enumerable.Range(0, 2 * _layers.Count).Select(i => $"w{i}"))} = weights
            {_body}    return {value}

            """;
        lock (Compiled)
        {
            if (!Compiled.TryGetValue(source, out _script)) Compiled[source] = _script = new NativeScripts(source);
        }
    }

    /// <summary>Calls the function.</summary>
    /// <param name="x">Sequences [B, C, T] or images [B, C, H, W].</param>
    /// <param name="t">Training steps [B].</param>
    /// <param name="condition">[B, D], or null.</param>
    /// <param name="keep">[B], 1 where the condition is told; null tells it everywhere.</param>
    /// <param name="training">Whether values are dropped out.</param>
    internal Tensor Call(Tensor x, Tensor t, Tensor? condition, Tensor? keep, bool training) => (Tensor)_script!.Call("unet", x, t, condition!, keep!, training, Tensors());

    // They are asked for at each call, since a module that moves to another device has new ones.
    private Tensor[] Tensors()
    {
        var weights = new Tensor[2 * _layers.Count];
        for (int i = 0; i < _layers.Count; i++)
        {
            (weights[2 * i], weights[2 * i + 1]) = _layers[i] switch
            {
                Conv1d c => (c.weight, c.bias!),
                Conv2d c => (c.weight, c.bias!),
                Linear l => (l.weight, l.bias!),
                GroupNorm n => (n.weight!, n.bias!),
                _ => throw new InvalidOperationException($"{_layers[i].GetName()} has no weight and bias."),
            };
        }

        return weights;
    }

    private static string List(string item, int count) => $"[{string.Join(", ", Enumerable.Repeat(item, count))}]";
}
