using Leo.Lab.Display;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Display;

public class LabelledSheetTests
{
    private static Video Plain(int frames, int size, byte value)
    {
        byte[] rgb = new byte[frames * size * size * 3];
        Array.Fill(rgb, value);
        return new Video(frames, size, size, 10, rgb);
    }

    private static byte At(Image sheet, int y, int x) => sheet.Rgb[((y * sheet.Width) + x) * 3];

    [Fact]
    public void Frame_HoldsEachVideoEnlargedUnderItsLabel()
    {
        var sheet = new LabelledSheet([[new SheetCell("left", Plain(2, 8, 10)), new SheetCell("right", Plain(1, 16, 200))]], side: 16);

        Assert.Equal(2, sheet.FrameCount);
        Assert.Equal((0, 0), (sheet.Width % 2, sheet.Height % 2));
        var frame = sheet.Frame(1);
        Assert.Equal(10, At(frame, 26, 6));         // gap, label, then the picture's first pixel
        Assert.Equal(10, At(frame, 41, 21));
        Assert.Equal(255, At(frame, 42, 21));
        Assert.Equal(200, At(frame, 26, 28));
        Assert.Contains(frame.Rgb, b => b < 10 || b is > 10 and < 200); // ink of the labels
    }

    [Fact]
    public void Frame_LargerVideos_AreThinned()
    {
        var sheet = new LabelledSheet([[new SheetCell("", Plain(1, 64, 90))]], side: 32);
        Assert.Equal(90, At(sheet.Frame(0), 26 + 31, 6 + 31));
        Assert.Equal(255, At(sheet.Frame(0), 26 + 32, 6));
    }

    [Fact]
    public void Frame_CaptionsChangeFromFrameToFrame()
    {
        var sheet = new LabelledSheet([[new SheetCell("", Plain(1, 64, 90))]], 64, ["one", "two", "three"]);
        Assert.Equal(3, sheet.FrameCount);
        Assert.NotEqual(sheet.Frame(0).Rgb, sheet.Frame(1).Rgb);
    }

    [Fact]
    public void Labels_WithEverySpecialCharacter_AreDrawn()
    {
        var strips = Leo.Lab.Media.TextStrips.Draw([@"a[1]: 100 % 'x', \n; {y}=z", "", "α − φ"], 200, 20);
        Assert.Equal(3, strips.Count);
        Assert.Contains(strips[0].Rgb, b => b < 100);
        Assert.All(strips[1].Rgb, b => Assert.Equal(255, b));
        Assert.Contains(strips[2].Rgb, b => b < 100);
    }

    [Fact]
    public void Save_SeveralFramesToOnePicture_IsRefused()
    {
        var sheet = new LabelledSheet([[new SheetCell("", Plain(2, 8, 90))]], 8);
        Assert.Throws<MediaException>(() => sheet.Save(Path.Combine(Path.GetTempPath(), "never.png"), 10));
    }
}
