using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>Where the main job tells how it goes.</summary>
public interface IWorkProgress
{
    /// <summary>Something to know.</summary>
    void Say(string line);

    /// <summary>Runs a piece of work of which the parts can be counted.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="work">The work; it tells parts done and in all.</param>
    void Track(string title, string unit, Action<Action<long, long>> work);

    /// <summary>Runs a training.</summary>
    /// <param name="title">What is trained.</param>
    /// <param name="work">The work; it tells the progress given.</param>
    void Train(string title, Action<ITrainingProgress> work);
}
