using System.Globalization;
using Leo.Lab.Animator;
using Leo.Lab.Display;

namespace Leo.Lab.Experiments;

/// <summary>The tables of the main job's page.</summary>
internal static class ReportTables
{
    public static Table Reconstruction(ReconstructionScore r) => new Table("", "generated", "repeating the source", "ratio")
    {
        Caption = $"{r.Frames} frames in [-1, 1]. A pixel moves where source and driving differ by more than {ReconstructionMeter.MovingThreshold} (mean over the channels); "
            + $"that is {Number(100 * r.MovingShare, "0")} % of all pixels.",
    }
    .Add("L1, whole frame", Number(r.L1), Number(r.RepeatSourceL1), Number(r.L1 / r.RepeatSourceL1, "0.00"))
    .Add("L1, moving region", Number(r.MovingL1), Number(r.MovingRepeatSourceL1), Number(r.MovingRatio, "0.00"))
    .Add("L1, moving region, first output frozen", Number(r.MovingFrozenL1), Number(r.MovingRepeatSourceL1), Number(r.FrozenRatio, "0.00"))
    .Add("PSNR, dB", Number(r.Psnr, "0.0"), "", "");

    public static Table Motion(ReconstructionScore r)
    {
        var table = new Table("video", new("agreement", Format: "0.00"), new("gain", Format: "0.00"), new("moving region", Format: "0.00"), new("frozen", Format: "0.00"), "")
        {
            Caption = "Agreement: cosine between the changes from the first frame, generated and real. Gain: how much of the real change there is. Moving region, and the first output frozen: error over that of repeating the source. "
                + $"Below {Number(MotionAgreement.Least, "0.0")} of agreement or gain a video does not move.",
        };
        table.AddReference("all", r.Agreement, r.Gain, r.MovingRatio, r.FrozenRatio, "");
        foreach (var video in r.Videos)
            table.Add(Path.GetFileNameWithoutExtension(video.Video), video.Agreement, video.Gain, video.MovingRatio, video.FrozenRatio, video.Moves ? "" : "does not move");
        return table;
    }

    public static Table Codes(SubjectReport numbers)
    {
        var code = numbers.MotionCode;
        var table = new Table("", "value")
        {
            Caption = "m = α − α₁. Probes are linear; the pose probe is fitted on other people than it is judged on, and identity is learnt from one video of a person and judged on another.",
        };
        if (code.PoseR2 is { } r2)
            table.Add("true pose from m, R² on people not seen (mean)", Number(r2, "0.00"));
        if (code.IdentityAccuracy is { } byMotion)
        {
            table.Add("identity from m, across videos", Number(byMotion, "0.00"));
            table.Add("identity from α, across videos", Number(code.IdentityAccuracyAlpha ?? double.NaN, "0.00"));
            table.Add("identity by guessing", Number(code.IdentityChance ?? double.NaN, "0.00"));
        }
        if (numbers.Transfer.PoseR2 is { } transfer)
            table.Add("transfer: driver's true pose read from the generated frames, R²", Number(transfer, "0.00"));
        if (numbers.Transfer.IdentityKept is { } kept)
            table.Add("transfer: frames whose colours are still nearest to the source person", Share(kept));
        table.Add("samples: change from frame to frame", Number(numbers.Samples.Motion));
        table.Add("real videos: change from frame to frame", Number(numbers.Samples.MotionReal));
        table.Add("long video: drift of colours", Number(numbers.LongVideo.IdentityDrift));
        table.Add("real videos: drift of colours", Number(numbers.LongVideo.IdentityDriftReal));
        if (numbers.LongVideo.IdentityKept is { } stays)
            table.Add("long video: last frames whose colours are nearest to the source person", Share(stays));
        if (numbers.LongVideoWithTransitions is { } changing)
            table.Add("long video with transitions: drift of colours", Number(changing.IdentityDrift));
        return table;
    }

    public static Table? PoseVariables(MotionCodeScore code)
    {
        if (code.PoseR2ByVariable is not { Count: > 0 } byVariable)
            return null;
        var table = new Table("pose variable", new("R²", Format: "0.00"));
        foreach (var (variable, r2) in byVariable)
            table.Add(variable, r2);
        return table;
    }

    public static string Number(double value, string format = "0.0000") =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static string Share(double value) => Number(100 * value, "0") + " %";
}
