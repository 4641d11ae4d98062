using System.Text.Json;
using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Perceptual;
using Leo.Lab.Tests.Perceptual;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

/// <summary>
/// One step of the paper's training beside PyTorch's (Golden/make_training_step.py, which agrees with the official training code
/// to 4e-9): VGG pyramid, L1, adversarial loss, both optimisers.
/// </summary>
public class TrainingStepGoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(GoldenFiles.Path("training_step.json"))).RootElement;

    [Fact]
    public void Step_WithThePapersNumbers_HasPyTorchsLossesAndWeights()
    {
        using var folder = new TempFolder();
        var settings = AnimatorRecipe.Paper with
        {
            Animator = new AnimatorSettings { Size = 32, StyleDim = 16, MotionDim = 6, Channels = [12, 12, 8, 8] },
            Perceptual = WriteVgg(folder["vgg.safetensors"]),
        };
        using var task = new AnimatorTask(settings, new FormulaPair(), MovingSquare.HeldOut());
        var discriminator = task.Companions["discriminator"];
        FormulaWeights.Fill(task.Animator);
        FormulaWeights.Fill(discriminator);
        var before = First(task.Animator).Concat(First(discriminator)).ToList();

        var means = new ScalarMeans();
        using var runner = new StepRunner(task, settings.Training, means);
        Assert.Null(runner.Run(0, 0, LearningRates.At(settings.Training, 0, 0)));

        var scalars = means.Take();
        foreach (var expected in Golden.GetProperty("scalars").EnumerateObject())
            Assert.Equal(expected.Value.GetDouble(), scalars[expected.Name], 1e-5 * Math.Max(1, expected.Value.GetDouble()));
        SameWeights(Golden.GetProperty("animator"), task.Animator);
        SameWeights(Golden.GetProperty("discriminator"), discriminator);
        Assert.NotEqual(before, First(task.Animator).Concat(First(discriminator)));
    }

    // A step changes a weight by up to 2e-3; values are compared to a thousandth of it.
    private static void SameWeights(JsonElement golden, nn.Module module)
    {
        var parameters = module.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Assert.Equal(golden.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal), parameters.Keys.Order(StringComparer.Ordinal));
        foreach (var expected in golden.EnumerateObject())
        {
            float[] values = parameters[expected.Name].ToArray<float>();
            foreach (var (at, value) in expected.Value.GetProperty("at").EnumerateArray().Zip(expected.Value.GetProperty("values").EnumerateArray()))
                Assert.True(Math.Abs(values[at.GetInt32()] - value.GetDouble()) < 2e-6, $"{expected.Name}[{at}] is {values[at.GetInt32()]}, expected {value}");
            // Noise strengths and the first to_rgb take no part, and so stay.
            if (!expected.Value.GetProperty("moved").GetBoolean()) Assert.True(parameters[expected.Name].grad is null, expected.Name);
        }
    }

    private static IEnumerable<float> First(nn.Module module) => module.parameters().Select(p => p.ToArray<float>()[0]);

    private static string WriteVgg(string path)
    {
        using var network = new Vgg19Features(PerceptualGolden.ReducedWidths);
        PerceptualGolden.Fill(network);
        Safetensors.Write(path, network.state_dict(), new Dictionary<string, string>());
        return path;
    }

    private sealed class FormulaPair : IFramePairs
    {
        public IReadOnlyDictionary<string, Generator> Generators { get; } = new Dictionary<string, Generator>();

        public (Tensor Source, Tensor Driving) Next() =>
            (PerceptualGolden.Picture("source", [4, 3, 32, 32], 1), PerceptualGolden.Picture("driving", [4, 3, 32, 32], 1));

        public void Dispose()
        {
        }
    }
}
