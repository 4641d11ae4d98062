namespace Leo.Lab.Media;

/// <summary>
/// Where MPEG transport streams were joined byte by byte, as <c>cat a.ts b.ts</c> and programs that save HLS do. The counters of packets
/// (ISO/IEC 13818-1 §2.4.3.3) begin anew there, so ffmpeg calls the last picture before each seam corrupt, which it is not.
/// </summary>
internal static class TransportSeams
{
    private const int Packet = 188;

    // Times have 33 bits and begin anew behind them.
    private const long Wrap = (1L << 33) - 1;

    /// <summary>Whether a picture's decoding time is that of the last one before a seam.</summary>
    public static bool Contains(IReadOnlySet<long> seams, long dts) => seams.Contains(dts & Wrap);

    /// <summary>The decoding times of the last pictures before the seams, in 1/90,000 s; empty for other files.</summary>
    public static IReadOnlySet<long> Find(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HashSet<long>(); // the decoder says so as well
        }
    }

    private static IReadOnlySet<long> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        byte[] start = new byte[1024];
        int known = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        // Cameras (.m2ts, .mts) put four bytes before each packet.
        int before = IsInStep(start.AsSpan(0, known), 0, Packet) ? 0 : IsInStep(start.AsSpan(0, known), 4, Packet + 4) ? 4 : -1;
        if (before < 0)
            return new HashSet<long>();
        stream.Position = 0;
        var reader = new SeamReader();
        byte[] bytes = new byte[before + Packet];
        while (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length)
            reader.Take(bytes.AsSpan(before));
        return reader.Seams;
    }

    private static bool IsInStep(ReadOnlySpan<byte> start, int first, int step)
    {
        for (int i = 0; i < 4; i++)
        {
            if (first + (i * step) >= start.Length || start[first + (i * step)] != 0x47)
                return false;
        }

        return true;
    }

    private sealed class SeamReader
    {
        private readonly Dictionary<int, Elementary> _streams = [];
        private readonly HashSet<long> _seams = [];
        private int _tableCount = -1;

        public IReadOnlySet<long> Seams => _seams;

        public void Take(ReadOnlySpan<byte> packet)
        {
            if (packet[0] != 0x47 || (packet[1] & 0x80) != 0)
            {
                // Overwritten or received with errors: what breaks off here was not joined.
                foreach (var stopped in _streams.Values)
                    stopped.Restarted = false;
                return;
            }

            int id = (packet[1] & 0x1F) << 8 | packet[2], count = packet[3] & 15;
            if ((packet[3] & 0x10) == 0)
                return; // no payload, not counted
            if (id == 0)
            {
                bool restarted = count == 0 || count != ((_tableCount + 1) & 15);
                _tableCount = count;
                foreach (var other in _streams.Values)
                    other.Restarted |= restarted;
                return;
            }

            bool begins = (packet[1] & 0x40) != 0;
            bool adapted = (packet[3] & 0x20) != 0 && packet[4] > 0;
            var payload = packet[Math.Min(Packet, (packet[3] & 0x20) != 0 ? 5 + packet[4] : 4)..];
            long? time = begins ? TimeOf(payload) : null;
            if (!_streams.TryGetValue(id, out var stream))
                _streams[id] = stream = new Elementary();
            bool broken = stream.Count >= 0 && count != ((stream.Count + 1) & 15);
            // A whole picture begins that needs none before it, behind a list of programs that begins anew; else packets are missing.
            bool seam = broken && begins && stream.Restarted && ((adapted && (packet[5] & 0x40) != 0) || time < stream.Time);
            if (seam && !stream.IsBroken && stream.Time is { } last)
                _seams.Add(last);
            (stream.Count, stream.Restarted) = (count, false);
            if (begins)
                (stream.Time, stream.IsBroken) = (time, false);
            else
                stream.IsBroken |= broken;
        }

        // Of a packetised elementary stream: its decoding time, or where that is the same only the time to show it (§2.4.3.7).
        private static long? TimeOf(ReadOnlySpan<byte> payload)
        {
            if (payload.Length < 14 || !payload.StartsWith((ReadOnlySpan<byte>)[0, 0, 1]) || (payload[7] & 0x80) == 0)
                return null;
            var at = (payload[7] & 0x40) != 0 && payload.Length >= 19 ? payload[14..] : payload[9..];
            return (at[0] & 0x0EL) << 29 | (long)at[1] << 22 | (at[2] & 0xFEL) << 14 | (long)at[3] << 7 | (long)(at[4] >> 1);
        }

        private sealed class Elementary
        {
            public int Count { get; set; } = -1;

            public long? Time { get; set; }

            /// <summary>Whether a list of programs began anew since its last packet.</summary>
            public bool Restarted { get; set; }

            /// <summary>Whether packets are missing within its last picture.</summary>
            public bool IsBroken { get; set; }
        }
    }
}
