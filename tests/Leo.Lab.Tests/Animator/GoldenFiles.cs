using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

/// <summary>Facts about the official network, stored beside the tests.</summary>
internal static class GoldenFiles
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Animator", "Golden", name);

    /// <summary>Name, shape, first value and sum of each entry of the official state dict.</summary>
    public static IReadOnlyList<(string Name, long[] Shape, double First, double Sum)> Keys(int size) =>
    [
        .. File.ReadLines(Path($"lia_keys_{size}.tsv")).Select(line => line.Split('\t')).Select(f =>
            (f[0], f[1].Split(',').Select(long.Parse).ToArray(), double.Parse(f[2]), double.Parse(f[3]))),
    ];

    /// <summary>Inputs and outputs of the official network at 64 pixels; images become [-1, 1].</summary>
    public static Dictionary<string, Tensor> Formula64()
    {
        using var file = SafetensorsFile.Open(Path("lia_formula_64.safetensors"));
        return file.Names.ToDictionary(name => name, name => file.DType(name) == ScalarType.Byte
            ? file.Read(name).to(float32) / 127.5 - 1
            : file.Read(name));
    }
}
