using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

/// <summary>The official network's numbers, with weights by <see cref="FormulaWeights"/>.</summary>
public sealed class AnimatorGoldenTests : IClassFixture<AnimatorGoldenTests.Official>
{
    private const double Tolerance = 1e-3;

    private readonly Official _official;

    public AnimatorGoldenTests(Official official) => _official = official;

    [Fact]
    public void Weights_ByFormula_SumAsInTheOfficialState()
    {
        var state = _official.Animator.state_dict();
        foreach (var (name, _, first, sum) in GoldenFiles.Keys(64))
        {
            using var scope = NewDisposeScope();
            Assert.Equal(first, state[name].flatten()[0].item<float>(), 6);
            Assert.Equal(sum, state[name].to(float64).sum().item<double>(), 1e-5 * Math.Max(1, Math.Abs(sum)));
        }
    }

    [Fact]
    public void Codes_OfGoldenImages_AreOfficial()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var appearance = _official.Animator.EncodeSource(_official.Of("source"));
        Near("h_source", appearance.Style);
        Near("h_motion_source", _official.Animator.MotionCode(appearance));
        Near("h_motion", _official.Animator.MotionCode(_official.Of("driving")));
        Near("h_start", _official.Animator.MotionCode(_official.Of("start")));
    }

    [Fact]
    public void Directions_OfGoldenWeights_AreOfficialAndOrthonormal()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var q = _official.Animator.Directions();
        Near("direction_Q", q);
        Assert.True((q.t().matmul(q) - eye(20)).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Generate_Absolute_IsOfficialAtEveryScale()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var appearance = _official.Animator.EncodeSource(_official.Of("source"));
        var alpha = _official.Animator.MotionCode(_official.Of("driving"));
        Near("latent_abs", _official.Animator.Latent(appearance, alpha));
        var frames = _official.Animator.Generate(appearance, alpha);
        Near("img_abs", frames.Image);
        for (int i = 0; i < 4; i++) Near($"flow_out_{i}", frames.Flows[i]);
    }

    [Fact]
    public void Generate_Relative_IsOfficial()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var appearance = _official.Animator.EncodeSource(_official.Of("source"));
        var alpha = _official.Animator.MotionCode(_official.Of("driving"));
        var relative = _official.Animator.Relative(appearance, alpha, _official.Of("h_start"));
        Near("latent_rel", _official.Animator.Latent(appearance, relative));
        Near("img_rel", _official.Animator.Generate(appearance, relative).Image);
    }

    [Fact]
    public void Generate_WithoutDrivingFrame_IsOfficial()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Near("img_noalpha", _official.Animator.Generate(_official.Animator.EncodeSource(_official.Of("source")), null).Image);
    }

    [Fact]
    public void Pipeline_OfSeveralFrames_GivesTheSameAsOneByOne()
    {
        using var scope = NewDisposeScope();
        var driving = cat([_official.Of("start"), _official.Of("driving"), _official.Of("source")], 0);
        var animation = new AnimationPipeline(_official.Animator, chunk: 2).Animate(_official.Of("source"), driving, AnimationMode.Relative);
        Assert.Equal([3, 3, 64, 64], animation.Frames.shape);
        Assert.Equal([3, 20], animation.Codes.shape);
        Assert.Equal([3, 2, 64, 64], animation.Flow.shape);
        Assert.Equal([3, 1, 64, 64], animation.Mask.shape);
        Near("img_rel", animation.Frames.narrow(0, 1, 1));
    }

    private void Near(string name, Tensor found)
    {
        var expected = _official.Of(name);
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, Tolerance);
    }

    public sealed class Official : IDisposable
    {
        private readonly Dictionary<string, Tensor> _golden = GoldenFiles.Formula64();

        public Official()
        {
            Animator = new ImageAnimator(AnimatorSettings.Official(64));
            FormulaWeights.Fill(Animator);
            Animator.eval();
        }

        public ImageAnimator Animator { get; }

        public Tensor Of(string name) => _golden[name];

        public void Dispose()
        {
            Animator.Dispose();
            foreach (var value in _golden.Values) value.Dispose();
        }
    }
}
