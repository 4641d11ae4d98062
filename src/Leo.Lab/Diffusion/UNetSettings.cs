namespace Leo.Lab.Diffusion;

/// <summary>The shape of the U-Net (Nichol &amp; Dhariwal 2021, appendix A).</summary>
public sealed record UNetSettings
{
    /// <summary>Channels of the first level; the others are multiples.</summary>
    /// <value>Default 32.</value>
    public int BaseChannels { get; init; } = 32;

    /// <summary>Channels of each level over <see cref="BaseChannels"/>; each further level halves the length.</summary>
    /// <value>Default 1, 2, 2.</value>
    public IReadOnlyList<int> ChannelMult { get; init; } = [1, 2, 2];

    /// <summary>Residual blocks per level on the way down; the way up has one more.</summary>
    /// <value>Default 1.</value>
    public int ResBlocks { get; init; } = 1;

    /// <summary>Downsampling rates (1, 2, 4, …) whose blocks end in self-attention; the middle always has it.</summary>
    /// <value>Default 2, 4.</value>
    public IReadOnlyList<int> AttentionRates { get; init; } = [2, 4];

    /// <summary>Heads of each self-attention.</summary>
    /// <value>Default 4.</value>
    public int Heads { get; init; } = 4;

    /// <summary>
    /// Groups of each GroupNorm. The reference has 32 at 128 base channels, four channels a group; a narrower network
    /// keeps that ratio, since with one channel a group the mean of every channel over time would be lost.
    /// </summary>
    /// <value>Default 8.</value>
    public int NormGroups { get; init; } = 8;

    /// <summary>Dropout inside the residual blocks.</summary>
    /// <value>Default 0.</value>
    public double Dropout { get; init; }

    /// <summary>Whether the step's embedding scales and shifts the norm (Nichol &amp; Dhariwal 2021, §3.2) or is added.</summary>
    /// <value>Default true.</value>
    public bool ScaleShiftNorm { get; init; } = true;

    /// <summary>
    /// Whether convolutions see the last value go on past the edge, or zeros as the reference has it. Zeros make the first and the
    /// last code of a sequence different from all others, and a small network that is trained for minutes gets them wrong.
    /// </summary>
    /// <value>Default false.</value>
    public bool ReplicateEdges { get; init; }

    /// <summary>By how much the network shortens a sequence: its length must be a multiple of this.</summary>
    public int LengthMultiple() => 1 << (ChannelMult.Count - 1);

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(UNetSettings? other) => other is not null && BaseChannels == other.BaseChannels
        && ChannelMult.SequenceEqual(other.ChannelMult) && ResBlocks == other.ResBlocks
        && AttentionRates.SequenceEqual(other.AttentionRates) && Heads == other.Heads && NormGroups == other.NormGroups
        && Dropout.Equals(other.Dropout) && ScaleShiftNorm == other.ScaleShiftNorm && ReplicateEdges == other.ReplicateEdges;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(BaseChannels, ChannelMult.Count, ResBlocks, Heads, NormGroups);

    internal SettingsFaults Check(SettingsFaults faults) => faults
        .Require(BaseChannels >= 2 && BaseChannels % 2 == 0, nameof(BaseChannels), "even and at least 2", $"{BaseChannels}")
        .Require(ChannelMult.Count > 0 && ChannelMult.All(m => m > 0), nameof(ChannelMult), "one positive number per level", $"[{string.Join(", ", ChannelMult)}]")
        .AtLeast(ResBlocks, 1)
        .Require(NormGroups > 0 && BaseChannels % NormGroups == 0, nameof(NormGroups), $"a divisor of BaseChannels ({BaseChannels})", $"{NormGroups}")
        .Require(Heads > 0 && ChannelMult.All(m => m * BaseChannels % Heads == 0), nameof(Heads), "a divisor of the channels of every level", $"{Heads}")
        .Require(Dropout is >= 0 and < 1, nameof(Dropout), "from 0 to below 1", $"{Dropout}");
}
