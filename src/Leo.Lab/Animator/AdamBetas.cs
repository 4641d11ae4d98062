namespace Leo.Lab.Animator;

/// <summary>Decay rates of Adam's moments.</summary>
/// <param name="Beta1">Of the mean, from 0 to below 1.</param>
/// <param name="Beta2">Of the square, from 0 to below 1.</param>
public sealed record AdamBetas(double Beta1, double Beta2);
