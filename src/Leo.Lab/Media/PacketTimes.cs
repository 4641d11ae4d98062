using System.Globalization;

namespace Leo.Lab.Media;

/// <summary>What a container says it holds: the times of its pictures, read without decoding one. What a decoder swallows in silence is missed by it.</summary>
internal static class PacketTimes
{
    /// <summary>Times of all pictures that are to be shown, in the file's own units; empty where it does not say them.</summary>
    public static IReadOnlyList<long> Read(string path)
    {
        using var process = FfmpegProcess.Start("ffprobe",
            ["-v", "error", .. FfmpegProcess.OnlyMedia, "-select_streams", "V:0", "-show_entries", "packet=pts,size,flags", "-of", "compact=p=0", FfmpegProcess.FileUrl(path)]);
        using var text = new StreamReader(process.Output);
        List<long> times = [];
        bool known = true;
        while (text.ReadLine() is { } line)
        {
            var packet = line.Split('|').Select(f => f.Split('=', 2)).Where(f => f.Length == 2).DistinctBy(f => f[0]).ToDictionary(f => f[0], f => f[1]);
            // Edit lists hide pictures ("D"), and an empty packet is the picture before it once more.
            if (packet.GetValueOrDefault("flags", "").Contains('D') || packet.GetValueOrDefault("size") is null or "0")
                continue;
            known &= long.TryParse(packet.GetValueOrDefault("pts"), CultureInfo.InvariantCulture, out long time);
            times.Add(time);
        }

        return process.WaitForExit() == 0 && known ? times : [];
    }

    /// <summary>Those that should have come out and did not: all after the first that did. A file that was cut out of another may begin with pictures that lean on what is gone.</summary>
    /// <param name="promised">Of <see cref="Read"/>.</param>
    /// <param name="decoded">Times of the frames.</param>
    /// <returns>In order of time; empty where nothing can be said.</returns>
    public static IReadOnlyList<long> Missing(IReadOnlyList<long> promised, IReadOnlySet<long> decoded)
    {
        if (decoded.Count == 0)
            return [];
        long first = decoded.Min();
        long[] missing = [.. promised.Where(t => t > first && !decoded.Contains(t)).Order()];
        // Interlaced pictures may come in two packets, fields, each with a time.
        return missing.Length * 5 < promised.Count * 2 ? missing : [];
    }
}
