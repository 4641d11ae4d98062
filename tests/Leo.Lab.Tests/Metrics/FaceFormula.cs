using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Leo.Lab.Tests.Animator;

namespace Leo.Lab.Tests.Metrics;

/// <summary>
/// Weights of face-api's networks by formula, written as face-api keeps them: the names and shapes are its own (Golden/face_weights.tsv, ssd_weights.tsv), bytes are the
/// first eight bits of the formula's number, scale and least value √(6/fan-in) for filters and so on; short biases are plain floats.
/// </summary>
internal static class FaceFormula
{
    public static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden", name);

    /// <summary>Writes manifests and weights of the three small networks.</summary>
    public static void Write(string folder) => Write(folder, "face_weights.tsv");

    /// <summary>Writes manifest and weights of the SSD detector.</summary>
    public static void WriteSsd(string folder) => Write(folder, "ssd_weights.tsv");

    private static void Write(string folder, string names)
    {
        foreach (var network in File.ReadLines(Golden(names)).Select(l => l.Split('\t')).GroupBy(c => c[0]))
        {
            var entries = new JsonArray();
            using var bytes = new MemoryStream();
            foreach (string[] columns in network)
            {
                long[] shape = [.. columns[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
                entries.Add(columns[1] == "Output/extra_dim" ? Anchors(columns[1], shape, bytes) : One(network.Key, columns[1], shape, bytes, columns.ElementAtOrDefault(3) ?? "float32"));
            }
            var manifest = new JsonArray(new JsonObject { ["weights"] = entries, ["paths"] = new JsonArray(network.Key + ".bin") });
            File.WriteAllText(Path.Combine(folder, network.Key + "-weights_manifest.json"), manifest.ToJsonString());
            File.WriteAllBytes(Path.Combine(folder, network.Key + ".bin"), bytes.ToArray());
        }
    }

    /// <summary>(37y + 91x + 53c + yx) mod 256, [3, H, W].</summary>
    public static float[,,] Picture(int height, int width)
    {
        float[,,] picture = new float[3, height, width];
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    picture[c, y, x] = ((37 * y) + (91 * x) + (53 * c) + (y * x)) % 256;
            }
        }

        return picture;
    }

    /// <summary>Requires every so-manieth number, relative to their size.</summary>
    public static void RequireNumbers(string name, IReadOnlyList<double> found)
    {
        var golden = JsonDocument.Parse(File.ReadAllText(Golden("faces.json"))).RootElement.GetProperty(name);
        int every = golden.GetProperty("every").GetInt32();
        double squares = golden.GetProperty("squares").GetDouble();
        foreach (var (i, value) in golden.GetProperty("values").EnumerateArray().Index())
            Assert.Equal(value.GetDouble(), found[i * every], 2e-5 * Math.Sqrt(squares));
        MetricGolden.Close(squares, found.Average(v => v * v), 1e-4);
    }

    public static double[] Numbers(string name, string? part = null)
    {
        var golden = JsonDocument.Parse(File.ReadAllText(Golden("faces.json"))).RootElement.GetProperty(name);
        return [.. (part is null ? golden : golden.GetProperty(part)).EnumerateArray().Select(v => v.GetDouble())];
    }

    // Corners of typical boxes in plain floats: 0.25, 0.25, 0.7, 0.7, each give or take 0.2.
    private static JsonObject Anchors(string name, long[] shape, MemoryStream bytes)
    {
        foreach (var (i, v) in FormulaWeights.Unit(name, shape.Aggregate(1L, (a, n) => a * n)).Index())
            bytes.Write(BitConverter.GetBytes((float)((i % 4 < 2 ? 0.25 : 0.7) + (0.2 * v))));
        return new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. shape.Select(n => (JsonNode)n)]), ["dtype"] = "float32" };
    }

    private static JsonObject One(string network, string name, long[] shape, MemoryStream bytes, string type)
    {
        long count = shape.Aggregate(1L, (a, n) => a * n);
        bool bias = name.EndsWith("bias", StringComparison.Ordinal) || name.EndsWith("biases", StringComparison.Ordinal)
            || name.EndsWith("offset", StringComparison.Ordinal) || name.EndsWith("beta", StringComparison.Ordinal) || name.EndsWith("mean", StringComparison.Ordinal);
        double scale = 0.25, middle = 0;
        if (name.EndsWith("scale/weights", StringComparison.Ordinal) || name.EndsWith("gamma", StringComparison.Ordinal) || name.EndsWith("variance", StringComparison.Ordinal))
        {
            middle = 1;
        }
        else if (!bias && shape.Length > 1)
        {
            long fan = name.Contains("depthwise", StringComparison.Ordinal) ? shape[0] * shape[1] : shape[..^1].Aggregate(1L, (a, n) => a * n);
            scale = Math.Sqrt(6.0 / fan);
            if (shape.Length == 4)
                scale *= network.Contains("recog", StringComparison.Ordinal) ? 0.5 : network.Contains("landmark", StringComparison.Ordinal) ? 0.55 : 1;
        }
        float[] u = FormulaWeights.Unit(name, count);
        var entry = new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. shape.Select(n => (JsonNode)n)]), ["dtype"] = type };
        if (bias && count < 100)
        {
            foreach (float v in u)
                bytes.Write(BitConverter.GetBytes((float)((v * scale) + middle)));
            return entry;
        }
        foreach (float v in u)
            bytes.WriteByte((byte)(long)((v + 1.0) * 128));
        entry["quantization"] = new JsonObject { ["dtype"] = "uint8", ["scale"] = scale / 127.5, ["min"] = middle - scale };
        return entry;
    }
}
