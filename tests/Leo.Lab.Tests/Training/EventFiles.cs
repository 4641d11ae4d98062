using System.Buffers.Binary;
using Leo.Lab.Media;
using Leo.Lab.Training;
using Tensorboard;

namespace Leo.Lab.Tests.Training;

/// <summary>Reads TensorBoard's event files as TensorBoard does: by name, up to a record that is cut short, forgetting what a START says.</summary>
internal static class EventFiles
{
    internal sealed record Shown(string Tag, long Step, float Number, byte[] Picture);

    internal static string[] Of(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];

    internal static List<Shown> Read(string folder)
    {
        var shown = new List<Shown>();
        foreach (string file in Of(folder))
        {
            foreach (var what in Events(file))
            {
                if (what.SessionLog is { Status: SessionLog.Types.SessionStatus.Start })
                    shown.RemoveAll(s => s.Step >= what.Step);
                foreach (var value in what.Summary?.Value ?? [])
                {
                    shown.Add(new Shown(value.Tag, what.Step, value.SimpleValue, value.Image?.EncodedImageString.ToByteArray() ?? []));
                    if (value.Image is { } image)
                    {
                        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], image.EncodedImageString.Take(4));
                        Assert.Equal(3, image.Colorspace);
                        Assert.Equal(image.Width, BinaryPrimitives.ReadInt32BigEndian(image.EncodedImageString.Span[16..]));
                        Assert.Equal(image.Height, BinaryPrimitives.ReadInt32BigEndian(image.EncodedImageString.Span[20..]));
                    }
                }
            }
        }
        return shown;
    }

    /// <summary>What is shown of a run is every number of its <c>metrics.jsonl</c>, no step twice, and these pictures of its <c>samples/</c>, pixel by pixel.</summary>
    internal static void AssertShown(string run, params (string Name, long Step)[] pictures)
    {
        var shown = Read(Path.Combine(run, "tensorboard"));
        var expected = RunFolder.ReadMetrics(run).SelectMany(m => new (string, double)[] { ("seconds", m.Seconds), ("learningRate", m.LearningRate), ("skipped", m.Skipped) }
            .Concat(m.Scalars.Select(s => (s.Key, s.Value))).Select(s => (s.Item1, m.Step, (float)s.Item2)))
            .DistinctBy(s => (s.Item1, s.Step)); // at the end, a step's validation may have a line of its own
        Assert.Equal(expected, shown.Where(s => s.Picture.Length == 0).Select(s => (s.Tag, s.Step, s.Number)));

        var seen = shown.Where(s => s.Picture.Length > 0).ToList();
        Assert.Equal(pictures.Select(p => ($"samples/{p.Name}", p.Step)), seen.Select(s => (s.Tag, s.Step)));
        string copy = Path.Combine(run, "seen.png");
        foreach (var (sample, picture) in pictures.Zip(seen))
        {
            File.WriteAllBytes(copy, picture.Picture);
            Assert.Equal(ImageFile.Read(Path.Combine(run, $"samples/{sample.Name}-{sample.Step:D7}.png")).Rgb, ImageFile.Read(copy).Rgb);
        }
    }

    /// <summary>The whole records of a file; their checksums are right and the first names the format.</summary>
    internal static List<Event> Events(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        var events = new List<Event>();
        for (int at = 0; bytes.Length - at >= 16;)
        {
            long length = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 16)
                break;
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            var message = bytes.AsSpan(at + 12, (int)length);
            Assert.Equal(Masked(message), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + (int)length)));
            events.Add(Event.Parser.ParseFrom(message.ToArray()));
            at += 16 + (int)length;
        }
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.All(events, e => Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0 - e.WallTime, 0, 3600));
        return events;
    }

    // Bit by bit, by the polynomial of RFC 3720, so that nothing is shared with what wrote it.
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
