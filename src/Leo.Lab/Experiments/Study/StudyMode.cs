namespace Leo.Lab.Experiments.Study;

/// <summary>What a rater sees at a time.</summary>
public enum StudyMode
{
    /// <summary>Two clips side by side, of which one has to be chosen (LEO Table 3).</summary>
    Preference,

    /// <summary>One clip and a question to be answered with yes or no (LEO Table 5).</summary>
    Occurrence,
}
