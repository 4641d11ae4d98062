using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

public sealed class ImageFileTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    [Theory]
    [InlineData("a.png", 0)]
    [InlineData("a.bmp", 0)]
    [InlineData("a.webp", 0)]
    [InlineData("a.jpg", 3)]
    public void Write_ReadBack_IsTheSame(string name, double tolerance)
    {
        var image = MediaFixture.Ramps(33, 21, 1).ImageAt(0);

        ImageFile.Write(media.At(name), image);
        var back = ImageFile.Read(media.At(name));

        Assert.Equal((21, 33), (back.Height, back.Width));
        Assert.InRange(MediaFixture.MeanDifference(image.Rgb, back.Rgb), 0, tolerance);
    }

    [Fact]
    public void ToPng_OnePixel_IsWhatTheStandardSays()
    {
        byte[] png = ImageFile.ToPng(new Image(1, 1, [255, 0, 0]));

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal([0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], png[^12..]); // IEND with its well-known CRC
    }

    [Fact]
    public void Read_WithSize_ResizesTheShortSide()
    {
        ImageFile.Write(media.At("wide.png"), MediaFixture.Ramps(90, 30, 1).ImageAt(0));

        var image = ImageFile.Read(media.At("wide.png"), 15);

        Assert.Equal((15, 15), (image.Height, image.Width));
        Assert.InRange(image.Rgb[0], 80, 100); // a third of the way along the ramp: the sides are cropped
    }

    [Fact]
    public void Read_PhotoTakenOnItsSide_IsTurned()
    {
        // JPEG with EXIF orientation 6: the camera was turned, viewers rotate by 90° clockwise.
        ImageFile.Write(media.At("photo.jpg"), MediaFixture.Ramps(32, 16, 1).ImageAt(0));
        byte[] exif = [0xFF, 0xE1, 0x00, 0x22, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] jpg = File.ReadAllBytes(media.At("photo.jpg"));
        File.WriteAllBytes(media.At("photo.jpg"), [.. jpg[..2], .. exif, .. jpg[2..]]);

        var image = ImageFile.Read(media.At("photo.jpg"));

        Assert.Equal((32, 16), (image.Height, image.Width));
    }

    [Fact]
    public void Write_OtherExtension_IsRefused() =>
        Assert.Throws<MediaException>(() => ImageFile.Write(media.At("a.tiff"), new Image(1, 1, new byte[3])));

    [Fact]
    public void Write_FolderThatIsAFile_IsOneLine()
    {
        File.WriteAllText(media.At("file"), "");

        var error = Assert.Throws<MediaException>(() => ImageFile.Write(Path.Combine(media.At("file"), "a.png"), new Image(1, 1, new byte[3])));

        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }
}
