using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

/// <summary>Pictures as cameras, phones and programs write them.</summary>
public sealed class StillTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Media", "Golden", name);

    [Theory]
    [InlineData("prog.jpg")]
    [InlineData("ultrahdr.jpg")]
    public void Read_ProgressiveAndUltraHdr_AreTheBaselinePicture(string name)
    {
        var picture = ImageFile.Read(Golden(name));

        Assert.All(picture.Rgb.Zip(ImageFile.Read(Golden("base.jpg")).Rgb), p => Assert.InRange(p.First - p.Second, -2, 2));
        Assert.Equal(1, VideoReader.Read(Golden(name)).FrameCount);
    }

    [Theory]
    [InlineData("rgb48be", "png", 1.5)]
    [InlineData("gray16be", "png", 255)]
    [InlineData("rgba64be", "png", 1.5)]
    [InlineData("pal8", "png", 255)]
    [InlineData("rgb24", "tif", 0)]
    [InlineData("rgb24", "ppm", 0)]
    [InlineData("yuvj444p", "jpg", 8)]
    public void Read_OddPixelFormats_AreNearThePicture(string format, string ending, double tolerance)
    {
        string[] source = ["-f", "lavfi", "-i", "testsrc2=size=40x24:rate=25:duration=0.04", "-frames:v", "1", "-update", "1"];
        var plain = ImageFile.Read(media.Ffmpeg("plain.png", [.. source, "-pix_fmt", "rgb24"]));

        var picture = ImageFile.Read(media.Ffmpeg($"{format}.{ending}", "-i", "plain.png", "-frames:v", "1", "-update", "1", "-pix_fmt", format, "-q:v", "1"));

        Assert.Equal((40, 24), (picture.Width, picture.Height));
        Assert.InRange(MediaFixture.MeanDifference(plain.Rgb, picture.Rgb), 0, tolerance);
    }

    [Theory]
    [InlineData(1, 32, 16)]
    [InlineData(2, 32, 16)]
    [InlineData(3, 32, 16)]
    [InlineData(4, 32, 16)]
    [InlineData(5, 16, 32)]
    [InlineData(6, 16, 32)]
    [InlineData(7, 16, 32)]
    [InlineData(8, 16, 32)]
    public void Read_EveryOrientation_IsSetUpright(byte orientation, int width, int height)
    {
        var image = MediaFixture.Ramps(32, 16, 1).ImageAt(0);
        string path = media.At($"turn{orientation}.jpg");
        ImageFile.Write(path, image);
        byte[] exif = [0xFF, 0xE1, 0x00, 0x22, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        byte[] jpg = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. jpg[..2], .. exif, .. jpg[2..]]);

        var read = ImageFile.Read(path);

        Assert.Equal((width, height, width, height), (read.Width, read.Height, VideoReader.Probe(path).Width, VideoReader.Probe(path).Height));
        // Red grows to the right in the stored picture: where is it brightest now?
        int Red(int x, int y) => read.Rgb[((y * width) + x) * 3];
        bool grows = orientation <= 4 ? Red(width - 1, 8) > Red(0, 8) : Red(8, height - 1) > Red(8, 0);
        Assert.Equal(orientation is 1 or 4 or 5 or 6, grows);
    }

    [Theory]
    [InlineData("really.jpg", "gif")]
    [InlineData("really.bmp", "png")]
    [InlineData("really.png", "jpg")]
    [InlineData("really.webp", "bmp")]
    [InlineData("also.jpg", "tiff")]
    public void Read_ContentOfAnotherName_Decides(string name, string ending)
    {
        string real = media.Ffmpeg($"real-{name}.{ending}", ["-f", "lavfi", "-i", "testsrc2=size=40x24:rate=25:duration=0.04", "-frames:v", "1", .. ending == "gif" ? (string[])[] : ["-update", "1"]]);
        File.Copy(real, media.At(name), overwrite: true);

        var picture = ImageFile.Read(media.At(name));

        Assert.Equal((40, 24), (picture.Width, picture.Height));
        string folder = Directory.CreateDirectory(media.At($"folder-{name}")).FullName;
        File.Copy(real, Path.Combine(folder, $"1{Path.GetExtension(name)}"), overwrite: true);
        File.Copy(real, Path.Combine(folder, $"2{Path.GetExtension(name)}"), overwrite: true);
        Assert.Equal(2, VideoReader.Read(folder).FrameCount);
    }

    [Fact]
    public void Read_FormatsThatCannotBeRead_AreRefusedByTheirName()
    {
        string animated = media.At("animated.webp");
        File.WriteAllBytes(animated, [.. "RIFF"u8, 60, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 39, 0, 0, 23, 0, 0, .. new byte[38]]);
        File.WriteAllBytes(media.At("phone.jpg"), [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[40]]);
        File.WriteAllBytes(media.At("avif.png"), [0, 0, 0, 24, .. "ftypavif"u8, .. new byte[40]]);
        File.WriteAllBytes(media.At("xl.jpg"), [0xFF, 0x0A, .. new byte[40]]);

        foreach (var (path, kind) in new[] { (animated, "an animated WebP"), (media.At("phone.jpg"), "a HEIF picture"), (media.At("avif.png"), "an AVIF picture"), (media.At("xl.jpg"), "a JPEG XL picture") })
        {
            var error = Assert.Throws<MediaException>(() => ImageFile.Read(path));
            Assert.Contains(kind, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("damaged", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    [InlineData("bmp")]
    public void Read_LastBytesMissing_IsDamaged(string ending)
    {
        ImageFile.Write(media.At($"whole.{ending}"), MediaFixture.Ramps(64, 48, 1).ImageAt(0));
        byte[] whole = File.ReadAllBytes(media.At($"whole.{ending}"));
        foreach (int missing in new[] { 3, whole.Length / 10, whole.Length / 2 })
        {
            File.WriteAllBytes(media.At($"cut.{ending}"), whole[..^missing]);

            Assert.True(Assert.Throws<MediaException>(() => ImageFile.Read(media.At($"cut.{ending}"))).IsDamage);
        }

        File.WriteAllBytes(media.At($"more.{ending}"), [.. whole, .. new byte[100]]); // what stands behind the picture does not matter
        Assert.Equal(64, ImageFile.Read(media.At($"more.{ending}")).Width);
    }
}
