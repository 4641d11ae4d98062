using System.Numerics;
using Leo.Lab.Checkpoints;

namespace Leo.Lab.Animator;

/// <summary>Shape of the image animator (LEO §3.1, §5.1; LIA). Only numbers differ between the presets.</summary>
public sealed record AnimatorSettings
{
    // Four times the paper's: a damaged header must not ask for all memory.
    private const int Widest = 2048;

    /// <summary>Side of the square images in pixels, a power of two.</summary>
    /// <value>64 by default; 8 to 512.</value>
    public int Size { get; init; } = 64;

    /// <summary>Width of the appearance code (the style).</summary>
    /// <value>128 by default; 512 in the paper.</value>
    public int StyleDim { get; init; } = 128;

    /// <summary>Number of motion directions, the length of the motion code α; at most <see cref="StyleDim"/>.</summary>
    /// <value>20 by default, as in the paper.</value>
    public int MotionDim { get; init; } = 20;

    /// <summary>Channels of the feature maps at 4, 8, 16, …, <see cref="Size"/> pixels.</summary>
    /// <value>64, 64, 64, 32, 16 by default.</value>
    public int[] Channels { get; init; } = [64, 64, 64, 32, 16];

    /// <summary>
    /// 64×64, a sixteenth of the paper's channels where they cost time and an eighth at 16 pixels and below, where
    /// motion is read and they cost next to nothing: an hour on two cores.
    /// </summary>
    public static AnimatorSettings Tiny => new();

    /// <summary>128×128, half of the paper's channels: hours on one GPU.</summary>
    public static AnimatorSettings Small => new() { Size = 128, StyleDim = 256, Channels = [256, 256, 256, 256, 128, 64] };

    /// <summary>256×256 with LIA's official widths.</summary>
    public static AnimatorSettings Paper => Official(256);

    /// <summary>LIA's official widths at <paramref name="size"/> pixels.</summary>
    /// <exception cref="SettingsException">The size is not a power of two from 8 to 512.</exception>
    public static AnimatorSettings Official(int size)
    {
        int[] widths = [512, 512, 512, 512, 256, 128, 64, 32];
        int scales = BitOperations.IsPow2(size) && size is >= 8 and <= 512 ? BitOperations.Log2((uint)size) - 1 : 0;
        var settings = new AnimatorSettings { Size = size, StyleDim = 512, Channels = widths[..scales] };
        settings.Validate();
        return settings;
    }

    /// <summary>Infers the settings from the shapes of a bare state dict with the official names.</summary>
    /// <param name="shapes">Shape of each tensor by its unprefixed name.</param>
    /// <param name="subject">What the errors name, usually the file.</param>
    /// <exception cref="CheckpointException">A tensor that tells a setting is missing or has an odd shape.</exception>
    public static AnimatorSettings FromShapes(IReadOnlyDictionary<string, IReadOnlyList<long>> shapes, string subject = "the state dict")
    {
        int scales = 0;
        while (shapes.ContainsKey($"enc.net_app.convs.{scales + 1}.conv1.0.weight")) scales++;
        int[] channels = new int[scales + 1];
        channels[scales] = Side("enc.net_app.convs.0.0.weight", 4, 0);
        for (int i = 1; i <= scales; i++) channels[scales - i] = Side($"enc.net_app.convs.{i}.conv2.1.weight", 4, 0);
        var settings = new AnimatorSettings
        {
            Size = scales < 28 ? 4 << scales : int.MaxValue,
            StyleDim = Side($"enc.net_app.convs.{scales + 1}.weight", 4, 0),
            MotionDim = Side("dec.direction.weight", 2, 1),
            Channels = channels,
        };
        return settings.Faults() is [var fault, ..]
            ? throw new CheckpointException(subject, $"the shapes do not make an animator: {fault}", Advice)
            : settings;

        int Side(string name, int dimensions, int dimension)
        {
            if (!shapes.TryGetValue(name, out var shape))
                throw new CheckpointException(subject, $"expected a tensor of this name, found none; there are {TensorNames.Some(shapes.Keys)}", Advice, name);
            return shape.Count == dimensions && shape[dimension] is > 0 and < int.MaxValue
                ? (int)shape[dimension]
                : throw new CheckpointException(subject, $"expected {dimensions} dimensions, found [{string.Join(", ", shape)}]", Advice, name);
        }
    }

    /// <summary>Channels of the feature maps of <paramref name="size"/> pixels.</summary>
    public int ChannelsAt(int size) => Channels[BitOperations.Log2((uint)size) - 2];

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        if (Faults() is { Count: > 0 } faults) throw new SettingsException("animator settings", faults);
    }

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(AnimatorSettings? other) => other is not null && Size == other.Size && StyleDim == other.StyleDim
        && MotionDim == other.MotionDim && Channels.AsSpan().SequenceEqual(other.Channels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Size, StyleDim, MotionDim, Channels.Length);

    /// <summary>Names by which an animator's weights are found among others of a file.</summary>
    internal static string[] Telling { get; } = ["dec.direction.weight", "enc.net_app.convs.0.0.weight"];

    private const string Advice = "Use an animator checkpoint with LIA's official names";

    private List<string> Faults()
    {
        var faults = new List<string>();
        bool sizeIsGood = BitOperations.IsPow2(Size) && Size is >= 8 and <= 512;
        if (!sizeIsGood) faults.Add($"size is {Size}, expected a power of two from 8 to 512");
        if (StyleDim is < 1 or > Widest) faults.Add($"styleDim is {StyleDim}, expected 1 to {Widest}");
        if (MotionDim < 1 || MotionDim > StyleDim) faults.Add($"motionDim is {MotionDim}, expected 1 to styleDim ({StyleDim})");
        if (Channels is null) return [.. faults, "channels is missing"];      // JSON may say null
        if (sizeIsGood && Channels.Length != BitOperations.Log2((uint)Size) - 1)
            faults.Add($"channels has {Channels.Length} values, expected {BitOperations.Log2((uint)Size) - 1} (for 4, 8, …, {Size} pixels)");
        if (Channels.Any(c => c is < 1 or > Widest)) faults.Add($"channels has a value outside 1 to {Widest}");
        return faults;
    }
}
