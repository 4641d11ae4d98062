using Leo.Lab.Display;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Display;

public class VideoSheetTests
{
    [Fact]
    public void Contact_FirstAndLastColumn_AreFirstAndLastFrame()
    {
        var sheet = VideoSheet.Contact([Counting(10)], columns: 4, gap: 0);

        Assert.Equal((2, 8), (sheet.Height, sheet.Width));
        Assert.Equal(0, sheet.Rgb[0]);
        Assert.Equal(9, sheet.Rgb[^1]);
    }

    [Fact]
    public void Contact_GapsAreGrey()
    {
        var sheet = VideoSheet.Contact([Counting(2), Counting(2)], columns: 2, gap: 1);
        Assert.Equal((5, 5), (sheet.Height, sheet.Width));
        Assert.Equal(128, sheet.Rgb[2 * 3]);          // the column between the frames
        Assert.Equal(128, sheet.Rgb[2 * 5 * 3]);      // the row between the videos
    }

    [Fact]
    public void SideBySide_ShorterVideo_HoldsItsLastFrame()
    {
        var both = VideoSheet.SideBySide([Counting(3), Counting(5)], scale: 2);

        Assert.Equal((5, 4, 8), (both.FrameCount, both.Height, both.Width));
        Assert.Equal(2, both.Frame(4)[0]);
        Assert.Equal(4, both.Frame(4)[^1]);
    }

    [Fact]
    public void SideBySide_DifferentSizes_AreRefused() =>
        Assert.Throws<ArgumentException>(() => VideoSheet.SideBySide([Counting(1), new Video(1, 4, 4, 25, new byte[48])]));

    // 2×2 frames; every byte of frame t is t.
    private static Video Counting(int frames) => new(frames, 2, 2, 25, [.. Enumerable.Range(0, frames).SelectMany(t => Enumerable.Repeat((byte)t, 12))]);
}
