using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

public sealed class AnimatorFilesTests : IDisposable
{
    private static readonly AnimatorSettings Settings = new() { Size = 16, StyleDim = 16, MotionDim = 6, Channels = [6, 5, 4] };

    private readonly string _folder = Directory.CreateTempSubdirectory("leo-animator-").FullName;
    private readonly ImageAnimator _animator = new(Settings, Seeds.Generator(1, "g"));

    [Fact]
    public void Load_OfASavedAnimator_GivesTheSameImages()
    {
        string path = Path.Combine(_folder, "animator.safetensors");
        _animator.Save(path, 12);
        using var loaded = ImageAnimator.Load(path);
        Assert.Equal(Settings, loaded.Settings);
        Assert.False(loaded.training);
        SameImages(loaded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gen.")]
    [InlineData("ema.")]
    [InlineData("model.")]
    public void Load_OfABareStateDict_InfersTheSettings(string prefix)
    {
        string path = Write(_animator.state_dict().ToDictionary(e => prefix + e.Key, e => e.Value));
        using var loaded = ImageAnimator.Load(path);
        Assert.Equal(Settings, loaded.Settings);
        SameImages(loaded);
    }

    [Fact]
    public void Load_WithATensorMissing_NamesItAndItsShape()
    {
        var state = _animator.state_dict();
        state.Remove("dec.convs.1.conv.weight");
        var error = Assert.Throws<CheckpointException>(() => ImageAnimator.Load(Write(state)));
        Assert.Equal("dec.convs.1.conv.weight", error.Key);
        Assert.Contains("1, 5, 5, 3, 3", error.Message);
    }

    [Fact]
    public void Load_WithATensorTooMany_NamesIt()
    {
        using var extra = zeros(3);
        var state = _animator.state_dict();
        state["dec.convs.9.conv.weight"] = extra;
        Assert.Equal("dec.convs.9.conv.weight", Assert.Throws<CheckpointException>(() => ImageAnimator.Load(Write(state))).Key);
    }

    [Fact]
    public void Load_WithAWrongShape_NamesExpectedAndFound()
    {
        using var wrong = zeros(7, 16);
        var state = _animator.state_dict();
        state["enc.fc.4.weight"] = wrong;
        var error = Assert.Throws<CheckpointException>(() => ImageAnimator.Load(Write(state)));
        Assert.Equal("enc.fc.4.weight", error.Key);
        Assert.Contains("6, 16", error.Message);
        Assert.Contains("7, 16", error.Message);
    }

    [Theory]
    [InlineData("dec.direction.weight")]
    [InlineData("enc.net_app.convs.0.0.weight")]
    public void Load_WithoutATensorThatTellsASetting_NamesIt(string name)
    {
        var state = _animator.state_dict();
        state.Remove(name);
        Assert.Equal(name, Assert.Throws<CheckpointException>(() => ImageAnimator.Load(Write(state))).Key);
    }

    [Theory]
    [InlineData("""{"size":48,"channels":[1]}""", "48")]
    [InlineData("""{"channels":[]}""", "channels has 0 values")]
    [InlineData("""{"styleDim":2000000000}""", "2000000000")]
    public void Load_WithBadSettingsInTheHeader_NamesFileAndFault(string settings, string fault)
    {
        string path = Path.Combine(_folder, "bad.safetensors");
        Checkpoint.Save(path, ImageAnimator.Kind, settings, 0, _animator.state_dict());
        var error = Assert.Throws<CheckpointException>(() => ImageAnimator.Load(path));
        Assert.Contains(path, error.Message);
        Assert.Contains(fault, error.Message);
    }

    [Fact]
    public void Load_OfSomethingElse_IsACheckpointError()
    {
        using var something = zeros(3);
        string path = Write(new Dictionary<string, Tensor> { ["weight"] = something });
        Assert.Throws<CheckpointException>(() => ImageAnimator.Load(path));
        Assert.Throws<CheckpointException>(() => ImageAnimator.Load(Path.Combine(_folder, "none.safetensors")));
    }

    public void Dispose()
    {
        _animator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(IReadOnlyDictionary<string, Tensor> state)
    {
        string path = Path.Combine(_folder, "bare.safetensors");
        Safetensors.Write(path, state);
        return path;
    }

    private void SameImages(ImageAnimator loaded)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var images = randn([2, 3, 16, 16], float32, generator: Seeds.Generator(2, "x"));
        var expected = _animator.forward(images.narrow(0, 0, 1), images.narrow(0, 1, 1));
        var found = loaded.forward(images.narrow(0, 0, 1), images.narrow(0, 1, 1));
        Assert.Equal(expected.ToArray<float>(), found.ToArray<float>());
    }
}
