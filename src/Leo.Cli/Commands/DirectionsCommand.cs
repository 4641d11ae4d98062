using System.CommandLine;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using Leo.Lab.Display;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Cli.Commands;

/// <summary><c>leo directions</c>: what each motion direction does to a still (LIA's figure of its dictionary).</summary>
internal static class DirectionsCommand
{
    private const double FramesPerSecond = 12;

    public static LeoCommand Create(Shell shell)
    {
        var checkpoint = CommonOptions.Path("--checkpoint", "file", "Animator: a checkpoint, a run folder, or any file with LIA's official names (.safetensors, vox.pt, .dat).", "--animator");
        var source = CommonOptions.Path("--source", "image", "Who is shown: an image, the first frame of a video, or a .safetensors with `frames`.");
        var output = CommonOptions.Path("--out", "file", "Grid video to write (.mp4 .gif .webm), or .safetensors: `frames` [directions, steps, 3, S, S], `codes`, `offsets`.");
        var range = new Option<double>("--range")
        {
            Description = "How far to go to either side: in the code's own unit, or with --codes in standard deviations.",
            HelpName = "n",
            DefaultValueFactory = _ => 3,
            Validators = { r => { if (r.Tokens.Count == 1 && double.TryParse(r.Tokens[0].Value, CultureInfo.InvariantCulture, out double v) && !(v > 0 && double.IsFinite(v))) r.AddError($"--range is {v}; it has to be above 0."); } },
        };
        var steps = CommonOptions.Count("--steps", "Frames from one side to the other.", 33, least: 2);
        var codes = CommonOptions.OptionalPath("--codes", "file", "Codes of real videos (`leo extract`): every direction goes as far as it does in them.");
        var around = new Option<string>("--around") { Description = "Pose to start from: the picture's own, or LIA's reference, whose code is zero.", DefaultValueFactory = _ => "source" };
        around.AcceptOnlyFromAmong("source", "reference");

        return new LeoCommand("directions", "Move each motion direction by itself on a still: a grid video, one labelled cell a direction.",
            "leo directions --checkpoint checkpoints/animator-faces-tiny.safetensors --source me.png --out directions.mp4",
            "leo directions --checkpoint runs/faces --source me.png --codes faces-codes.safetensors --range 2.5 --out directions.mp4",
            "leo directions --checkpoint runs/faces --source me.png --steps 9 --around reference --out directions.safetensors")
        .With(checkpoint, source, output, range, steps, codes, around)
        .Does(parsed =>
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            string to = parsed.GetRequiredValue(output);
            using var animator = ImageAnimator.Load(parsed.GetRequiredValue(checkpoint));
            ComputeDevice.Move(animator, ComputeDevice.Find(CommonOptions.DeviceOf(parsed)));
            CommonOptions.ApplyThreads(parsed, animator.Settings.Size);
            int dim = animator.Settings.MotionDim, count = parsed.GetValue(steps);
            var picture = FrameSource.Load(parsed.GetRequiredValue(source), animator.Settings.Size).Tensor.narrow(0, 0, 1);
            double[]? deviations = parsed.GetValue(codes) is { } file ? Deviations(file, dim) : null;
            double reach = parsed.GetValue(range);

            DirectionSweep? sweep = null;
            WorkProgress.Track(shell, "directions", "directions", progress => sweep = DirectionSweep.Of(
                animator, picture, [.. Enumerable.Range(0, dim).Select(d => reach * (deviations?[d] ?? 1))], count,
                parsed.GetValue(around) == "reference" ? zeros(1, dim) : null, done =>
                {
                    shell.Cancellation.ThrowIfCancellationRequested();
                    progress.Report(done, dim);
                }));
            if (FrameSource.IsTensorFile(to))
                Safetensors.Write(to, new Dictionary<string, Tensor> { ["frames"] = sweep!.Frames, ["codes"] = sweep.Codes, ["offsets"] = sweep.Offsets });
            else
                Sheet(sweep!, animator.Settings.Size, reach, deviations).Save(to, FramesPerSecond);

            shell.Print($"{to}: {dim} directions, {count} steps each");
            if (CommonOptions.WantsJson(parsed))
            {
                shell.PrintJson(new { Command = "directions", Out = to, Directions = dim, Steps = count, Range = reach, Unit = deviations is null ? "code" : "deviation", Deviations = deviations, Around = parsed.GetValue(around) });
            }
            return ExitCode.Success;
        });
    }

    // Over all frames of all videos: how far this number goes in reality.
    private static double[] Deviations(string file, int dim)
    {
        var sequences = CodeSequences.Load(file);
        if (sequences.Dim != dim)
            throw new LeoException(file, $"its codes have {sequences.Dim} numbers, the animator's {dim}", "Give codes that this animator extracted");
        using var scope = NewDisposeScope();
        var all = cat([.. sequences.Videos.Select(v => v.ToTensor())], 0).to(ScalarType.Float64);
        double[] deviations = all.shape[0] > 1 ? all.std(0L, unbiased: false).ToArray<double>() : new double[dim];
        return deviations.All(d => d > 0)
            ? deviations
            : throw new LeoException(file, "a number of its codes never changes", "Give codes of several frames, at best of many videos");
    }

    private static LabelledSheet Sheet(DirectionSweep sweep, int size, double reach, double[]? deviations)
    {
        int dim = (int)sweep.Frames.shape[0], steps = (int)sweep.Frames.shape[1], columns = (int)Math.Ceiling(Math.Sqrt(dim * 1.25));
        string unit = deviations is null ? "" : " σ";
        var cells = Enumerable.Range(0, dim).Select(d => new SheetCell(
            deviations is null ? $"α[{d}]" : string.Create(CultureInfo.InvariantCulture, $"α[{d}]  σ = {deviations[d]:0.00}"),
            FrameTensors.ToVideo(sweep.Frames[d].clamp(-1, 1), FramesPerSecond)));
        var captions = Enumerable.Range(0, steps).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"one number of α at a time, from −{reach:0.##}{unit} to +{reach:0.##}{unit}; now {-reach + (2 * reach * i / (steps - 1)):+0.00;−0.00;0.00}{unit}"));
        return new LabelledSheet([.. cells.Chunk(columns)], Math.Max(128, size), [.. captions]);
    }
}
