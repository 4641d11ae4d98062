using System.Diagnostics;
using Leo.Lab.Metrics;
using Leo.Lab.Motion;

namespace Leo.Lab.Experiments.Tables;

/// <summary>Computes a table of the paper at a preset, on embedded puppets or on codes of your own videos.</summary>
/// <param name="options">Which, and from what.</param>
/// <param name="progress">Told how it goes.</param>
public sealed class TableJob(ExhibitOptions options, IWorkProgress progress)
{
    private IReadOnlyList<string> Subjects => options.Subjects ?? ["bodies", "faces"];

    // One sequence of the model, however long that is.
    private const int OneSequence = 0;
    private const int ShortVideos = 256, LongVideos = 50;

    /// <summary>Computes the table.</summary>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="LeoException">Something is missing or does not fit.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public PaperTable Run(CancellationToken cancellation = default)
    {
        var (title, columns, rows) = PaperNumbers.Of(options.Number);
        long started = Stopwatch.GetTimestamp();
        var data = new TableData(options, progress, cancellation);
        (IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows, IReadOnlyList<string> Notes) own = options.Number switch
        {
            1 => Videos(data, 16, conditional: true, cancellation),
            2 => Videos(data, 128, conditional: false, cancellation),
            3 => ([], [], ["A user study takes people: `leo study make` builds the pages, `leo study report` the numbers."]),
            4 => LinearMotionCondition(data, cancellation),
            5 => TransitionDm(data, cancellation),
            _ => Videos(data, 16, conditional: false, cancellation),
        };
        return new PaperTable
        {
            Number = options.Number,
            Title = title,
            Columns = own.Columns,
            Rows = own.Rows,
            PaperColumns = columns,
            PaperRows = rows,
            Notes = own.Notes,
            Minutes = Stopwatch.GetElapsedTime(started).TotalMinutes,
        };
    }

    private (IReadOnlyList<string>, IReadOnlyList<TableRow>, IReadOnlyList<string>) Videos(TableData data, int frames, bool conditional, CancellationToken cancellation)
    {
        using var extractor = VideoExtractors.Open(options.Extractor, options.Device);
        using var content = FrameExtractors.Open(options.Content, options.Device);
        var videos = new TableVideos(options, data, progress, cancellation);
        var bySubject = Subjects.Select(s => videos.Rows(s, frames, extractor, content, conditional)).ToList();
        int count = options.Videos ?? ShortVideos;
        return ([.. Subjects.SelectMany(s => TableVideos.Columns(s, extractor.Name, content.Name, frames))],
            [.. bySubject[0].Select((row, i) => new TableRow(row.Label, false, [.. bySubject.SelectMany(rows => rows[i].Cells)]))],
            [
                $"{count} generated videos a row by {options.Sampler}, seed {options.Seed}; real ones are clips of {frames} frames of {data.Source}, two of each video.",
                $"Protocol {options.Protocol} but for the number of videos; clips are looked at by {extractor.Name}, frames by {content.Name}. A number with another extractor than I3D is another number: compare rows, not with the paper.",
                "The paper's other methods were not run: their code and weights are others'. Two rivals were: the first frame, repeated, and a recurrent prior over the same motion codes (after MoCoGAN-HD) with the same pictures and first codes.",
            ]);
    }

    private (IReadOnlyList<string>, IReadOnlyList<TableRow>, IReadOnlyList<string>) LinearMotionCondition(TableData data, CancellationToken cancellation)
    {
        var request = new SampleRequest { Count = options.Videos ?? ShortVideos, Frames = OneSequence, Seed = options.Seed, Sampler = options.Sampler };
        var cells = new Dictionary<string, List<TableCell>> { ["without LMC"] = [], ["with LMC"] = [], ["one half of the real videos to the other"] = [] };
        int models = 0;
        foreach (string subject in Subjects)
        {
            var real = data.Codes(subject);
            MotionScore? last = null;
            foreach (bool conditional in new[] { false, true })
            {
                var scores = data.Models(subject, conditional).Select(path => last = Score($"{subject}: {(conditional ? "with" : "without")} LMC", path, real, conditional ? data.Shipped("start-code", subject) : null, null, request, cancellation)).ToList();
                models = scores.Count;
                cells[conditional ? "with LMC" : "without LMC"].AddRange([TableCell.Of([.. scores.Select(s => s.Frechet)], "0.0"),
                    TableCell.Of([.. scores.Select(s => s.Motion["acceleration"])]), TableCell.Of([.. scores.Select(s => s.Motion["speed"])]), TableCell.Of([.. scores.Select(s => s.CovarianceError)])]);
            }
            cells["one half of the real videos to the other"].AddRange([new TableCell(last!.FrechetReal, null, "0.0"), new TableCell(1), new TableCell(1), new TableCell(0)]);
        }
        return ([.. Subjects.SelectMany(s => new[] { $"{s}: Fréchet distance of codes ↓", "acceleration ÷ real", "speed ÷ real", "error of covariance ↓" })],
            [.. cells.Select(row => new TableRow(row.Key, false, row.Value))],
            [
                $"{request.Count} sequences of codes by {request.Sampler}, seed {request.Seed}, {models} training seed{(models == 1 ? "" : "s")} a row; first codes of the row with LMC from p(α).",
                "Fréchet distance of codes: of the motion codes at eight frames, not of videos; acceleration ÷ real is smoothness, 1 is as real, above 1 jitters. See docs/architecture.md, \"What is measured, and how\".",
                $"Real codes: {options.Codes ?? $"those of {data.Source}"}.",
            ]);
    }

    private (IReadOnlyList<string>, IReadOnlyList<TableRow>, IReadOnlyList<string>) TransitionDm(TableData data, CancellationToken cancellation)
    {
        var request = new SampleRequest { Count = options.Videos ?? LongVideos, Frames = options.LongFrames, Seed = options.Seed, Sampler = options.Sampler };
        List<TableCell> without = [], with = [];
        foreach (string subject in Subjects)
        {
            var real = data.Codes(subject);
            foreach (var (cells, transition) in new[] { (without, (string?)null), (with, data.Shipped("transition", subject)) })
            {
                var scores = data.Models(subject, conditional: true).Select(path =>
                    Score($"{subject}: {(transition is null ? "without" : "with")} Transition DM", path, real, data.Shipped("start-code", subject), transition, request, cancellation)).ToList();
                cells.AddRange([TableCell.Of([.. scores.Select(s => 100 * s.RepeatedMotion!.Value)], "0.0"), TableCell.Of([.. scores.Select(s => 100 * s.RepeatedShare!.Value)], "0.0"),
                    TableCell.Of([.. scores.Select(s => s.Drift[^1].Std)])]);
            }
        }
        return ([.. Subjects.SelectMany(s => new[] { $"{s}: repeated motion, % of videos ↓", "% of stretches ↓", "deviation, last ÷ first sequence" })],
            [new TableRow("without Transition DM", false, without), new TableRow("with Transition DM", false, with)],
            [
                $"{request.Count} videos of {request.Frames} frames by {request.Sampler}, seed {request.Seed}; a transition after every sequence.",
                "Repeated motion is computed from codes; the paper asked people. The definition, and what it finds on puppets whose truth is known: docs/architecture.md.",
            ]);
    }

    private MotionScore Score(string title, string path, CodeSequences real, string? startCode, string? transition, SampleRequest request, CancellationToken cancellation)
    {
        using var motion = MotionModel.Load(path);
        using var starts = startCode is null ? null : StartCodeModel.Load(startCode);
        using var bridge = transition is null ? null : TransitionModel.Load(transition);
        foreach (var model in new DiffusionModel?[] { motion, starts, bridge }.OfType<DiffusionModel>())
            ComputeDevice.Move(model.Network, ComputeDevice.Find(options.Device));
        var transitions = bridge is null ? null : new Transitions(bridge, starts!, request.Sampler);
        MotionScore? score = null;
        progress.Track(title, "steps", report => score = new MotionEvaluation(motion, real, starts, transitions, (_, done, total) =>
        {
            cancellation.ThrowIfCancellationRequested();
            report(done, total);
        }).Run(request.Frames > 0 ? request : request with { Frames = motion.Settings.Length }));
        return score!;
    }
}
