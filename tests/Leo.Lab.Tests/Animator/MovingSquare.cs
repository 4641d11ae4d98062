using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

/// <summary>Made-up 16×16 clips: a bright square on a ramp that moves to the right.</summary>
internal sealed class MovingSquare : IFramePairs
{
    private readonly Tensor _clip = Clip(4);
    private readonly Generator? _generator;

    /// <summary>Always the first and last frame of one clip; with a seed, frames drawn from it.</summary>
    public MovingSquare(long? seed = null)
    {
        if (seed is null) return;
        _generator = Seeds.Generator(seed.Value, "data");
        Generators = new Dictionary<string, Generator> { ["data"] = _generator };
    }

    public IReadOnlyDictionary<string, Generator> Generators { get; } = new Dictionary<string, Generator>();

    public (Tensor Source, Tensor Driving) Next()
    {
        if (_generator is null) return (_clip.narrow(0, 0, 1), _clip.narrow(0, 2, 1));
        var frames = randint(3, [4], int64, generator: _generator);
        var drawn = _clip.index_select(0, frames);
        return (drawn.narrow(0, 0, 2), drawn.narrow(0, 2, 2));
    }

    public static HeldOutClips HeldOut() => new([Clip(2), Clip(5)]);

    public void Dispose()
    {
        _clip.Dispose();
        _generator?.Dispose();
    }

    private static Tensor Clip(long row)
    {
        using var scope = NewDisposeScope();
        var clip = linspace(-0.5, 0.5, 16, float32).view(1, 1, 16, 1).expand(3, 3, 16, 16).clone();
        for (int t = 0; t < 3; t++) clip.narrow(0, t, 1).narrow(2, row, 6).narrow(3, 2 + 3 * t, 6).fill_(1);
        return clip.DetachFromDisposeScope();
    }
}
