using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Leo.Lab;

/// <summary>Collects the faults of a settings record, so that the user sees all of them at once.</summary>
/// <example><c>new SettingsFaults().AtLeast(Steps, 1).Finite(LearningRate).Throw("training settings")</c></example>
public sealed class SettingsFaults
{
    private readonly List<string> _faults = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<string> All => _faults;

    /// <summary>Notes a fault unless <paramref name="value"/> ≥ <paramref name="least"/>.</summary>
    public SettingsFaults AtLeast<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        Require(T.IsFinite(value) && value >= least, name, $"at least {Text(least)}", Text(value));

    /// <summary>Notes a fault unless <paramref name="value"/> &gt; <paramref name="bound"/> (and finite).</summary>
    public SettingsFaults Above(double value, double bound, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(double.IsFinite(value) && value > bound, name, $"more than {Text(bound)}", Text(value));

    /// <summary>Notes a fault unless <paramref name="value"/> lies in [<paramref name="least"/>, <paramref name="most"/>].</summary>
    public SettingsFaults Between<T>(T value, T least, T most, [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        Require(value >= least && value <= most, name, $"{Text(least)} to {Text(most)}", Text(value));

    /// <summary>Notes a fault unless <paramref name="holds"/>.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="name">The setting.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="found">What it is.</param>
    public SettingsFaults Require(bool holds, string name, string expected, string found)
    {
        if (!holds)
        {
            _faults.Add($"{name} must be {Shorten(expected)}, found {Shorten(found)}");
        }
        return this;
    }

    /// <summary>Adds what a part finds wrong with itself, so that the faults of all parts are told together.</summary>
    /// <param name="validate">The part's own check, which throws a <see cref="SettingsException"/>.</param>
    public SettingsFaults Include(Action validate)
    {
        ArgumentNullException.ThrowIfNull(validate);
        try
        {
            validate();
        }
        catch (SettingsException e)
        {
            _faults.AddRange(e.Faults);
        }
        return this;
    }

    /// <summary>Throws if any fault was noted.</summary>
    /// <param name="subject">What is set, e.g. <c>training settings</c>.</param>
    /// <exception cref="SettingsException">There were faults; it lists all.</exception>
    public void Throw(string subject) => SettingsException.ThrowIfAny(subject, _faults);

    // Values come out of files that others wrote.
    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private static string Text<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "nothing";
}
