namespace TorchSharp;

/// <summary>The ATen operators that tensors use, by schema name.</summary>
internal static partial class Ops
{
    public static readonly Op detach = new("aten::detach"), detach_ = new("aten::detach_"), equal = new("aten::equal"),
        is_nonzero = new("aten::is_nonzero");
}
