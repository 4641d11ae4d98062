using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// What the U-Net's blocks compute, in TorchScript: each block is one call. Written with TorchSharp's modules the network of a motion model takes 370
/// calls, 2 to 16 µs each, which is as long as its arithmetic. Gradients flow through these functions as through any operator.
/// </summary>
internal static class UNetOperators
{
    // Weights come as weight and bias of each layer, in the order of the layers.
    private static readonly NativeScripts Unit = new("""
        def convolution(x: Tensor, weights: List[Tensor], stride: int, replicate: bool):
            weight, bias = weights
            side = weight.size(2) // 2
            if weight.dim() == 3:
                if replicate and side > 0:
                    y = torch.conv1d(torch.replication_pad1d(x, [side, side]), weight, bias, [stride])
                else:
                    y = torch.conv1d(x, weight, bias, [stride], [side])
            else:
                if replicate and side > 0:
                    y = torch.conv2d(torch.replication_pad2d(x, [side, side, side, side]), weight, bias, [stride, stride])
                else:
                    y = torch.conv2d(x, weight, bias, [stride, stride], [side, side])
            return y

        def norm_convolution(x: Tensor, weights: List[Tensor], groups: int, replicate: bool):
            scale, shift, weight, bias = weights
            return convolution(torch.silu(torch.group_norm(x, groups, scale, shift)), [weight, bias], 1, replicate)

        def upsample(x: Tensor, weights: List[Tensor], replicate: bool):
            if x.dim() == 3:
                y = x.unsqueeze(3).expand([-1, -1, -1, 2]).flatten(2)
            else:
                y = x.unsqueeze(3).unsqueeze(5).expand([-1, -1, -1, 2, -1, 2]).flatten(4).flatten(2, 3)
            return convolution(y, weights, 1, replicate)

        def sinusoids(steps: Tensor, half: int, rate: float):
            angles = steps.to(6).unsqueeze(1) * torch.exp(torch.arange(half, dtype=6, device=steps.device) * rate)
            return torch.cat([torch.cos(angles), torch.sin(angles)], 1)

        def embedding(x: Tensor, weights: List[Tensor]):
            weight0, bias0, weight2, bias2 = weights
            return torch.linear(torch.silu(torch.linear(x, weight0, bias0)), weight2, bias2)

        def residual(x: Tensor, emb: Tensor, weights: List[Tensor], skip: List[Tensor], groups: int, scale_shift: bool, replicate: bool, dropout: float):
            in_scale, in_shift, in_weight, in_bias, emb_weight, emb_bias, out_scale, out_shift, out_weight, out_bias = weights
            h = convolution(torch.silu(torch.group_norm(x, groups, in_scale, in_shift)), [in_weight, in_bias], 1, replicate)
            e = torch.linear(emb, emb_weight, emb_bias).unsqueeze(2)
            if x.dim() == 4:
                e = e.unsqueeze(3)
            if scale_shift:
                scale, shift = torch.chunk(e, 2, 1)
                h = torch.addcmul(shift, torch.group_norm(h, groups, out_scale, out_shift), scale + 1)
            else:
                h = torch.group_norm(h + e, groups, out_scale, out_shift)
            h = torch.silu(h)
            if dropout > 0:
                h = torch.dropout(h, dropout, True)
            h = convolution(h, [out_weight, out_bias], 1, replicate)
            if len(skip) == 2:
                x = convolution(x, skip, 1, False)
            return x + h

        def attention(x: Tensor, weights: List[Tensor], groups: int, heads: int):
            scale, shift, qkv_weight, qkv_bias, out_weight, out_bias = weights
            batch, depth = x.size(0), x.size(1) // heads
            h = torch.conv1d(torch.group_norm(x.flatten(2), groups, scale, shift), qkv_weight, qkv_bias)
            q, k, v = torch.chunk(h.reshape([batch * heads, 3 * depth, -1]), 3, 1)
            weight = torch.softmax(torch.baddbmm(x.new_empty([1, 1, 1]), q.transpose(1, 2), k, beta=0, alpha=depth ** -0.5), -1)
            h = torch.bmm(v, weight.transpose(1, 2)).reshape([batch, heads * depth, -1])
            return x + torch.conv1d(h, out_weight, out_bias).reshape(x.size())

        """);

    internal static Tensor Call(string function, params object[] arguments) => (Tensor)Unit.Call(function, arguments);

    /// <summary>Weight and bias of each layer. They are asked for at each call, since a module that moves to another device has new ones.</summary>
    internal static Tensor[] Weights(params ReadOnlySpan<nn.Module> layers)
    {
        var weights = new Tensor[2 * layers.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            (weights[2 * i], weights[2 * i + 1]) = layers[i] switch
            {
                Conv1d c => (c.weight, c.bias!),
                Conv2d c => (c.weight, c.bias!),
                Linear l => (l.weight, l.bias!),
                GroupNorm n => (n.weight!, n.bias!),
                _ => throw new InvalidOperationException($"{layers[i].GetName()} has no weight and bias."),
            };
        }

        return weights;
    }
}
