namespace TorchSharp.Modules;

/// <summary>Pads [N, C, D, H, W] with its border.</summary>
public sealed class ReplicationPad3d : PadBase
{
    internal ReplicationPad3d(params long[] padding) : base(nameof(ReplicationPad3d), PaddingModes.Replicate, 0, padding) { }
}
