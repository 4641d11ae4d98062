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
            return int.TryParse(spec.AsSpan(4), out int wanted) && wanted > 0
                ? DdimTimesteps(steps, wanted)
                : throw new ArgumentException($"\"{spec}\" is not of the form ddimN.", nameof(spec));
        }

        var counts = spec.Split(',').Select(part => int.TryParse(part, out int count) && count > 0
            ? count
            : throw new ArgumentException($"\"{spec}\" is not a comma-separated list of positive counts.", nameof(spec)));
        return SectionTimesteps(steps, [.. counts]);
    }

    /// <summary>
    /// Steps to keep, ascending, evenly spaced in λ = log(√ᾱ / √(1 − ᾱ)) as far as whole steps allow, the first and the last among
    /// them: what a solver in λ wants (Lu et al. 2022, §4.1 and appendix). Evenly spaced steps leave it its largest strides at the end.
    /// </summary>
    /// <param name="schedule">The whole process.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="ArgumentException">There are not so many.</exception>
    public static IReadOnlyList<int> EvenInLogSnr(NoiseSchedule schedule, int count)
    {
        int steps = schedule.Steps;
        if (count < 1 || count > steps)
        {
            throw new ArgumentException($"A process of {steps} steps cannot give {count}.", nameof(count));
        }

        double[] lambda = [.. schedule.AlphasCumprod.Select(a => 0.5 * Math.Log(a / (1 - a)))];
        int[] kept = new int[count];
        for (int i = 0, step = 0; i < count; i++)
        {
            double target = count == 1 ? lambda[^1] : lambda[0] + ((lambda[^1] - lambda[0]) * i / (count - 1));
            while (step + 1 < steps && Math.Abs(lambda[step + 1] - target) <= Math.Abs(lambda[step] - target))
            {
                step++;
            }

            // Every step once, and room left for those to come.
            step = Math.Min(Math.Max(step, i == 0 ? 0 : kept[i - 1] + 1), steps - (count - i));
            kept[i] = step;
        }

        return kept;
    }

    /// <summary>The whole process restricted to some of its steps.</summary>
    /// <param name="schedule">The process that the model was trained with.</param>
    /// <param name="timesteps">The steps to keep, ascending.</param>
    public static NoiseSchedule Respace(NoiseSchedule schedule, IReadOnlyList<int> timesteps)
    {
        double[] betas = new double[timesteps.Count];
        double last = 1.0;
        for (int i = 0; i < betas.Length; i++)
        {
            double kept = schedule.AlphasCumprod[timesteps[i]];
            betas[i] = 1 - kept / last;
            last = kept;
        }

        return new NoiseSchedule(betas);
    }

    private static int[] DdimTimesteps(int steps, int wanted)
    {
        for (int stride = 1; stride <= steps; stride++)
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
        for (int section = 0; section < counts.Length; section++)
        {
            int length = size + (section < extra ? 1 : 0);
            if (length < counts[section])
            {
                throw new ArgumentException($"A section of {length} steps cannot give {counts[section]}.", nameof(counts));
            }

            // Summed, not multiplied, and rounded to even: so the reference does, and one step off is another schedule.
            double stride = counts[section] <= 1 ? 1.0 : (length - 1.0) / (counts[section] - 1);
            double position = 0.0;
            for (int i = 0; i < counts[section]; i++)
            {
                taken.Add(start + (int)Math.Round(position, MidpointRounding.ToEven));
                position += stride;
            }

            start += length;
        }

        return [.. taken];
    }
}
