using System.Text.Json;
using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics.People;
using Leo.Lab.Tests.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class PersonNetworkTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden", "person.json"))).RootElement;

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Load_FormulaWeights_GivesPyTorchsFeatures(int lastStride)
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        using (var filled = FormulaNetwork.Fill(new PersonNetwork()))
        {
            // Classes of ImageNet and of the people trained on stand in the file and are not needed.
            var weights = filled.state_dict().Where(s => !s.Key.EndsWith("tracked", StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value);
            weights["model.fc.weight"] = rand(10, 2048);
            weights["classifier.classifier.0.weight"] = rand(7, 512);
            Safetensors.Write(folder["net_last.pth"], weights);
        }
        using var network = PersonNetwork.Load(folder["net_last.pth"], lastStride);
        using var noGrad = no_grad();
        var picture = tensor(FormulaWeights.Unit("person", 3 * 64 * 32), [1, 3, 64, 32], float32);
        float[] features = network.forward(picture).flatten().ToArray<float>();

        var golden = Golden.GetProperty($"stride{lastStride}");
        Assert.Equal(512, features.Length);
        double size = Math.Sqrt(golden.GetProperty("squares").GetDouble());
        foreach (var (i, value) in golden.GetProperty("values").EnumerateArray().Index())
            Assert.Equal(value.GetDouble(), features[16 * i], 1e-5 * size);
        MetricGolden.Close(golden.GetProperty("squares").GetDouble(), features.Average(f => (double)f * f), 1e-5);
    }

    [Fact]
    public void Features_AreOfLengthOne_AndTheMirrorImagesToo()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        using (var filled = FormulaNetwork.Fill(new PersonNetwork()))
            Safetensors.Write(folder["net"], filled.state_dict().Where(s => !s.Key.EndsWith("tracked", StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value));
        using var extractor = PersonExtractor.Load(folder["net"]);
        using var generator = new Generator(1);
        var frame = rand([1, 3, 20, 16], generator: generator) * 255;
        var rows = extractor.Features(cat([frame, frame.flip(3)], 0));
        Assert.Equal(1, rows[0]!.square().sum().item<float>(), 1e-5);
        Assert.True(rows[0]!.allclose(rows[1]!, 1e-3, 1e-4));
        Assert.Equal(512, rows[0]!.shape[0]);
        // Small pictures become large ones as Pillow makes them, within one of 255 steps.
        RequirePrepared("prepared", extractor, 40, 50, (y, x, c) => (37 * y) + (91 * x) + (53 * c) + (y * x));
        RequirePrepared("shrunk", extractor, 600, 300, (y, x, c) => (37 * (y / 9)) + (91 * (x / 7)) + (53 * c));
    }

    [Fact]
    public void Load_SomethingElse_IsRefused()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        Safetensors.Write(folder["a"], new Dictionary<string, Tensor> { ["x"] = rand(2, 2) });
        Assert.Contains("the feature layer", Assert.Throws<CheckpointException>(() => PersonNetwork.Load(folder["a"])).Message);
    }

    private static void RequirePrepared(string name, PersonExtractor extractor, int height, int width, Func<int, int, int, int> level)
    {
        float[,,,] frame = new float[1, 3, height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++)
                    frame[0, c, y, x] = level(y, x, c) % 256;
            }
        }

        var prepared = extractor.Prepare(tensor(frame));
        Assert.Equal([1L, 3, 256, 128], prepared.shape);
        float[] values = prepared.flatten().ToArray<float>();
        double[] expected = [.. Golden.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], values[977 * i], 1.01 / 255 / 0.224);
    }
}
