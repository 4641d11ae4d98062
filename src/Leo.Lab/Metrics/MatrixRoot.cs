namespace Leo.Lab.Metrics;

/// <summary>How the trace of <c>(ΣₐΣᵦ)^½</c> is found: equal in exact arithmetic, different in the last digits and where samples are few.</summary>
public enum MatrixRoot
{
    /// <summary>
    /// Two symmetric roots by singular values in Float32, where a singular value below 1e-10 stays as it is instead of its root being taken:
    /// TensorFlow GAN's form, as VideoGPT, DIGAN and TATS have it.
    /// </summary>
    Svd32,

    /// <summary>The same in Float64.</summary>
    Svd64,

    /// <summary>
    /// The square root of the matrix product in Float64, by eigenvalues. StyleGAN-V takes <c>scipy.linalg.sqrtm</c> of the product, which
    /// is not symmetric; its trace is the sum of the roots of the same eigenvalues, and these stay exact where the covariances are singular.
    /// </summary>
    Eigen,
}
