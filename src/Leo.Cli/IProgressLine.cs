namespace Leo.Cli;

/// <summary>Takes note of how far a piece of work is.</summary>
internal interface IProgressLine
{
    /// <summary>So many of so many are done.</summary>
    /// <param name="done">Units done.</param>
    /// <param name="total">Units in all; may change while running.</param>
    /// <param name="note">A few words on the present state, such as a loss. <value>Default none.</value></param>
    /// <param name="fraction">How far it is where that is not <c>done / total</c>, as with a budget of time. <value>Default none.</value></param>
    /// <param name="remaining">Time left where the work knows better than its pace tells. <value>Default none.</value></param>
    void Report(long done, long total, string? note = null, double? fraction = null, TimeSpan? remaining = null);

    /// <summary>A line that stays, above the bar.</summary>
    void Say(string line);
}
