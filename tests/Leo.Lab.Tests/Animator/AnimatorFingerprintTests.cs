using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Motion;
using Leo.Lab.Tests.Motion;
using Leo.Lab.Tests.Training;
using TorchSharp;

namespace Leo.Lab.Tests.Animator;

/// <summary>Codes and their models know the animator that they belong to.</summary>
public sealed class AnimatorFingerprintTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_AnimatorItsFileAndItsHalfSizedExport_IsTheSame()
    {
        using var animator = Make(1);
        string mark = AnimatorFingerprint.Of(animator);
        animator.Save(_folder["a.safetensors"]);
        using (var checkpoint = Checkpoint.Open(_folder["a.safetensors"]))
            checkpoint.Export(_folder["half.safetensors"], torch.ScalarType.Float16);
        using var half = ImageAnimator.Load(_folder["half.safetensors"]);
        Assert.Matches("^encoder-[0-9a-f]{12}$", mark);
        Assert.Equal(mark, AnimatorFingerprint.Of(_folder["a.safetensors"]));
        Assert.Equal(mark, AnimatorFingerprint.Of(_folder["half.safetensors"]));
        Assert.Equal(mark, AnimatorFingerprint.Of(half));
    }

    [Fact]
    public void Of_OtherEncoder_IsAnother_OtherGeneratorIsNot()
    {
        using var one = Make(1);
        using var two = Make(2);
        string mark = AnimatorFingerprint.Of(one);
        Assert.NotEqual(mark, AnimatorFingerprint.Of(two));
        one.ScaleFlow(0.5);
        Assert.Equal(mark, AnimatorFingerprint.Of(one));
    }

    [Fact]
    public void Pipeline_OfModelsOfAnotherAnimator_IsRefused_AndOneThatDoesNotSayIsNoted()
    {
        using var faces = Make(1);
        using var bodies = Make(2);
        faces.Save(_folder["animator.safetensors"]);
        Motion(AnimatorFingerprint.Of(faces), "own.safetensors");
        Motion(AnimatorFingerprint.Of(bodies), "foreign.safetensors");
        Motion("", "old.safetensors");

        // Both have codes of four numbers.
        using (var own = Load("own.safetensors")) Assert.Empty(own.Notes);
        using (var old = Load("old.safetensors")) Assert.Contains("old.safetensors does not say which animator", Assert.Single(old.Notes));
        var error = Assert.Throws<CheckpointException>(() => Load("foreign.safetensors"));
        Assert.Contains(AnimatorFingerprint.Of(faces), error.Message);
        Assert.Contains(AnimatorFingerprint.Of(bodies), error.Message);

        LeoPipeline Load(string motion) => LeoPipeline.Load(new LeoParts(_folder["animator.safetensors"]) { Motion = _folder[motion] });
    }

    [Fact]
    public void HeldOutCodes_OfAnotherAnimator_AreRefused() => Assert.Throws<CheckpointException>(() =>
        new MotionTask(new MotionRecipe { Motion = MotionModelTests.Narrow }, RecipeTests.Of("encoder-000000000001"), RecipeTests.Of("encoder-000000000002")));

    private void Motion(string mark, string name)
    {
        using var model = MotionModel.Create(MotionModelTests.Narrow, RecipeTests.Of(mark), 0);
        model.Save(_folder[name]);
        using var again = MotionModel.Load(_folder[name]);
        Assert.Equal(mark, again.Animator);
    }

    private static ImageAnimator Make(long seed)
    {
        using var generator = Seeds.Generator(seed, "animator");
        return new ImageAnimator(new AnimatorSettings { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] }, generator);
    }
}
