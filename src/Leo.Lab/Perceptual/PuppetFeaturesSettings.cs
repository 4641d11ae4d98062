using Leo.Lab.Training;

namespace Leo.Lab.Perceptual;

/// <summary>Shape of <see cref="PuppetFeatures"/>.</summary>
public sealed record PuppetFeaturesSettings
{
    /// <summary>Channels of the layers; the first is at full size, each further one at half the size of the one before.</summary>
    /// <value>16, 32, 64, 96</value>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 96];

    /// <summary>Checks the values.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        // Null where JSON says so.
        var faults = new SettingsFaults().Require(Channels is { Count: >= 1 and <= 6 }, nameof(Channels), "1 to 6 numbers", $"{Channels?.Count ?? 0}");
        foreach (var channels in Channels ?? []) faults.Between(channels, 1, 512, nameof(Channels));
        faults.Throw("settings of the puppet features");
    }

    /// <summary>Equal when all numbers are.</summary>
    public bool Equals(PuppetFeaturesSettings? other) => other is not null && Channels.SequenceEqual(other.Channels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Channels.Count, Channels.Sum());
}
