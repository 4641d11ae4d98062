namespace Leo.Lab.Diffusion;

/// <summary>
/// Uses fewer steps than a model was trained with (Nichol &amp; Dhariwal 2021, §4; DDIM §4.2). The steps kept see the same
/// noise levels as in training: the betas are recomputed so that ᾱ at each kept step is unchanged.
/// </summary>
public static class Respacing
{
    /// <summary>
    /// The steps to keep, ascending. <c>"ddim50"</c>: the first integer stride that gives exactly 50 steps (DDIM).
    /// <c>"10,15,20"</c>: the process is cut into equal sections, and each gives so many evenly spaced steps.
    /// </summary>
    /// <param name="steps">The number of steps of the whole process.</param>
    /// <param name="spec">"ddimN" or a comma-separated list of counts.</param>
    /// <exception cref="ArgumentException">The spec cannot be read, or asks for steps that are not there.</exception>
    public static IReadOnlyList<int> Timesteps(int steps, string spec)
    {
        if (spec.StartsWith("ddim", StringComparison.Ordinal))
        {
            return int.TryParse(spec.AsSpan(4), out var wanted) && wanted > 0
                ? DdimTimesteps(steps, wanted)
                : throw new ArgumentException($"\"{spec}\" is not of the form ddimN.", nameof(spec));
        }

        var counts = spec.Split(',').Select(part => int.TryParse(part, out var count) && count > 0
            ? count
            : throw new ArgumentException($"\"{spec}\" is not a comma-separated list of positive counts.", nameof(spec)));
        return SectionTimesteps(steps, [.. counts]);
    }

    /// <summary>The whole process restricted to some of its steps.</summary>
    /// <param name="schedule">The process that the model was trained with.</param>
    /// <param name="timesteps">The steps to keep, ascending.</param>
    public static NoiseSchedule Respace(NoiseSchedule schedule, IReadOnlyList<int> timesteps)
    {
        var betas = new double[timesteps.Count];
        var last = 1.0;
        for (var i = 0; i < betas.Length; i++)
        {
            var kept = schedule.AlphasCumprod[timesteps[i]];
            betas[i] = 1 - kept / last;
            last = kept;
        }

        return new NoiseSchedule(betas);
    }

    private static int[] DdimTimesteps(int steps, int wanted)
    {
        for (var stride = 1; stride <= steps; stride++)
        {
            if ((steps + stride - 1) / stride == wanted)
            {
                return [.. Enumerable.Range(0, wanted).Select(i => i * stride)];
            }
        }

        throw new ArgumentException($"No integer stride takes exactly {wanted} of {steps} steps.", nameof(wanted));
    }

    private static List<int> SectionTimesteps(int steps, int[] counts)
    {
        var taken = new SortedSet<int>();
        var (size, extra, start) = (steps / counts.Length, steps % counts.Length, 0);
        for (var section = 0; section < counts.Length; section++)
        {
            var length = size + (section < extra ? 1 : 0);
            if (length < counts[section])
            {
                throw new ArgumentException($"A section of {length} steps cannot give {counts[section]}.", nameof(counts));
            }

            // Summed, not multiplied, and rounded to even: so the reference does, and one step off is another schedule.
            var stride = counts[section] <= 1 ? 1.0 : (length - 1.0) / (counts[section] - 1);
            var position = 0.0;
            for (var i = 0; i < counts[section]; i++)
            {
                taken.Add(start + (int)Math.Round(position, MidpointRounding.ToEven));
                position += stride;
            }

            start += length;
        }

        return [.. taken];
    }
}
