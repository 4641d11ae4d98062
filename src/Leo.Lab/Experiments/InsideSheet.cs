using System.Globalization;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Display;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>The inside of an animation as a sheet: a row a scale, source | driving | generated | flow | warped | mask, and what the flow's colours mean.</summary>
public static class InsideSheet
{
    /// <summary>Lays the sheet out, finest scale first. One length of flow has full colour at all scales, so that colours compare.</summary>
    /// <param name="inside">The animation.</param>
    /// <param name="source">The source, [1, 3, S, S].</param>
    /// <param name="driving">The driving frames, [T, 3, S, S]; null where codes alone drove.</param>
    public static LabelledSheet Lay(GeneratorTrace inside, Tensor source, Tensor? driving)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int size = inside.Finest.Size, side = Math.Max(128, size);
        float longest = MathF.Max(1e-3f, MathF.Sqrt(inside.Scales.Max(s => s.Flow.square().sum(1L).max().item<float>())));
        var rows = new List<IReadOnlyList<SheetCell>>();
        foreach (var scale in inside.Scales.Reverse())
        {
            var row = new List<SheetCell> { Cell($"{scale.Size} px: source", Small(source, scale.Size)) };
            if (driving is not null)
                row.Add(Cell("driving", Small(driving, scale.Size)));
            row.AddRange(
            [
                Cell("generated", Small(inside.Frames, scale.Size)), Cell("flow φ", FlowPictures.Of(scale.Flow, longest)),
                Cell("source warped", scale.Warped), Cell("mask: white kept", FlowPictures.OfMask(scale.Mask)),
            ]);
            if (rows.Count == 0)
                row.Add(Legend(side, longest * size / 2));
            rows.Add(row);
        }
        return new LabelledSheet(rows, side);
    }

    private static SheetCell Legend(int side, float pixels)
    {
        var wheel = FlowLegend.Wheel(side);
        return new SheetCell(string.Create(CultureInfo.InvariantCulture, $"φ: rim = {pixels:0.0} px"), new Video(1, side, side, 25, wheel.Rgb));
    }

    private static SheetCell Cell(string label, Tensor frames) => new(label, FrameTensors.ToVideo(frames.clamp(-1, 1), 25));

    private static Tensor Small(Tensor frames, int size) =>
        frames.shape[3] > size ? nn.functional.avg_pool2d(frames, frames.shape[3] / size) : frames.alias();
}
