using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

/// <summary>Pictures as cameras, phones and programs write them.</summary>
public sealed class StillTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Media", "Golden", name);

    [Theory]
    [InlineData("prog.jpg", "base.jpg")]
    [InlineData("ultrahdr.jpg", "base.jpg")]
    [InlineData("prog-444.jpg", "base-444.jpg")] // successive approximation, its last scan the smallest
    [InlineData("prog-restart.jpg", "base-420.jpg")] // scans of a single coefficient, restart marks
    [InlineData("prog-gray.jpg", "base-gray.jpg")]
    public void Read_ProgressiveAndUltraHdr_AreTheBaselinePicture(string name, string baseline)
    {
        var picture = ImageFile.Read(Golden(name));

        Assert.All(picture.Rgb.Zip(ImageFile.Read(Golden(baseline)).Rgb), p => Assert.InRange(p.First - p.Second, -2, 2));
        Assert.Equal(1, VideoReader.Read(Golden(name)).FrameCount);
    }

    // Phones put a video, a second picture or notes of their own behind the first one's end.
    [Theory]
    [InlineData("a gain map")]
    [InlineData("a motion photo")]
    [InlineData("notes")]
    public void Read_WhatPhonesAppend_IsLeftAlone(string what)
    {
        string name = what.Replace(' ', '-');
        byte[] first = File.ReadAllBytes(Golden("base.jpg"));
        byte[] behind = what switch
        {
            "a gain map" => File.ReadAllBytes(Golden("base-gray.jpg")),
            "a motion photo" => File.ReadAllBytes(media.TestVideo("motion.mp4", codec: ["-pix_fmt", "yuv420p"])),
            _ => [0, 0, 1, 10, .. "Image_UTC_Data1700000000000SEFHk"u8, .. new byte[20], .. "SEFT"u8],
        };
        File.WriteAllBytes(media.At($"{name}.jpg"), [.. first, .. behind]);

        Assert.Equal(ImageFile.Read(Golden("base.jpg")).Rgb, ImageFile.Read(media.At($"{name}.jpg")).Rgb);
        Assert.Equal(1, VideoReader.Read(media.At($"{name}.jpg")).FrameCount);
    }

    [Theory]
    [InlineData("yuvj420p")]
    [InlineData("yuvj444p")]
    [InlineData("gray")]
    public void Read_JpegWhoseDataDoNotAddUp_IsDamaged(string format)
    {
        byte[] whole = File.ReadAllBytes(media.Ffmpeg($"sums-{format}.jpg", "-f", "lavfi", "-i", "testsrc2=size=128x96:rate=25", "-frames:v", "1", "-update", "1", "-pix_fmt", format, "-q:v", "2"));
        Assert.Equal(128, ImageFile.Read(media.At($"sums-{format}.jpg")).Width);
        for (int way = 0; way < 4; way++)
        {
            byte[] bytes = (byte[])whole.Clone();
            if (way == 0)
            {
                bytes.AsSpan(bytes.Length / 2, 100).Clear();
            }
            else
            {
                var random = new Random(way);
                for (int i = 0; i < 12; i++)
                    bytes[(int)(whole.Length * (0.4 + (0.3 * random.NextDouble())))] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(media.At($"changed-{format}.jpg"), bytes);
            Assert.True(Assert.Throws<MediaException>(() => ImageFile.Read(media.At($"changed-{format}.jpg"))).IsDamage);
        }
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

    // Photoshop stores inks inverted: 255 is none. Red = 204 · 255 / 255 (K' = 204), green and blue = 204 · 51 / 255.
    // Of YCCK, luminance and chrominance are of the inks themselves: 155 · 204 / 255.
    [Theory]
    [InlineData(0, new[] { 255, 51, 51, 204 }, 204, 41, 41)]
    [InlineData(0, new[] { 128, 255, 0, 255 }, 128, 255, 0)]
    [InlineData(0, new[] { 255, 255, 255, 0 }, 0, 0, 0)]
    [InlineData(2, new[] { 100, 128, 128, 204 }, 124, 124, 124)]
    public void Read_JpegOfPrintingInks_IsItsColour(byte transform, int[] stored, int r, int g, int b)
    {
        string path = media.At($"inks-{r}-{g}.jpg");
        File.WriteAllBytes(path, FourComponents(transform, stored));

        var picture = ImageFile.Read(path);

        Assert.Equal((8, 8), (picture.Width, picture.Height));
        Assert.InRange(picture.Rgb[0] - r, -2, 2);
        Assert.InRange(picture.Rgb[1] - g, -2, 2);
        Assert.InRange(picture.Rgb[2] - b, -2, 2);
        Assert.Equal(picture.Rgb[..3], picture.Rgb[^3..]);
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

    // A baseline JPEG (ITU T.81) of one block for each of four components, all of one value; Adobe's APP14 says which colours they are.
    private static byte[] FourComponents(byte transform, int[] stored)
    {
        // Difference of the mean from 128, times 8: a category of 4 bits, its bits (T.81 F.1.2.1), and the code of one bit that ends a block.
        string bits = string.Concat(stored.Select(v =>
        {
            int value = (v - 128) * 8, category = value == 0 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Abs(value));
            string number = category == 0 ? "" : Convert.ToString(value < 0 ? value + (1 << category) - 1 : value, 2).PadLeft(category, '0');
            return Convert.ToString(category, 2).PadLeft(4, '0') + number + "0";
        }));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        byte[] scan = [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).SelectMany(x => x == 0xFF ? (byte[])[x, 0] : [x])];
        byte[] one = [.. Enumerable.Repeat((byte)1, 64)];
        return
        [
            0xFF, 0xD8, 0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform,
            0xFF, 0xDB, 0, 67, 0, .. one,
            0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
            0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
            0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0, .. scan, 0xFF, 0xD9,
        ];
    }
}
