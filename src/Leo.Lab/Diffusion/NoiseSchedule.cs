namespace Leo.Lab.Diffusion;

/// <summary>
/// All per-step constants of a Gaussian diffusion process, in double precision; index 0 is the first noising step.
/// Names follow Ho et al. 2020 and Nichol &amp; Dhariwal 2021.
/// </summary>
public sealed class NoiseSchedule
{
    /// <summary>Makes the tables for the given β.</summary>
    /// <param name="betas">β for every step, each in (0, 1].</param>
    /// <exception cref="ArgumentException">No step, or a β outside (0, 1].</exception>
    public NoiseSchedule(IReadOnlyList<double> betas)
    {
        if (betas.Count == 0)
        {
            throw new ArgumentException("A noise schedule needs at least one step.", nameof(betas));
        }

        for (int t = 0; t < betas.Count; t++)
        {
            if (!(betas[t] > 0 && betas[t] <= 1))
            {
                throw new ArgumentException($"beta[{t}] = {betas[t]} is outside (0, 1].", nameof(betas));
            }
        }

        Betas = [.. betas];
        double[] cumulative = new double[betas.Count];
        double product = 1.0;
        for (int t = 0; t < betas.Count; t++)
        {
            product *= 1 - betas[t];
            cumulative[t] = product;
        }

        AlphasCumprod = cumulative;
        AlphasCumprodPrev = [1.0, .. cumulative[..^1]];
        AlphasCumprodNext = [.. cumulative[1..], 0.0];
        SqrtAlphasCumprod = Table(t => Math.Sqrt(cumulative[t]));
        SqrtOneMinusAlphasCumprod = Table(t => Math.Sqrt(1 - cumulative[t]));
        SqrtRecipAlphasCumprod = Table(t => Math.Sqrt(1 / cumulative[t]));
        SqrtRecipM1AlphasCumprod = Table(t => Math.Sqrt(1 / cumulative[t] - 1));
        PosteriorVariance = Table(t => Betas[t] * (1 - AlphasCumprodPrev[t]) / (1 - cumulative[t]));

        // The first step's posterior variance is 0; its logarithm takes the second's (or β's, if there is only one step).
        double first = Steps > 1 ? PosteriorVariance[1] : Betas[0];
        PosteriorLogVarianceClipped = Table(t => Math.Log(t == 0 ? first : PosteriorVariance[t]));
        FixedLargeVariance = Table(t => t == 0 ? first : Betas[t]);
        PosteriorMeanCoef1 = Table(t => Betas[t] * Math.Sqrt(AlphasCumprodPrev[t]) / (1 - cumulative[t]));
        PosteriorMeanCoef2 = Table(t => (1 - AlphasCumprodPrev[t]) * Math.Sqrt(1 - Betas[t]) / (1 - cumulative[t]));
    }

    /// <summary>The number of steps T.</summary>
    public int Steps => Betas.Count;

    /// <summary>β_t.</summary>
    public IReadOnlyList<double> Betas { get; }

    /// <summary>ᾱ_t = ∏ (1 − β).</summary>
    public IReadOnlyList<double> AlphasCumprod { get; }

    /// <summary>ᾱ_{t−1}; 1 at the first step.</summary>
    public IReadOnlyList<double> AlphasCumprodPrev { get; }

    /// <summary>ᾱ_{t+1}; 0 at the last step.</summary>
    public IReadOnlyList<double> AlphasCumprodNext { get; }

    /// <summary>√ᾱ_t, the factor of x₀ in q(x_t | x₀).</summary>
    public IReadOnlyList<double> SqrtAlphasCumprod { get; }

    /// <summary>√(1 − ᾱ_t), the factor of ε in q(x_t | x₀).</summary>
    public IReadOnlyList<double> SqrtOneMinusAlphasCumprod { get; }

    /// <summary>√(1 / ᾱ_t).</summary>
    public IReadOnlyList<double> SqrtRecipAlphasCumprod { get; }

    /// <summary>√(1 / ᾱ_t − 1).</summary>
    public IReadOnlyList<double> SqrtRecipM1AlphasCumprod { get; }

    /// <summary>β̃_t, the variance of q(x_{t−1} | x_t, x₀) (Ho et al. 2020, Eq. 7); 0 at the first step.</summary>
    public IReadOnlyList<double> PosteriorVariance { get; }

    /// <summary>log β̃_t, with the first entry replaced by the second, for −∞ helps nobody.</summary>
    public IReadOnlyList<double> PosteriorLogVarianceClipped { get; }

    /// <summary>β_t, with the first entry replaced by β̃ of the second step: the variance of <see cref="VarianceType.FixedLarge"/>.</summary>
    public IReadOnlyList<double> FixedLargeVariance { get; }

    /// <summary>The factor of x₀ in the posterior's mean (Ho et al. 2020, Eq. 7).</summary>
    public IReadOnlyList<double> PosteriorMeanCoef1 { get; }

    /// <summary>The factor of x_t in the posterior's mean (Ho et al. 2020, Eq. 7).</summary>
    public IReadOnlyList<double> PosteriorMeanCoef2 { get; }

    /// <summary>A schedule of the given kind.</summary>
    /// <param name="kind">The shape of β.</param>
    /// <param name="steps">The number of steps T, at least 1.</param>
    public static NoiseSchedule Create(NoiseScheduleKind kind, int steps) => kind switch
    {
        NoiseScheduleKind.Linear => Linear(steps),
        NoiseScheduleKind.Cosine => Cosine(steps),
        NoiseScheduleKind.Karras => Karras(steps),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown noise schedule."),
    };

    /// <summary>
    /// The linear schedule of Ho et al. 2020; the ends 1e-4 and 0.02 are scaled by 1000 / T, so that the amount of noise
    /// does not depend on T (Nichol &amp; Dhariwal's code does the same).
    /// </summary>
    /// <param name="steps">The number of steps T; at least 21, since below that the last scaled β exceeds 1.</param>
    public static NoiseSchedule Linear(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 21);
        double scale = 1000.0 / steps;
        var (start, stop) = (scale * 1e-4, scale * 0.02);
        double stride = (stop - start) / (steps - 1);
        return new NoiseSchedule([.. Enumerable.Range(0, steps).Select(t => t == steps - 1 ? stop : start + t * stride)]);
    }

    /// <summary>The cosine schedule, β clipped at 0.999 (Nichol &amp; Dhariwal 2021, Eq. 17).</summary>
    /// <param name="steps">The number of steps T, at least 1.</param>
    public static NoiseSchedule Cosine(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        static double AlphaBar(double u) => Math.Pow(Math.Cos((u + 0.008) / 1.008 * Math.PI / 2), 2);
        return new NoiseSchedule([.. Enumerable.Range(0, steps)
            .Select(t => Math.Min(1 - AlphaBar((t + 1.0) / steps) / AlphaBar((double)t / steps), 0.999))]);
    }

    /// <summary>
    /// The steps of Karras et al. 2022 (Eq. 5; ρ = 7, σ from 0.002 to 80) as a process that keeps the variance: ᾱ = 1/(1 + σ²). With
    /// <see cref="PredictionType.V"/> the network's input, output and target are those of their preconditioning (Table 1) for data of unit variance, and
    /// DDIM is their Euler step.
    /// </summary>
    /// <param name="steps">The number of steps T, at least 1.</param>
    public static NoiseSchedule Karras(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        const double rho = 7;
        var (least, most) = (Math.Pow(0.002, 1 / rho), Math.Pow(80, 1 / rho));
        double before = 1;
        double[] betas = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            double sigma = Math.Pow(steps == 1 ? most : least + ((most - least) * t / (steps - 1)), rho);
            double kept = 1 / (1 + (sigma * sigma));
            (betas[t], before) = (1 - (kept / before), kept);
        }

        return new NoiseSchedule(betas);
    }

    private double[] Table(Func<int, double> entry) => [.. Enumerable.Range(0, Steps).Select(entry)];
}
