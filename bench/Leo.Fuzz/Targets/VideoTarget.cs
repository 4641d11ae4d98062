using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Leo.Fuzz.Mutation;
using Leo.Lab.Data;
using Leo.Lab.Media;

namespace Leo.Fuzz.Targets;

/// <summary>Videos and pictures for the real ffmpeg: cut short, misnamed, of no size or of enormous ones, with counts that lie, and playlists in disguise.</summary>
internal sealed class VideoTarget : FuzzTarget
{
    // Boxes of an mp4 that hold sizes, counts and offsets.
    private static readonly string[] Boxes = ["tkhd", "mvhd", "mdhd", "avc1", "avcC", "stts", "stsz", "stsc", "stco", "elst", "trun", "ftyp", "moov", "trak", "mdat", "hdlr", "dref", "url "];

    private static readonly (string Name, string[] Arguments)[] Recipes =
    [
        ("a.mp4", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "12", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]),
        ("b.mp4", ["-f", "lavfi", "-i", "testsrc2=size=48x64:rate=25", "-frames:v", "12", "-pix_fmt", "yuv420p"]),
        ("c.webm", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "6", "-deadline", "realtime"]),
        ("d.mkv", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "12", "-pix_fmt", "yuv420p"]),
        ("e.avi", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "6", "-c:v", "mjpeg"]),
        ("f.gif", ["-f", "lavfi", "-i", "testsrc2=size=32x32:rate=10", "-frames:v", "4"]),
        ("g.png", ["-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1", "-update", "1"]),
        ("h.jpg", ["-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1", "-update", "1"]),
        ("i.webp", ["-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1", "-update", "1"]),
        ("j.bmp", ["-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1", "-update", "1"]),
        ("k.mkv", ["-f", "lavfi", "-i", "color=s=100000x2:rate=25", "-frames:v", "2", "-c:v", "ffv1", "-pix_fmt", "bgr0"]),
        ("l.ts", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "6", "-pix_fmt", "yuv420p"]),
        ("n.webm", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "6", "-c:v", "libvpx"]),
        ("o.mkv", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "6", "-c:v", "libx265", "-x265-params", "log-level=none"]),
        ("p.wmv", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "6", "-c:v", "wmv2"]),
        ("m.ts", ["-f", "lavfi", "-i", "testsrc2=size=128x96:rate=25", "-frames:v", "6", "-pix_fmt", "yuv420p"]),
    ];

    private readonly Lazy<IReadOnlyList<(string Name, byte[] Data)>> _seeds = new(MakeSeeds);

    public override string Name => "video";

    public override int InputsInTests => 24; // each takes two or three processes of ffmpeg

    public override int Patience => 180;

    public override void Make(FuzzRandom random, string folder)
    {
        var (name, data) = random.Pick(_seeds.Value);
        string ending = Path.GetExtension(name);
        byte[] bytes = random.Below(10) switch
        {
            0 => data[..random.Below(data.Length)],
            1 => Playlist(random, folder),
            2 => [.. data, .. random.Pick(_seeds.Value).Data], // of another size, or another container
            3 or 4 or 5 when ending == ".mp4" => InBoxes(random, data),
            6 => NearTheEnds(random, data),
            _ => ByteMutation.Apply(random, data),
        };
        string[] names = [$"x{ending}", $"x{ending}", random.Pick(["x.mp4", "x.png", "x.gif", "x.webm"]), "-i evil.mp4", "x%03d.mp4", "concat:a|b.mp4", "a'b\"c.mp4", "a\nb.mp4", "http:x.mp4"];
        File.WriteAllBytes(Path.Combine(folder, random.Pick(names)), bytes);
    }

    public override void Read(string folder, string output)
    {
        foreach (string file in Directory.GetFiles(folder).Where(f => !f.EndsWith(".secret", StringComparison.Ordinal)))
        {
            var scanned = DataScan.Check(file);
            if (scanned.Problem is null && (scanned.Width < 1 || scanned.Height < 1 || scanned.Frames < 2))
                throw new InvalidOperationException($"taken for sound: {scanned}");
            Try(() => VideoReader.Probe(file));
            ImageFile.Read(file, 32);
        }
    }

    // A number somewhere in a box of the index.
    private static byte[] InBoxes(FuzzRandom random, byte[] data)
    {
        byte[] bytes = (byte[])data.Clone();
        for (int left = 1 + random.Below(3); left > 0; left--)
        {
            int box = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(random.Pick(Boxes)));
            int at = box + random.Pick([-4, 4, 8, 12, 16, 20, 24, 28, 30, 80, 84]);
            if (box < 4 || at + 8 > bytes.Length)
                continue;
            if (random.Chance(0.5)) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), random.Chance(0.3) ? 1_000_000 : (int)random.Number());
            else BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(at), (short)random.Number());
        }
        return bytes;
    }

    private static byte[] NearTheEnds(FuzzRandom random, byte[] data)
    {
        int part = Math.Min(data.Length, 600);
        return random.Chance(0.5)
            ? [.. ByteMutation.Apply(random, data[..part]), .. data[part..]]
            : [.. data[..^part], .. ByteMutation.Apply(random, data[^part..])];
    }

    // Were it followed, the secret would come out as frames.
    private byte[] Playlist(FuzzRandom random, string folder)
    {
        string secret = Path.Combine(folder, "x.secret");
        File.WriteAllBytes(secret, _seeds.Value[0].Data);
        return System.Text.Encoding.UTF8.GetBytes(random.Below(5) switch
        {
            0 => $"ffconcat version 1.0\nfile '{secret}'\n",
            1 => $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n",
            2 => "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
            3 => $"<?xml version=\"1.0\"?><MPD><Period><BaseURL>file://{secret}</BaseURL></Period></MPD>",
            _ => $"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video {random.Below(9999).ToString(CultureInfo.InvariantCulture)} RTP/AVP 96\n",
        });
    }

    private static List<(string, byte[])> MakeSeeds()
    {
        string folder = Directory.CreateTempSubdirectory("seeds-").FullName;
        var made = new List<(string, byte[])>();
        foreach (var (name, arguments) in Recipes)
        {
            string path = Path.Combine(folder, name);
            using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-threads", "1", .. arguments, path]))!;
            process.WaitForExit();
            made.Add(process.ExitCode == 0 ? (name, File.ReadAllBytes(path)) : throw new InvalidOperationException($"ffmpeg cannot make {name}"));
        }
        Directory.Delete(folder, recursive: true);
        return made;
    }
}
