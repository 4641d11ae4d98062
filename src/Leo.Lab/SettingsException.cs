namespace Leo.Lab;

/// <summary>Settings with faults; lists every one of them.</summary>
public sealed class SettingsException : LeoException
{
    /// <summary>One line with all faults.</summary>
    /// <param name="subject">What is set, e.g. <c>training settings</c> or a path.</param>
    /// <param name="faults">Each names the setting, the expected range and the value found.</param>
    public SettingsException(string subject, IReadOnlyList<string> faults)
        : base(subject, string.Join("; ", faults), faults.Count == 1 ? "Correct this value" : "Correct these values") => Faults = faults;

    /// <summary>Every fault, in the order of the settings.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Throws if there is any fault.</summary>
    public static void ThrowIfAny(string subject, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new SettingsException(subject, faults);
        }
    }
}
