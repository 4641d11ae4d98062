using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Animation of one source by 16 driving frames, at 256×256 and LIA's official widths, with random weights.</summary>
internal sealed class RenderWork : InferenceWork
{
    internal const string Name = "render";
    private const int Frames = 16;

    private readonly ImageAnimator _animator;
    private readonly AnimationPipeline _pipeline;
    private readonly FixedPairs _frames;

    private RenderWork(ImageAnimator animator, int threads) : base(threads) =>
        (_animator, _pipeline, _frames) = (animator, new AnimationPipeline(animator), new FixedPairs(Frames, animator.Settings.Size));

    internal override string What => $"mean absolute value of {Frames} frames";

    internal static RenderWork Create(int threads, Precision precision)
    {
        using var generator = Seeds.Generator(Work.Seed, "bench.render");
        var animator = new ImageAnimator(AnimatorSettings.Paper, generator);
        animator.Precision = precision;
        animator.eval();
        return new RenderWork(animator, threads);
    }

    private protected override JsonObject Settings() => new() { ["animator"] = JsonNode.Parse(Json.WriteLine(_animator.Settings)) };

    private protected override Dictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor> { ["source"] = _frames.Source.narrow(0, 0, 1), ["driving"] = _frames.Driving };
        foreach (var (name, value) in _animator.state_dict()) tensors["model." + name] = value;
        return tensors;
    }

    private protected override Tensor Make()
    {
        using var source = _frames.Source.narrow(0, 0, 1);
        return _pipeline.Animate(source, _frames.Driving).Frames;
    }

    public override void Dispose()
    {
        _animator.Dispose();
        _frames.Dispose();
    }
}
