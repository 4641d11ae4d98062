using Leo.Lab.Data.Preparation;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Data.Preparation;

public sealed class CropRuleTests
{
    // first = smallest i with i · rate ≥ start · fps, fps to two decimals (load_videos.py of first-order-model; download_and_process.py of CelebV-HQ).
    [Theory]
    [InlineData(80, 300, 29.97, 30000.0 / 1001, 80, 220)]
    [InlineData(11072, 11285, 29.97, 60000.0 / 1001, 22144, 426)]
    [InlineData(81, 300, 30, 15, 41, 109)]
    [InlineData(81.62, 86.17, 1, 25, 2041, 114)]
    [InlineData(2, 4, 1, 25, 50, 50)]
    public void Frames_OfAnotherRate_AreThoseOfTheOfficialLoader(double start, double end, double rate, double fps, int first, int count) =>
        Assert.Equal((first, count), new ClipRange(start, end, rate).Frames(fps));

    [Fact]
    public void ReferenceBox_OnHalfTheSize_IsCutToWholePixels() =>
        Assert.Equal(new PixelBox(59, 41, 195, 195), new ReferenceBox(118, 82, 508, 472, 640, 480).On(320, 240));

    // By hand: +0.02 → 0, 0.9015, 0.1764, 0.7122 → rows 0…649, columns 226…912 → half = min(649, 686) / 2 = 324, centre 324, 569.
    [Fact]
    public void NormalizedBox_OfThePublishedExample_IsEnlargedAndSquare() =>
        Assert.Equal(new PixelBox(245, 0, 648, 648), new NormalizedBox(0, 0.8815, 0.1964, 0.6922).On(1280, 720));

    [Theory]
    [InlineData(20, 10, 19, 23, 18, 10, 23, 23)]
    [InlineData(20, 10, 24, 19, 20, 8, 24, 24)]
    [InlineData(20, 10, 20, 20, 20, 10, 20, 20)]
    public void Square_GrowsTheShorterSideOnBothEnds(int x, int y, int w, int h, int sx, int sy, int sw, int sh) =>
        Assert.Equal(new PixelBox(sx, sy, sw, sh), CropGeometry.Square(new PixelBox(x, y, w, h)));

    [Fact]
    public void Clamp_BoxThatReachesOut_KeepsThePartInside() =>
        Assert.Equal(new PixelBox(50, 0, 14, 20), CropGeometry.Clamp(new PixelBox(50, -10, 30, 30), 64, 48));

    [Theory]
    [InlineData(50, -10, 30, 34, 0, 30)]
    [InlineData(-5, 10, 20, 0, 10, 20)]
    [InlineData(0, 0, 60, 6, 0, 48)]
    public void Inside_SquareThatReachesOut_IsMovedAndStaysSquare(int x, int y, int side, int ix, int iy, int inside) =>
        Assert.Equal(new PixelBox(ix, iy, inside, inside), CropGeometry.Inside(new PixelBox(x, y, side, side), 64, 48));
}
