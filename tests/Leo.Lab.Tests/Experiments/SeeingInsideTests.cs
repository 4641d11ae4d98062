using Leo.Lab.Display.Plots;
using Leo.Lab.Animator;
using Leo.Lab.Experiments;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

public class SeeingInsideTests
{
    private static ImageAnimator Animator()
    {
        using var generator = Seeds.Generator(0, "inside");
        var animator = new ImageAnimator(new AnimatorSettings { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] }, generator);
        animator.eval();
        return animator;
    }

    private static Tensor Noise(long count, long seed)
    {
        using var generator = Seeds.Generator(seed, "inside.frames");
        return rand([count, 3, 16, 16], generator: generator) * 2 - 1;
    }

    [Fact]
    public void Inside_FramesFlowAndMask_AreThePipelines()
    {
        using var animator = Animator();
        using var scope = NewDisposeScope();
        Tensor source = Noise(1, 1), driving = Noise(18, 2); // more than one chunk
        var plain = new AnimationPipeline(animator).Animate(source, driving);

        var inside = GeneratorTrace.Of(animator, source, plain.Codes);

        Assert.Equal([8, 16], inside.Scales.Select(s => s.Size));
        Assert.True((inside.Frames - plain.Frames).abs().max().item<float>() < 1e-5);
        Assert.True((inside.Finest.Flow - plain.Flow).abs().max().item<float>() < 1e-5);
        Assert.True((inside.Finest.Mask - plain.Mask).abs().max().item<float>() < 1e-5);
        Assert.True((inside.Finest.Warped - Warp.Apply(source.expand(18, -1, -1, -1), plain.Flow)).abs().max().item<float>() < 1e-5);
        Assert.Single(GeneratorTrace.Of(animator, source, plain.Codes, keepScales: false).Scales);
    }

    [Fact]
    public void Inside_WithoutCodes_IsOneFrameOfTheAppearance()
    {
        using var animator = Animator();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var source = Noise(1, 1);
        var inside = GeneratorTrace.Of(animator, source, null);
        Assert.True((inside.Frames - animator.Generate(animator.EncodeSource(source), null).Image).abs().max().item<float>() < 1e-5);
        Assert.Equal([0, 4], inside.Codes.shape);
    }

    [Fact]
    public void Sweep_EachDirectionMovesItsOwnNumberOnly()
    {
        using var animator = Animator();
        using var scope = NewDisposeScope();
        var source = Noise(1, 1);
        var sweep = DirectionSweep.Of(animator, source, [1, 2, 3, 4], steps: 3);
        var own = new AnimationPipeline(animator).Codes(source);
        var moved = sweep.Codes - own.unsqueeze(0);
        for (int d = 0; d < 4; d++)
        {
            for (int k = 0; k < 4; k++)
            {
                float[] expected = k == d ? new[] { -(d + 1f), 0, d + 1f } : [0f, 0, 0];
                Assert.All(moved[d].select(1, k).contiguous().ToArray<float>().Zip(expected), p => Assert.Equal(p.Second, p.First, 5));
            }
        }
        Assert.Throws<ArgumentException>(() => DirectionSweep.Of(animator, source, [1, 2, 3]));
    }

    [Fact]
    public void Sheet_OfTheInside_HasALegendAndARowForEachScale()
    {
        using var animator = Animator();
        using var scope = NewDisposeScope();
        Tensor source = Noise(1, 1), driving = Noise(2, 2);
        var codes = new AnimationPipeline(animator).Codes(driving);
        var sheet = InsideSheet.Lay(GeneratorTrace.Of(animator, source, codes), source, driving);
        Assert.Equal(2, sheet.FrameCount);
        Assert.InRange(sheet.Width, 7 * 134, 7 * 134 + 8);
        Assert.InRange(sheet.Height, 2 * 154, 2 * 154 + 8);
    }

    [Fact]
    public void Legend_HasTheColoursOfTheFlowThatPointsThere()
    {
        var wheel = FlowLegend.Wheel(33);
        byte[] Pixel(int y, int x) => wheel.Rgb[(((y * 33) + x) * 3)..(((y * 33) + x) * 3 + 3)];
        Assert.Equal([255, 255, 255], Pixel(16, 16));
        Assert.Equal([255, 255, 255], Pixel(0, 0));
        float reach = 15 / 15.5f;
        Assert.Equal(FlowColors.ToRgb([reach], [0], 1), Pixel(16, 31));
        Assert.Equal(FlowColors.ToRgb([0], [-reach], 1), Pixel(1, 16));
    }

    [Fact]
    public void Recolour_LeavesSkinAndGrey_TurnsTheRest_KeepsBrightness()
    {
        using var scope = NewDisposeScope();
        // Rows of skin (224, 172, 140), grey and blue.
        var still = cat([Rows(224, 172, 140), Rows(120, 120, 120), Rows(40, 60, 200)], 1).unsqueeze(0);
        var edited = StillEdits.Recolour(still);
        double Change(long row) => (edited - still).narrow(2, row, 1).abs().max().item<float>();
        Assert.True(Change(1) < 0.01, $"{Change(1)}");
        Assert.True(Change(6) < 0.01, $"{Change(6)}");
        Assert.True(Change(10) > 0.3, $"{Change(10)}");

        static Tensor Rows(float r, float g, float b) => tensor(new[] { r, g, b }).reshape(3, 1, 1).expand(3, 4, 8) / 127.5 - 1;
    }

    [Fact]
    public void Poster_HasFewStepsOfGrey_AndDarkOutlines()
    {
        using var scope = NewDisposeScope();
        var still = zeros(1, 3, 8, 8);
        still.narrow(3, 4, 4).fill_(0.9);
        var poster = StillEdits.Poster(still);
        Assert.Equal(0, poster[0][0][4][0].item<float>(), 4);     // 0.5 stays 0.5
        Assert.Equal(1, poster[0][0][4][7].item<float>(), 4);     // 0.95 becomes 1
        Assert.True(poster[0][0][4][4].item<float>() < 0.9);      // the edge is inked
    }

    [Fact]
    public void Chart_OfCodes_ShowsTheStrongestLines()
    {
        using var scope = NewDisposeScope();
        var chart = CodeChart.Of(tensor(new float[,] { { 1, 0, 5 }, { 2, 0, 5 }, { 3, 9, 5 } }), "codes", strongest: 2);
        Assert.Equal(["m[0]", "m[1]"], chart.Traces.Select(t => t.Name));
        Assert.Equal([0.0, 1, 2], ((LineTrace)chart.Traces[0]).Y);
    }
}
