using Leo.Lab.Experiments;
using Leo.Lab.Training;

namespace Leo.Cli;

/// <summary>Shows the main job on the shell.</summary>
/// <param name="shell">Where.</param>
/// <param name="afterTraining">Called after each training, which sets threads of its own.</param>
internal sealed class EndToEndView(Shell shell, Action afterTraining) : IWorkProgress
{
    public void Say(string line) => shell.Say(line);

    public void Track(string title, string unit, Action<Action<long, long>> work) =>
        WorkProgress.Track(shell, title, unit, progress => work((done, total) => progress.Report(done, total)));

    public void Train(string title, Action<ITrainingProgress> work)
    {
        WorkProgress.Track(shell, title, "steps", progress => work(new TrainingView(progress)));
        afterTraining();
    }
}
