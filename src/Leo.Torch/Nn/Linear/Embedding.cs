using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A table of vectors, looked up by index. Weight [count, size] starts standard normal.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    private readonly long? padding_idx;
    private readonly double? max_norm;
    private readonly double norm_type;
    private readonly bool scale_grad_by_freq;
    private readonly bool sparse;

    internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
        : base(nameof(Embedding))
    {
        this.padding_idx = padding_idx < 0 ? weight.shape[0] + padding_idx : padding_idx;
        this.max_norm = max_norm;
        this.norm_type = norm_type;
        this.scale_grad_by_freq = scale_grad_by_freq;
        this.sparse = sparse;
        this.weight = weight;
    }

    /// <summary>The table, [count, size].</summary>
    public Parameter? weight
    {
        get => OwnParameter(nameof(weight));
        set => SetOwnParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    /// <summary>[…] of Int64 → […, size]</summary>
    public override Tensor forward(Tensor input)
    {
        if (max_norm is { } most)
        {
            using var constant = no_grad();
            Op.Do("aten::embedding_renorm_", weight!, input, most, norm_type);
        }
        return Op.Call("aten::embedding", weight!, input, padding_idx ?? -1, scale_grad_by_freq, sparse);
    }

    internal void Reset()
    {
        using var constant = no_grad();
        nn.init.normal_(weight!);
        if (padding_idx is not { } row) return;
        using var unused = Op.Call("aten::select.int", weight!, 0, row);
        Op.Do("aten::zero_", unused);
    }
}
