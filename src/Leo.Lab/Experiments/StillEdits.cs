using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// Two simple edits of a still, so that the editing of a video by its first frame (LEO Fig. 7) can be seen without
/// another program. Both work on brightness and colour (Y, Cb, Cr of ITU-R BT.601) and need no network.
/// </summary>
public static class StillEdits
{
    /// <summary>The edits by name.</summary>
    public static IReadOnlyDictionary<string, Func<Tensor, Tensor>> All { get; } =
        new Dictionary<string, Func<Tensor, Tensor>> { ["recolour"] = Recolour, ["poster"] = Poster };

    /// <summary>
    /// Turns the hue of clothes, background and whatever else is not skin by 130°; brightness stays. Skin is what lies in the
    /// range of Cb and Cr of Chai &amp; Ngan (1999).
    /// </summary>
    /// <param name="still">[1, 3, H, W] in [-1, 1].</param>
    /// <returns>Likewise.</returns>
    public static Tensor Recolour(Tensor still)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (y, cb, cr) = Split(still);
        const double Turn = 130 * Math.PI / 180;
        // Soft at the borders of the range, and over a pixel: a hard one would show as a seam.
        var skin = Inside(cb, -51 / 255.0, -1 / 255.0) * Inside(cr, 5 / 255.0, 45 / 255.0);
        var keep = nn.functional.avg_pool2d(skin, 3, 1, 1, count_include_pad: false);
        var turnedCb = cb * Math.Cos(Turn) - cr * Math.Sin(Turn);
        var turnedCr = cb * Math.Sin(Turn) + cr * Math.Cos(Turn);
        return Join(y, lerp(turnedCb, cb, keep), lerp(turnedCr, cr, keep)).MoveToOuterDisposeScope();
    }

    /// <summary>Five steps of brightness, stronger colours and dark outlines, as on a printed poster.</summary>
    /// <param name="still">[1, 3, H, W] in [-1, 1].</param>
    /// <returns>Likewise.</returns>
    public static Tensor Poster(Tensor still)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (y, cb, cr) = Split(still);
        var steps = (y * 4).round() / 4;
        var outline = 1 - (Edges(y) * 1.6 - 0.25).clamp(0, 1);
        return Join(steps * outline, cb * 1.5 * outline, cr * 1.5 * outline).MoveToOuterDisposeScope();
    }

    // Sobel & Feldman 1968; length of the gradient, 1 for an edge from black to white.
    private static Tensor Edges(Tensor y)
    {
        var across = tensor(new float[] { -1, 0, 1, -2, 0, 2, -1, 0, 1 }).reshape(1, 1, 3, 3) / 4;
        var padded = nn.functional.pad(y, [1, 1, 1, 1], PaddingModes.Replicate);
        return (nn.functional.conv2d(padded, across).square() + nn.functional.conv2d(padded, across.transpose(2, 3)).square()).sqrt();
    }

    // 1 within the range, 0 from a fiftieth beyond it.
    private static Tensor Inside(Tensor value, double low, double high) =>
        ((value - low) * 50 + 1).clamp(0, 1) * ((high - value) * 50 + 1).clamp(0, 1);

    // Y in [0, 1], Cb and Cr around 0, each [1, 1, H, W].
    private static (Tensor Y, Tensor Cb, Tensor Cr) Split(Tensor still)
    {
        var rgb = (still.clamp(-1, 1) + 1) / 2;
        Tensor r = rgb.narrow(1, 0, 1), g = rgb.narrow(1, 1, 1), b = rgb.narrow(1, 2, 1);
        var y = 0.299 * r + 0.587 * g + 0.114 * b;
        return (y, (b - y) * 0.564, (r - y) * 0.713);
    }

    private static Tensor Join(Tensor y, Tensor cb, Tensor cr)
    {
        Tensor r = y + cr / 0.713, b = y + cb / 0.564;
        var g = (y - 0.299 * r - 0.114 * b) / 0.587;
        return (cat([r, g, b], 1) * 2 - 1).clamp(-1, 1);
    }
}
