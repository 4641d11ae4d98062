using System.Text.Json;

namespace Leo.Lab.Tests.Diffusion;

/// <summary>
/// Values beside the tests: <c>diffusion_linear.json</c> was made with the published code of improved-diffusion, the
/// rest by <c>make_golden.py</c>.
/// </summary>
internal static class GoldenFiles
{
    public static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Diffusion", "Golden", name))).RootElement;

    public static double[] Doubles(this JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    public static int[] Ints(this JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetInt32())];

    public static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"[{i}]: expected {expected[i]:R}, found {actual[i]:R}");
        }
    }
}
