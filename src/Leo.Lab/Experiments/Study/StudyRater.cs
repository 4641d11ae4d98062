namespace Leo.Lab.Experiments.Study;

/// <summary>What is to be known of a rater.</summary>
/// <param name="Rater">Number.</param>
/// <param name="Answered">Questions answered, attention checks included.</param>
/// <param name="Asked">Questions of the sheet.</param>
/// <param name="ChecksPassed">Attention checks answered as expected.</param>
/// <param name="Checks">Attention checks answered.</param>
/// <param name="MedianSeconds">Median time of an answer.</param>
/// <param name="IsExcluded">Whether the rater's answers were left out.</param>
public sealed record StudyRater(int Rater, int Answered, int Asked, int ChecksPassed, int Checks, double MedianSeconds, bool IsExcluded);
