using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// Generates motion for several videos at once, of any length: the last code of a sequence is the α₁ of the next, or its last codes are what the next begins with
/// (LEO §3.2, last paragraph; §6). Every video has its own seed and does not depend on the others; a longer sample
/// begins with the shorter one. With transitions, the motion leaves its pattern now and then (LEO §6, Transition DM).
/// </summary>
/// <param name="model">The motion model.</param>
/// <param name="spec">How to sample; null is all steps, DDPM.</param>
/// <param name="transitions">Where the motion changes to another pattern; null for never.</param>
public sealed class MotionSampler(MotionModel model, SamplerSpec? spec = null, Transitions? transitions = null)
{
    private readonly DiffusionSampler _sampler = (spec ?? SamplerSpec.Ddpm).Build(model.Diffusion);
    private readonly DiffusionSampler? _bridge = transitions is null ? null : (spec ?? SamplerSpec.Ddpm).Build(transitions.Model.Diffusion);

    /// <summary>Denoising steps that so many frames take, those of drawing new codes not counted.</summary>
    /// <param name="frames">Frames of each video.</param>
    public long Steps(int frames)
    {
        var (steps, count) = ((long)_sampler.Diffusion.Schedule.Steps, (long)model.Settings.Length);
        for (int sequence = 1; count < frames && model is ConditionalMotionModel; sequence++)
        {
            bool isTransition = transitions?.IsDue(sequence) == true;
            count += isTransition ? transitions!.Model.Settings.Length - 1 : model.Settings.Length - model.Settings.History;
            steps += (isTransition ? _bridge! : _sampler).Diffusion.Schedule.Steps;
        }

        return steps;
    }

    /// <summary>Codes of K videos [K, frames, D], raw.</summary>
    /// <param name="alpha1">Raw first codes [K, D], bit by bit the first row of the result; null for a model without condition.</param>
    /// <param name="frames">How many; a model without condition has at most its own length.</param>
    /// <param name="seeds">K seeds.</param>
    /// <param name="progress">Told after every denoising step of every sequence.</param>
    /// <exception cref="ArgumentException">Seeds and first codes do not match, or the length cannot be had.</exception>
    public Tensor Sample(Tensor? alpha1, int frames, IReadOnlyList<long> seeds, Action<SamplingStep>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        long count = 0L;
        foreach (var part in Segments(alpha1, seeds, progress))
        {
            parts.Add(part);
            count += part.shape[1];
            if (count >= frames)
            {
                break;
            }
        }

        return count >= frames
            ? cat(parts, 1).narrow(1, 0, frames).contiguous().MoveToOuterDisposeScope()
            : throw new ArgumentException($"A motion model without Linear Motion Condition makes {count} frames, not {frames}.", nameof(frames));
    }

    /// <summary>Codes frame by frame [K, D], without end (LEO's infinite-length generation); the caller owns each and stops when it has enough.</summary>
    /// <param name="alpha1">Raw first codes [K, D], bit by bit the first result; null for a model without condition, whose stream ends.</param>
    /// <param name="seeds">K seeds.</param>
    public IEnumerable<Tensor> Stream(Tensor? alpha1, IReadOnlyList<long> seeds)
    {
        foreach (var part in Segments(alpha1, seeds, null))
        {
            // The part outlives the caller's scope, whatever that is when it asks for the next frame.
            using var segment = part.DetachFromDisposeScope();
            for (long frame = 0L; frame < segment.shape[1]; frame++)
            {
                Tensor code;
                using (var view = segment.select(1, frame)) code = view.clone();
                yield return code;
            }
        }
    }

    // α₁ and what follows it, then for ever what follows the last h codes: [K, L, D], [K, L−h, D], …
    private IEnumerable<Tensor> Segments(Tensor? alpha1, IReadOnlyList<long> seeds, Action<SamplingStep>? progress)
    {
        if (seeds.Count == 0 || (alpha1 is not null && alpha1.shape[0] != seeds.Count))
        {
            throw new ArgumentException($"Expected as many seeds as first codes, found {seeds.Count} and {alpha1?.shape[0] ?? 0}.", nameof(seeds));
        }

        using var noise = new SeededNoise(seeds, "motion", model.NoiseShape, model.Device);
        using var bridgeNoise = transitions is null ? null : new SeededNoise(seeds, "transition", transitions.Model.NoiseShape, model.Device);
        int history = model.Settings.History;
        var (codes, end) = Kept(() => model.Sample(_sampler, alpha1?.to(model.Device), noise.Next, progress), skip: 0);
        try
        {
            yield return codes;
            for (int sequence = 1; model is ConditionalMotionModel; sequence++)
            {
                var start = end;
                (codes, end) = transitions?.IsDue(sequence) == true
                    ? Kept(() => transitions.Model.Sample(_bridge!, start.select(1, -1), transitions.Target(seeds, sequence).to(model.Device), bridgeNoise!.Next, progress), skip: 1)
                    : Kept(() => model.Sample(_sampler, start, noise.Next, progress), skip: history);
                start.Dispose();
                yield return codes;
            }
        }
        finally
        {
            end.Dispose();
        }

        // The last codes [K, h, D] belong to no scope, for they must live until the next sequence has begun with them.
        (Tensor Codes, Tensor End) Kept(Func<Tensor> draw, int skip)
        {
            using var scope = NewDisposeScope();
            var sequence = draw();
            long length = sequence.shape[1];
            long count = Math.Min(history, length);
            return (sequence.narrow(1, skip, length - skip).clone().MoveToOuterDisposeScope(), sequence.narrow(1, length - count, count).clone().DetachFromDisposeScope());
        }
    }
}
