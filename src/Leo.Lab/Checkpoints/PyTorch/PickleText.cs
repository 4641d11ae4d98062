using System.Globalization;

namespace Leo.Lab.Checkpoints.PyTorch;

/// <summary>Plain values of a pickle as Python prints them.</summary>
internal static class PickleText
{
    private const int Longest = 1000;

    internal static string Of(object? value) => value switch
    {
        null => "None",
        bool b => b ? "True" : "False",
        string text => text.Length <= Longest ? text : text[..Longest] + "…",
        double number => Number(number),
        byte[] bytes => $"{bytes.Length} bytes",
        Pickle.PickleDevice device => device.Name,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Number(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(number) && text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text;
    }
}
