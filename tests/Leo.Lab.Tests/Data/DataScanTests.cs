using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Data.Scanning;
using Leo.Lab.Media;
using Leo.Lab.Tests.Media;

namespace Leo.Lab.Tests.Data;

public sealed class DataScanTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private static readonly PuppetOptions Faces = new() { TrainIdentities = 6, TestIdentities = 2, VideosPerIdentity = 2, Frames = 16 };

    private string Folder(string name)
    {
        foreach (string part in (string[])["train", "test"])
            Directory.CreateDirectory(Path.Combine(media.At(name), part));
        return media.At(name);
    }

    private static Video Puppet(int identity, int video = 0, PuppetKind kind = PuppetKind.Faces) => PuppetStudio.Render(Faces with { Kind = kind }, identity, video).Video;

    [Fact]
    public void Run_WithManifest_KeepsWhatItFound()
    {
        string folder = Folder("manifest"), a = Path.Combine(folder, "train", "a.mp4");
        VideoWriter.WriteAll(a, Puppet(0));
        VideoWriter.WriteAll(Path.Combine(folder, "test", "b.mp4"), Puppet(1));
        File.WriteAllText(Path.Combine(folder, "train", "text.mp4"), "no video");

        DataScan.Run(folder, new DataScanOptions { Manifest = Path.Combine(folder, DataScan.ManifestName) });

        JsonNode[] lines = [.. File.ReadAllLines(Path.Combine(folder, "scan.jsonl")).Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(["test/b.mp4", "train/a.mp4", "train/text.mp4"], lines.Select(l => (string)l["name"]!));
        Assert.Equal((16, 64, 64, 25.0), ((int)lines[1]["frames"]!, (int)lines[1]["width"]!, (int)lines[1]["height"]!, (double)lines[1]["framesPerSecond"]!));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(a))), (string)lines[1]["sha256"]!);
        Assert.DoesNotContain(folder, (string)lines[2]["problem"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StoppedHalfWay_GoesOnWhereItStopped()
    {
        string folder = Folder("resumed"), manifest = Path.Combine(folder, "scan.jsonl");
        for (int i = 0; i < 4; i++)
            VideoWriter.WriteAll(Path.Combine(folder, i < 3 ? "train" : "test", $"{i}.mp4"), Puppet(i));
        var options = new DataScanOptions { Manifest = manifest, Threads = 1 };
        int seen = 0;

        Assert.Throws<OperationCanceledException>(() => DataScan.Run(folder, options, _ =>
        {
            if (++seen == 2)
                throw new OperationCanceledException();
        }));
        File.AppendAllText(manifest, "{\"name\":\"train/9.mp4\",\"fra"); // a crash in the middle of a line
        DataScanReport rest = DataScan.Run(folder, options), again = DataScan.Run(folder, options);
        VideoWriter.WriteAll(Path.Combine(folder, "train", "0.mp4"), Puppet(4));
        var changed = DataScan.Run(folder, options);

        Assert.Equal((2, 4, 3), (rest.Reused, again.Reused, changed.Reused));
        Assert.Equal(rest.Videos.Select(v => v.Sha256), again.Videos.Select(v => v.Sha256));
        Assert.Equal(4, File.ReadAllLines(manifest).Length);
    }

    [Fact]
    public void Run_TwoAtOnceIntoOneManifest_TheSecondIsRefused()
    {
        string folder = Folder("locked"), manifest = Path.Combine(folder, "scan.jsonl");
        VideoWriter.WriteAll(Path.Combine(folder, "train", "a.mp4"), Puppet(0));
        var options = new DataScanOptions { Manifest = manifest };
        DataException? refused = null;

        DataScan.Run(folder, options, _ => refused = Assert.Throws<DataException>(() => DataScan.Run(folder, options)));

        Assert.Contains("another scan", refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CopiesAcrossTheSplit_AreFoundHoweverTheyWereEncoded()
    {
        string folder = Folder("leaks");
        VideoWriter.WriteAll(Path.Combine(folder, "train", "same.mp4"), Puppet(0));
        File.Copy(Path.Combine(folder, "train", "same.mp4"), Path.Combine(folder, "test", "copy.mp4"));
        VideoWriter.WriteAll(Path.Combine(folder, "train", "large.mp4"), Puppet(1));
        media.Ffmpeg(Path.Combine(folder, "test", "small.webm"), "-i", Path.Combine(folder, "train", "large.mp4"), "-vf", "scale=48:40,eq=brightness=0.05,noise=alls=8:allf=t", "-r", "12", "-deadline", "realtime");
        VideoWriter.WriteAll(Path.Combine(folder, "train", "other.mp4"), Puppet(2));
        VideoWriter.WriteAll(Path.Combine(folder, "test", "person-again.mp4"), Puppet(2, 1));

        var report = DataScan.Run(folder);

        Assert.Equal([("same.mp4", "copy.mp4", true), ("large.mp4", "small.webm", false)],
            report.Duplicates.Select(d => (Path.GetFileName(d.Train), Path.GetFileName(d.Test), d.IsSameFile)));
        Assert.InRange(report.Duplicates[1].Distance, 0, 6);
    }

    [Theory]
    [InlineData(PuppetKind.Faces)]
    [InlineData(PuppetKind.Bodies)]
    public void Distance_DifferentVideosAlsoOfOnePerson_StaysFarFromTheThreshold(PuppetKind kind)
    {
        List<(int Person, ulong[] Hashes)> all = [];
        for (int person = 0; person < 8; person++)
        {
            for (int take = 0; take < 2; take++)
            {
                var video = Puppet(person, take, kind);
                all.Add((person, NearDuplicates.Pick([.. Enumerable.Range(0, video.FrameCount).Select(t => PerceptualHash.Of(video.Frame(t), video.Width, video.Height))])));
            }
        }

        var pairs = all.SelectMany((a, i) => all.Skip(i + 1).Select(b => (Same: a.Person == b.Person, Distance: NearDuplicates.Distance(a.Hashes, b.Hashes)))).ToList();

        Assert.Equal((120, 8), (pairs.Count, pairs.Count(p => p.Same)));
        Assert.DoesNotContain(pairs, p => p.Distance <= NearDuplicates.Threshold); // false positives: none of 120
        Assert.All(pairs.Where(p => !p.Same), p => Assert.InRange(p.Distance, NearDuplicates.Threshold + 3, 64));
    }

    [Fact]
    public void Of_PictureOfOneColour_HasNoHashAndMatchesNothing()
    {
        Assert.Equal(0UL, PerceptualHash.Of(new byte[3 * 40 * 30], 40, 30));
        Assert.Equal(double.PositiveInfinity, NearDuplicates.Distance(new ulong[8], new ulong[8]));
    }

    [Fact]
    public void Quarantine_BrokenAndLeaking_AreLeftOutWithoutMovingAnything()
    {
        string folder = Folder("away");
        for (int i = 0; i < 3; i++)
            VideoWriter.WriteAll(Path.Combine(folder, "train", $"{i}.mp4"), Puppet(i));
        File.Copy(Path.Combine(folder, "train", "1.mp4"), Path.Combine(folder, "test", "leak.mp4"));
        File.WriteAllText(Path.Combine(folder, "test", "broken.mp4"), "no video");
        string[] before = Directory.GetFiles(folder, "*.mp4", SearchOption.AllDirectories);

        int away = Quarantine.Write(folder, DataScan.Run(folder));
        var videos = VideoFolder.Open(folder);

        Assert.Equal(2, away);
        Assert.Equal("""{"unreadable":["test/broken.mp4"],"nearDuplicate":["train/1.mp4"]}""", JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "quarantine.json")))!.ToJsonString());
        Assert.Equal(["0.mp4", "2.mp4"], videos.Train.Select(Path.GetFileName));
        Assert.Equal(["leak.mp4"], videos.Test.Select(Path.GetFileName));
        Assert.Equal(3, VideoFolder.List(folder).Count);
        Assert.Equal(before, Directory.GetFiles(folder, "*.mp4", SearchOption.AllDirectories));
        Assert.Equal(5, DataScan.Run(folder).Videos.Count); // a later scan looks at everything again
    }

    [Theory]
    [InlineData("""{"unreadable":["train/a.mp4"]}""", "in quarantine")]
    [InlineData("""{"ugly":["train/a.mp4"]}""", "quarantine.json: cannot be read")]
    [InlineData("""["train/a.mp4"]""", "quarantine.json: cannot be read")]
    [InlineData("""{"unreadable":null}""", "")]
    public void Open_QuarantineThatLeavesNothingOrIsNone_SaysSo(string json, string fault)
    {
        string folder = Folder($"list{json.Length}");
        File.WriteAllBytes(Path.Combine(folder, "train", "a.mp4"), []);
        File.WriteAllText(Path.Combine(folder, "quarantine.json"), json);

        var error = Record.Exception(() => VideoFolder.Open(folder));

        if (fault.Length == 0)
            Assert.True(error is null or LeoException, $"{error}");
        else
            Assert.Contains(fault, Assert.IsAssignableFrom<LeoException>(error).Message, StringComparison.Ordinal);
    }
}
