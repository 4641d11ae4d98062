using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments.Figures;

/// <summary>Makes a figure of the paper from trained models, on people who were held out from training.</summary>
/// <param name="options">Which, and from what.</param>
/// <param name="progress">Told how it goes.</param>
public sealed class FigureJob(ExhibitOptions options, IWorkProgress progress)
{
    private const int Short = 16, Sequence = 64, Long = 512, Endless = 1000;

    /// <summary>Makes the figure.</summary>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="LeoException">The paper has no such figure, or a checkpoint is missing.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public PaperFigure Run(CancellationToken cancellation = default)
    {
        using var quiet = no_grad();
        return options.Number switch
        {
            1 => Figure("Generated videos", "Conditional rows start from the picture of a person who was held out; in unconditional ones picture, pose and motion are drawn.", ["bodies", "faces"], Sequence, 12,
                studio => [.. studio.Conditional(2), .. studio.Unconditional(2)]),
            4 => Figure("Short videos beside real ones", "The paper compares with DIGAN, TATS and StyleGAN-V; here the rivals are the real video and its first frame.", ["bodies", "faces"], Short, 8,
                studio => [("real", studio.Real(0)), .. studio.Conditional(1), ("first frame", studio.Still(0)), .. studio.Unconditional(1)]),
            5 => Figure("Long videos", "Sequences of 64 codes, the last code of one starting the next. The model was trained on single sequences only.", ["bodies"], Long, 16, studio => [.. studio.Conditional(2)]),
            6 => Figure("Disentanglement of motion and looks", "Two people, and the same two motions m put on each: a = α₁ + m with the person's own α₁ (Eq. 3).", ["bodies", "faces"], Sequence, 12, studio => studio.SameMotions()),
            7 => Figure("Editing a video by its first frame", "Only the first frame was edited; every frame of the edited video is moved by the original's codes. The paper edits with ControlNet, here two built-in edits stand in; `leo edit --edited` takes any picture.",
                ["faces", "bodies"], Sequence, 12, studio => studio.Edited()),
            8 => Figure("Videos without end, with the Transition DM", "Above, the last code always starts the next sequence; below, every second sequence is a transition to a new pose.", ["bodies"], Endless, 16, studio => studio.WithAndWithoutTransitions()),
            9 => Figure("Videos without end", "The last code of a sequence starts the next, as often as wanted.", ["faces"], Endless, 16, studio => [.. studio.Conditional(2)]),
            _ => throw new LeoException($"figure {options.Number}", "is a drawing of the method, or none of the paper's", "Figures 1, 4, 5, 6, 7, 8 and 9 can be made"),
        };

        PaperFigure Figure(string title, string caption, IReadOnlyList<string> subjects, int frames, int columns, Func<FigureStudio, IReadOnlyList<(string, Video)>> rows)
        {
            var shown = options.Subjects ?? subjects;
            var all = new List<(string, Video)>();
            foreach (string subject in shown)
            {
                using var studio = new FigureStudio(subject, options with { Frames = options.Frames ?? frames }, progress, cancellation);
                all.AddRange(rows(studio).Select(row => (shown.Count > 1 ? $"{subject}: {row.Item1}" : row.Item1, row.Item2)));
            }
            return new PaperFigure { Number = options.Number, Title = title, Caption = $"{caption} {options.Sampler}, seed {options.Seed}.", Rows = all, Columns = columns };
        }
    }
}
