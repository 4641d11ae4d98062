namespace Leo.Lab.Metrics;

/// <summary>Which of the published Fréchet distances is meant.</summary>
/// <param name="Unbiased">Whether the covariance is divided by n − 1 instead of n.</param>
/// <param name="Root">How the matrix root is taken.</param>
public sealed record FrechetForm(bool Unbiased, MatrixRoot Root)
{
    /// <summary>VideoGPT's code, which DIGAN and TATS took over: n − 1, Float32 singular values.</summary>
    public static FrechetForm VideoGpt { get; } = new(true, MatrixRoot.Svd32);

    /// <summary>StyleGAN-V's code: n, Float64 matrix root.</summary>
    public static FrechetForm StyleGanV { get; } = new(false, MatrixRoot.Eigen);

    /// <summary>A few words that stand beside the number.</summary>
    public string Name => $"{(Unbiased ? "n-1" : "n")} covariance, {Root switch { MatrixRoot.Svd32 => "float32 SVD", MatrixRoot.Svd64 => "float64 SVD", _ => "float64 eigenvalue" }} root";
}
