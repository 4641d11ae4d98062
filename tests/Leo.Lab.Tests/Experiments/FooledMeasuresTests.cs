using System.Globalization;
using Leo.Lab.Animator;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Experiments;
using Leo.Lab.Media;
using Leo.Lab.Metrics.KeyPoints;
using Xunit.Abstractions;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

/// <summary>
/// What each measure of reconstruction can be fooled by, on puppets' faces whose videos are replaced by fabricated ones: what docs/metrics.md says of it. Its table is this test's with 16 people, and key points of eight of them at frames 16, 32 and 47.
/// </summary>
public sealed class FooledMeasuresTests(ITestOutputHelper output)
{
    // Key points are read of few people and frames, for reading takes longer than all the rest.
    private const int People = 4, Told = 1, Frames = 48, Size = 64, Delay = 5;
    private const string Real = "the real video", Still = "still: the source", Grey = "still: a grey blur", Late = "five frames late", Half = "half the motion", Other = "another's motion";

    private static readonly int[] Read = [32];

    [Fact]
    public void Fabricated_Videos_AreToldApartAsTheTextSays()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        PuppetStudio.Write(folder.Path, new PuppetOptions { Kind = PuppetKind.Faces, TrainIdentities = People, TestIdentities = 0, VideosPerIdentity = 1, Frames = Frames, Size = Size });
        string[] videos = [.. Enumerable.Range(0, People).Select(i => folder[$"train/{i:000}_0.mp4"])];
        var made = videos.Select((v, i) => Fabricate(v, PuppetTruth.ForVideo(videos[(i + 1) % People])!)).ToList();
        var rows = made[0].Keys.ToDictionary(name => name, name => Judge(videos, [.. made.Select(m => m[name])], [.. made.Select(m => m[Real])]));

        output.WriteLine("| | L1 where it moves | PSNR, dB | agreement | gain | AKD, px | MKR |\n|---|---|---|---|---|---|---|");
        foreach (var (name, r) in rows)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {r.Ratio:0.00} | {r.Psnr:0.0} | {r.Agreement:0.00} | {r.Gain:0.00} | {r.Akd:0.00} | {r.Mkr:0.00} |"));

        var (real, still, grey, late, half, other) = (rows[Real], rows[Still], rows[Grey], rows[Late], rows[Half], rows[Other]);
        // Nothing objects to the real video; key points are read to a tenth of a pixel.
        Assert.True(real is { Ratio: 0, Mkr: 0, Akd: < 0.1 } && Math.Abs(real.Agreement - 1) < 1e-9 && Math.Abs(real.Gain - 1) < 1e-9);
        // L1 is fooled: a grey blur that stands still is far nearer than the source, and about as near as half of the motion.
        Assert.True(grey.Ratio < 0.75 * still.Ratio && grey.Ratio < other.Ratio && Math.Abs(grey.Ratio - half.Ratio) < 0.15);
        // Agreement and gain are not, and AKD and MKR neither: the key points stay where they were, or are gone.
        Assert.All(new[] { still, grey }, r => Assert.True(Math.Abs(r.Agreement) < 1e-9 && Math.Abs(r.Gain) < 1e-9));
        Assert.True(grey.Mkr > 0.3 && still.Mkr == 0 && still.Akd > half.Akd);
        // Agreement hardly minds a delay, nor half of the motion; gain halves with it, AKD sees both.
        Assert.True(late.Agreement > half.Agreement && late.Gain > half.Gain && Math.Abs(half.Gain - 0.5) < 0.15 && late.Akd > 3 * real.Akd);
        // Another's motion: worst by AKD but for standing still, and less agreement than half of the own motion.
        Assert.True(other.Agreement < half.Agreement && other.Gain < half.Gain && other.Akd > half.Akd);
    }

    private sealed record Row(double Ratio, double Psnr, double Agreement, double Gain, double Akd, double Mkr);

    private static Dictionary<string, Tensor> Fabricate(string video, PuppetTruth other)
    {
        var truth = PuppetTruth.ForVideo(video)!;
        var actor = new PuppetActor(truth, Size);
        float[] start = PuppetActor.Pose(truth, 0), foreign = PuppetActor.Pose(other, 0);
        var real = Levels(VideoReader.Read(video).Rgb);
        var source = real.narrow(0, 0, 1);
        return new Dictionary<string, Tensor>
        {
            [Real] = real,
            [Still] = source.expand(Frames, -1, -1, -1),
            [Grey] = Blurred(real.mean([0L], keepdim: true)).expand(Frames, -1, -1, -1),
            [Late] = cat([source.expand(Delay, -1, -1, -1), real.narrow(0, 0, Frames - Delay)], 0),
            [Half] = Painted(actor, t => Between(start, PuppetActor.Pose(truth, t), 0.5f)),
            [Other] = Painted(actor, t => Moved(start, foreign, PuppetActor.Pose(other, t))),
        };
    }

    private static Row Judge(string[] videos, Tensor[] made, Tensor[] real)
    {
        using var scope = NewDisposeScope();
        var meter = new ReconstructionMeter();
        using var finder = new PuppetKeyPoints();
        var comparison = new FrameComparison(finder, null);
        var at = tensor(Read.Select(t => (long)t).ToArray());
        foreach (var (i, video) in videos.Index())
        {
            Tensor truth = (real[i] / 127.5) - 1, generated = (made[i] / 127.5) - 1;
            meter.Add(video, truth.narrow(0, 0, 1), generated.narrow(0, 0, 1), truth.narrow(0, 1, Frames - 1), generated.narrow(0, 1, Frames - 1));
            if (i < Told)
                comparison.Add(real[i].index_select(0, at), made[i].index_select(0, at), new VideoFrames(video, Read));
        }
        var score = meter.Score();
        return new Row(score.MovingRatio, score.Psnr, score.Agreement, score.Gain, comparison.KeyPoints!.Akd, comparison.KeyPoints.Mkr);
    }

    private static Tensor Levels(byte[] rgb) => tensor(rgb).reshape(Frames, Size, Size, 3).permute(0, 3, 1, 2).to(float32).contiguous();

    private static Tensor Painted(PuppetActor actor, Func<int, float[]> pose) =>
        (tensor(Enumerable.Range(0, Frames).SelectMany(t => actor.Paint(actor.Possible(pose(t))).ToArray()).ToArray()) * 255).round().reshape(Frames, Size, Size, 3).permute(0, 3, 1, 2).contiguous();

    private static float[] Between(float[] from, float[] to, float share) => [.. from.Zip(to, (a, b) => a + (share * (b - a)))];

    private static float[] Moved(float[] own, float[] start, float[] now) => [.. own.Zip(now.Zip(start, (n, s) => n - s), (a, b) => a + b)];

    // A box of 9×9, twice, and half of the contrast.
    private static Tensor Blurred(Tensor frame)
    {
        for (int i = 0; i < 2; i++)
            frame = nn.functional.avg_pool2d(nn.functional.pad(frame, [4, 4, 4, 4], PaddingModes.Replicate), [9, 9], [1, 1]);
        return (frame + frame.mean()) / 2;
    }
}
