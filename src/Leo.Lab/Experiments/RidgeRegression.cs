using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// A linear map fitted in closed form, the probe of this project: what it cannot read from a code is not there linearly.
/// </summary>
/// <remarks>
/// Inputs are standardised and targets centred; <c>W = (XᵀX / n + λ I)⁻¹ XᵀY / n</c>, in Float64. λ is therefore relative to the
/// inputs' variance and the fit does not change with their scale.
/// </remarks>
public sealed class RidgeRegression
{
    private readonly double[] _inputMean, _inputScale, _targetMean;
    private readonly double[,] _weight;

    private RidgeRegression(double[] inputMean, double[] inputScale, double[] targetMean, double[,] weight) =>
        (_inputMean, _inputScale, _targetMean, _weight) = (inputMean, inputScale, targetMean, weight);

    /// <summary>Fits targets from inputs.</summary>
    /// <param name="inputs">[n, d], any floating type.</param>
    /// <param name="targets">[n, p], any floating type.</param>
    /// <param name="lambda">Strength of the ridge. <value>Default 1e-4.</value></param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no row.</exception>
    public static RidgeRegression Fit(Tensor inputs, Tensor targets, double lambda = 1e-4)
    {
        if (inputs.dim() != 2 || targets.dim() != 2 || inputs.shape[0] != targets.shape[0] || inputs.shape[0] == 0)
            throw new ArgumentException($"Inputs [{string.Join(", ", inputs.shape)}] and targets [{string.Join(", ", targets.shape)}] do not pair up row by row.");

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long rows = inputs.shape[0], width = inputs.shape[1];
        var x = inputs.to(ScalarType.Float64);
        var y = targets.to(ScalarType.Float64);
        var xMean = x.mean([0L], keepdim: true);
        var centred = x - xMean;
        // A constant input keeps scale 1: its standardised value is 0, so it takes no part.
        var variance = (centred * centred).mean([0L], keepdim: true);
        var scale = variance.sqrt();
        scale = where(scale > 1e-12, scale, ones_like(scale));
        var z = centred / scale;
        var yMean = y.mean([0L], keepdim: true);

        var gram = z.transpose(0, 1).mm(z) / (double)rows + eye(width, dtype: ScalarType.Float64) * lambda;
        var w = linalg.solve(gram, z.transpose(0, 1).mm(y - yMean) / (double)rows); // [d, p]
        return new RidgeRegression(Values(xMean), Values(scale), Values(yMean), Matrix(w));
    }

    /// <summary>Number of inputs.</summary>
    public int Inputs => _inputMean.Length;

    /// <summary>Number of targets.</summary>
    public int Targets => _targetMean.Length;

    /// <summary>Applies the map.</summary>
    /// <param name="inputs">[n, d].</param>
    /// <returns>[n, p], Float64.</returns>
    public Tensor Predict(Tensor inputs)
    {
        if (inputs.dim() != 2 || inputs.shape[1] != Inputs)
            throw new ArgumentException($"Expected [n, {Inputs}], found [{string.Join(", ", inputs.shape)}].", nameof(inputs));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var z = (inputs.to(ScalarType.Float64) - tensor(_inputMean)) / tensor(_inputScale);
        return (z.mm(tensor(_weight)) + tensor(_targetMean)).MoveToOuterDisposeScope();
    }

    private static double[] Values(Tensor t) => t.contiguous().ToArray<double>();

    private static double[,] Matrix(Tensor t)
    {
        double[] flat = Values(t);
        double[,] matrix = new double[t.shape[0], t.shape[1]];
        Buffer.BlockCopy(flat, 0, matrix, 0, flat.Length * sizeof(double));
        return matrix;
    }
}
