using System.Text.Json;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

/// <summary>
/// Two sets of 200×16 features, with the distances that the published code of DIGAN and StyleGAN-V gives for them under
/// PyTorch 1.13 and scipy (<c>Golden/fvd_kvd_small</c>).
/// </summary>
internal static class MetricGolden
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden");

    public static double Value(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "fvd_kvd_small.json"))).RootElement.GetProperty("small").GetProperty(name).GetDouble();

    public static (Tensor A, Tensor B) Sets()
    {
        using var file = SafetensorsFile.Open(Path.Combine(Folder, "fvd_kvd_small.safetensors"));
        return (file.Read("small_X"), file.Read("small_Y"));
    }

    public static void Close(double expected, double found, double relative = 1e-6) =>
        Assert.True(Math.Abs(expected - found) <= relative * Math.Abs(expected), $"expected {expected:R}, found {found:R}");
}
