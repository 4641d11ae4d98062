using System.CommandLine;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Diffusion;
using Leo.Lab.Experiments;
using Leo.Lab.Motion;

namespace Leo.Cli.Commands;

/// <summary><c>leo evaluate motion</c>: a motion model in numbers, by its codes.</summary>
internal static class EvaluateMotionCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var motion = CommonOptions.Path("--motion", "file", "Motion model, with or without Linear Motion Condition: a checkpoint or a run folder.");
        var codes = CommonOptions.Path("--codes", "codes", "Real motion codes to compare with, made by `leo extract`.");
        var start = CommonOptions.OptionalPath("--start-code", "file", "Model of starting codes to draw first codes from; without it they are taken from --codes.");
        var transition = CommonOptions.OptionalPath("--transition", "file", "Transition DM; takes --start-code.");
        var every = CommonOptions.Count("--transition-every", "Sequences of the motion model before each transition.", 1);
        var videos = CommonOptions.Count("--videos", "Videos to sample.", 256, least: 2);
        var frames = CommonOptions.Count("--frames", "Frames of each; more than the model's length for joins, repetition and drift.", 64, least: 2);
        var sampler = new Option<string>("--sampler") { Description = $"{SamplerSpec.Forms}.", DefaultValueFactory = _ => "ddim:50" };
        var seed = CommonOptions.Seed();

        return new LeoCommand("motion", "Measure a motion model by its codes: distance to real ones, smoothness, diversity, joins, repeated motion, drift.",
            "leo evaluate motion --motion runs/bodies-motion --codes bodies-codes.safetensors --start-code runs/bodies-start",
            "leo evaluate motion --motion runs/bodies-motion --codes bodies-codes.safetensors --start-code runs/bodies-start --frames 512 --videos 50 --json",
            "leo evaluate motion --motion m.safetensors --codes c.safetensors --start-code s.safetensors --transition t.safetensors --frames 512 --videos 50")
        .With(motion, codes, start, transition, every, videos, frames, sampler, seed)
        .Requires(result => result.GetResult(transition) is not null && result.GetResult(start) is null ? "--transition leads to codes from --start-code; give it too." : null)
        .Does(parsed =>
        {
            CommonOptions.ApplyThreads(parsed, 1);
            var spec = SamplerSpec.Parse(parsed.GetValue(sampler)!);
            var real = CodeSequences.Load(parsed.GetRequiredValue(codes));
            using var mover = MotionModel.Load(parsed.GetRequiredValue(motion));
            AnimatorFingerprint.Require(real.Animator, parsed.GetRequiredValue(codes), mover.Animator, parsed.GetRequiredValue(motion));
            using var starter = parsed.GetValue(start) is { } startPath ? StartCodeModel.Load(startPath) : null;
            using var bridge = parsed.GetValue(transition) is { } bridgePath ? TransitionModel.Load(bridgePath) : null;
            var device = ComputeDevice.Find(CommonOptions.DeviceOf(parsed));
            foreach (var model in new DiffusionModel?[] { mover, starter, bridge }.OfType<DiffusionModel>())
                ComputeDevice.Move(model.Network, device);
            var transitions = bridge is null ? null : new Transitions(bridge, starter!, spec, parsed.GetValue(every));
            var request = new SampleRequest { Count = parsed.GetValue(videos), Frames = parsed.GetValue(frames), Seed = parsed.GetValue(seed), Sampler = spec };
            MotionScore? score = null;
            WorkProgress.Track(shell, "evaluate motion", "steps", report => score = new MotionEvaluation(mover, real, starter, transitions, (title, done, total) =>
            {
                shell.Cancellation.ThrowIfCancellationRequested();
                report.Report(done, total, title);
            }).Run(request));

            foreach (string line in Lines(score!))
                shell.Print(line);
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "evaluate motion", Motion = parsed.GetRequiredValue(motion), Codes = parsed.GetRequiredValue(codes), Transition = parsed.GetValue(transition), request.Seed, Score = score });
            return ExitCode.Success;
        });
    }

    private static IEnumerable<string> Lines(MotionScore s)
    {
        yield return Text($"{s.Videos} videos of {s.Frames} frames, {s.Sampler}, first codes from {s.FirstCodes}; {s.RealSequences} real sequences");
        yield return Text($"Fréchet distance of codes        {s.Frechet,8:0.00}   (half the real ones to the other half: {s.FrechetReal:0.00})");
        yield return Text($"sampled / real: speed            {s.Motion["speed"],8:0.00}   acceleration {s.Motion["acceleration"]:0.00}   travel {s.Motion["travel"]:0.00}   deviation {s.Motion["std"]:0.00}");
        yield return Text($"error of mean                    {s.MeanError,8:0.00}   of covariance {s.CovarianceError:0.00}");
        yield return $"autocorrelation after {string.Join(", ", CodeMoments.Lags)} frames   {Row(s.Autocorrelation)}   (real {Row(s.AutocorrelationReal)})";
        if (s.Diversity is { } diversity)
            yield return Text($"difference of motions from one first code, over that of real motions   {diversity:0.00}");
        if (s.Joins is { } joins)
            yield return Text($"at {joins.Count} joins, over elsewhere: step {joins.Jump:0.00}   steps around {joins.Around:0.00}   change of velocity {joins.Jerk:0.00}");
        if (s.RepeatedMotion is { } repeated)
            yield return Text($"repeated motion in               {100 * repeated,7:0} % of the videos, {100 * s.RepeatedShare:0} % of their stretches{(s.RepeatedMotionReal is { } truth ? Text($"   (real videos: {100 * truth:0} %)") : "")}");
        if (s.Drift is [.., var last])
            yield return Text($"from the first sequence to frame {last.From}: mean moved by {last.Mean:0.00}, deviation × {last.Std:0.00}, speed × {last.Speed:0.00}");
    }

    private static string Row(IReadOnlyList<double> values) => string.Join(" ", values.Select(v => Text($"{v:0.00}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
