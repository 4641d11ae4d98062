using System.CommandLine;
using System.Globalization;
using Leo.Lab.Experiments;
using Leo.Lab.Metrics.KeyPoints;

namespace Leo.Cli.Commands;

/// <summary>AKD, MKR and AED on the command line: their options, lines and JSON.</summary>
internal static class ComparisonView
{
    public static Option<string?> KeyPointsOption() => new("--keypoints")
    {
        Description = $"What finds key points for AKD and MKR: {KeyPointFinders.Known}. Without it there are no such numbers.",
        HelpName = "kind:FILE",
    };

    public static Option<string?> IdentityOption() => new("--identity")
    {
        Description = $"What says who is shown for AED: {FrameExtractors.Known}. Without it there is no such number.",
        HelpName = "kind:FILE",
    };

    public static IEnumerable<string> Lines(KeyPointScore? points, IdentityScore? people)
    {
        if (points is not null)
        {
            yield return Text($"AKD({points.Name}), px", points.Akd, string.Create(CultureInfo.InvariantCulture, $"mean of |Δx| and |Δy|, as published; straight {points.AkdStraight:0.000} px; of {points.Frames} frames, {points.FramesWithout} more without"));
            yield return Text($"MKR({points.Name})", points.Mkr, "share of the real frames' key points that the generated ones lack");
        }
        if (people is not null)
            yield return Text($"AED({people.Name})", people.Aed, string.Create(CultureInfo.InvariantCulture, $"squared, as the published program prints it, {people.AedSquared:0.0000}; of {people.Frames} frames, nobody in {people.FramesMissing} generated and {people.FramesWithout} real ones"));
    }

    public static object? Summary(KeyPointScore? points) => points is null ? null : new
    {
        points.Name,
        Akd = Known(points.Akd),
        AkdStraight = Known(points.AkdStraight),
        Mkr = Known(points.Mkr),
        points.Frames,
        points.FramesWithout,
    };

    public static object? Summary(IdentityScore? people) => people is null ? null : new
    {
        people.Name,
        Aed = Known(people.Aed),
        AedSquared = Known(people.AedSquared),
        people.Frames,
        people.FramesMissing,
        people.FramesWithout,
    };

    private static string Text(string name, double value, string remark) => double.IsFinite(value)
        ? string.Create(CultureInfo.InvariantCulture, $"{name,-32} {value,12:0.0000}    {remark}")
        : $"{name,-32} {"–",12}    {remark}";

    // JSON has no NaN: where nothing was found there is no number.
    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
