using Leo.Lab.Training;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>Shape of <see cref="PuppetI3dNetwork"/>.</summary>
public sealed record PuppetI3dSettings
{
    /// <summary>Channels of the blocks; each halves the sides, and each but the first the time.</summary>
    /// <value>24, 48, 96, 160</value>
    public IReadOnlyList<int> Channels { get; init; } = [24, 48, 96, 160];

    /// <summary>Numbers that come out.</summary>
    /// <value>128</value>
    public int Width { get; init; } = 128;

    /// <summary>Checks the values.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        var faults = new SettingsFaults().Require(Channels is { Count: >= 1 and <= 5 }, nameof(Channels), "1 to 5 numbers", $"{Channels?.Count ?? 0}").Between(Width, 1, 4096);
        foreach (int channels in Channels ?? []) faults.Between(channels, 1, 1024, nameof(Channels));
        faults.Throw("settings of puppet-i3d");
    }

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(PuppetI3dSettings? other) => other is not null && Width == other.Width && Channels.SequenceEqual(other.Channels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Channels.Count, Channels.Sum());
}
