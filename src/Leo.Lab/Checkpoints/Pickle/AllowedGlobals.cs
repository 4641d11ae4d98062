using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints.Pickle;

/// <summary>
/// The only names that a pickle may mention: what torch.save writes for state dictionaries, and the
/// argparse.Namespace or Lightning's AttributeDict that training scripts put beside them. NumPy's scalars are not among them: neither LIA's
/// trainer nor torch's own optimisers and schedulers write any.
/// </summary>
internal static class AllowedGlobals
{
    internal static readonly PickleGlobal
        OrderedDict = new("collections", "OrderedDict"),
        Namespace = new("argparse", "Namespace"),
        RebuildTensor = new("torch._utils", "_rebuild_tensor"),
        RebuildTensorV2 = new("torch._utils", "_rebuild_tensor_v2"),
        RebuildParameter = new("torch._utils", "_rebuild_parameter"),
        Size = new("torch", "Size"),
        Device = new("torch", "device");

    // A dict whose keys are attributes too: hyper_parameters, in Lightning's packages through the years.
    private static readonly HashSet<PickleGlobal> AttributeDicts =
    [
        .. ((string[])["pytorch_lightning.utilities.parsing", "lightning.pytorch.utilities.parsing", "lightning_fabric.utilities.data", "lightning.fabric.utilities.data"])
            .Select(module => new PickleGlobal(module, "AttributeDict")),
    ];

    private static readonly Dictionary<PickleGlobal, ScalarType> Storages = new()
    {
        [new("torch", "DoubleStorage")] = ScalarType.Float64,
        [new("torch", "FloatStorage")] = ScalarType.Float32,
        [new("torch", "HalfStorage")] = ScalarType.Float16,
        [new("torch", "BFloat16Storage")] = ScalarType.BFloat16,
        [new("torch", "LongStorage")] = ScalarType.Int64,
        [new("torch", "IntStorage")] = ScalarType.Int32,
        [new("torch", "ShortStorage")] = ScalarType.Int16,
        [new("torch", "CharStorage")] = ScalarType.Int8,
        [new("torch", "ByteStorage")] = ScalarType.Byte,
        [new("torch", "BoolStorage")] = ScalarType.Bool,
        // Storages saved on their own, by torch 1.12 and 1.13, and since 2.0.
        [new("torch.storage", "_UntypedStorage")] = ScalarType.Byte,
        [new("torch.storage", "UntypedStorage")] = ScalarType.Byte,
    };

    private static readonly HashSet<PickleGlobal> All =
    [
        OrderedDict, Namespace, RebuildTensor, RebuildTensorV2, RebuildParameter, Size, Device, .. AttributeDicts, .. Storages.Keys,
        .. ((string[])["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"])
            .Select(type => new PickleGlobal("torch", type)),
    ];

    internal static bool Contains(PickleGlobal name) => All.Contains(name);

    /// <summary>Whether it is Lightning's dict.</summary>
    internal static bool IsAttributeDict(PickleGlobal name) => AttributeDicts.Contains(name);

    /// <summary>The element type of a storage class.</summary>
    internal static bool IsStorage(PickleGlobal name, out ScalarType type) => Storages.TryGetValue(name, out type);
}
