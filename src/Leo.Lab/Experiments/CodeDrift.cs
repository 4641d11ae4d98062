namespace Leo.Lab.Experiments;

/// <summary>One sequence of long sampled motion against the first.</summary>
/// <param name="From">Its first frame.</param>
/// <param name="Mean">How far the mean code of all videos has moved: root mean square over dimensions, in units of the scale.</param>
/// <param name="Std">Standard deviation of codes over that of the first sequence, geometric mean over dimensions.</param>
/// <param name="Speed">Mean speed over that of the first sequence.</param>
public sealed record CodeDrift(int From, double Mean, double Std, double Speed);
