using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

/// <summary>
/// A checkpoint as LIA's trainer writes it (Checkpoints/Golden/make_pickles.py), of a tiny network with weights by
/// formula: it loads as it is, and makes the images of the same weights put in by hand.
/// </summary>
public sealed class OfficialCheckpointTests
{
    private static readonly AnimatorSettings Tiny = new() { Size = 8, StyleDim = 4, MotionDim = 3, Channels = [3, 2] };

    [Fact]
    public void Load_LiaTrainingCheckpoint_GivesTheFormulasImages()
    {
        using var loaded = ImageAnimator.Load(File("lia-tiny.legacy.pt"));
        Assert.Equal(Tiny, loaded.Settings);
        Same(loaded, 0);
    }

    [Fact]
    public void Load_OfDataParallelInHalf_GivesThemToSixteenBits()
    {
        using var loaded = ImageAnimator.Load(File("lia-tiny-half.zip.pt"));
        Assert.Equal(Tiny, loaded.Settings);
        Same(loaded, 0.05);
    }

    [Fact]
    public void Load_AfterConversionToEitherFormat_GivesTheSame()
    {
        using var folder = new TempFolder();
        foreach (string target in (string[])["a.safetensors", "a.dat"])
        {
            using (var checkpoint = Checkpoint.Open(File("lia-tiny.legacy.pt")))
                CheckpointConverter.Convert(checkpoint, folder[target]);
            using var loaded = ImageAnimator.Load(folder[target]);
            Same(loaded, 0);
        }
    }

    internal static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Checkpoints", "Golden", name);

    private static void Same(ImageAnimator loaded, double tolerance)
    {
        using var expected = new ImageAnimator(Tiny);
        FormulaWeights.Fill(expected);
        expected.eval();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var images = tensor(FormulaWeights.Unit("images", 2 * 3 * 8 * 8), [2, 3, 8, 8]);
        var (source, driving) = (images.narrow(0, 0, 1), images.narrow(0, 1, 1));
        float difference = (expected.forward(source, driving) - loaded.forward(source, driving)).abs().max().item<float>();
        Assert.InRange(difference, 0, tolerance);
    }
}
