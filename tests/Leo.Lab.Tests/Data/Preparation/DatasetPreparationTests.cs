using Leo.Lab.Data;
using Leo.Lab.Data.Preparation;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Data.Preparation;

public sealed class DatasetPreparationTests(TaichiPreparation taichi) : IClassFixture<TaichiPreparation>, IDisposable
{
    private const string First = "train/-aB_9 é#000004#000012.mp4", Clamped = "test/-aB_9 é#000010#000016.mp4", Short = "train/-aB_9 é#000015#000040.mp4";
    private readonly SourceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private PreparedClip Clip(string name) => taichi.Report.Manifest.Clips.Single(c => c.Name == name);

    [Fact]
    public void Run_Taichi_CutsWhereAndWhenTheMetadataSays()
    {
        var clip = Clip(First);

        Assert.Equal((8, 25, 4, new PixelBox(10, 8, 32, 32)), (clip.Frames, (int)clip.FramesPerSecond, clip.FirstFrame, clip.Crop!.Value));
        var (x, y, t) = taichi.Tree.Middle(First, 0);
        Assert.Equal((25.5, 23.5, 4.0), (x, y, t), Close(1.5));
        Assert.Equal(11, taichi.Tree.Middle(First, 7).T, 0.6);
    }

    [Fact]
    public void Run_BoxOutsideTheFrame_IsClampedAndSaid()
    {
        var clip = Clip(Clamped);

        Assert.Equal(new PixelBox(40, 20, 24, 28), clip.Crop);
        Assert.Contains("clamped", clip.Notes[0]);
        Assert.Contains("enlarged from 24x28", clip.Notes[1]);
        Assert.Contains(taichi.Report.Manifest.Warnings, w => w.StartsWith("1 clips have boxes that reach outside", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_VideoThatEndsEarly_KeepsWhatIsThere()
    {
        Assert.Equal(5, Clip(Short).Frames);
        Assert.Contains("5 frames of 25", Assert.Single(Clip(Short).Notes));
    }

    [Theory]
    [InlineData("train/-aB_9 é#000040#000080.mp4", "ends before the clip begins")]
    [InlineData("train/-aB_9 é#000000#000009.mp4", "outside of it")]
    [InlineData("train/empty#000000#000005.mp4", "empty.mp4: ")]
    [InlineData("train/gone#000000#000005", "the video gone is not there")]
    public void Run_ClipThatCannotBeMade_IsListedWithItsReasonAndNotWritten(string name, string reason)
    {
        Assert.Contains(reason, Clip(name).Reason);
        Assert.False(File.Exists(Path.Combine(taichi.Tree.Target, name)));
    }

    [Fact]
    public void Run_CountsThatDiffer_AreWarningsWithBothNumbers()
    {
        Assert.Contains(taichi.Report.Manifest.Warnings, w => w.StartsWith("train: 2 clips, published are 2815", StringComparison.Ordinal));
        Assert.Contains(taichi.Report.Manifest.Warnings, w => w.StartsWith("test: 1 clips, published are 285", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Finished_LeavesASplitThatTrainsAndNothingElse()
    {
        var videos = VideoFolder.Open(taichi.Tree.Target);

        Assert.Equal((2, 1), (videos.Train.Count, videos.Test.Count));
        Assert.Equal(taichi.Report.Manifest.Clips.Count, PreparationManifest.Load(taichi.Tree.Target).Clips.Count);
        Assert.Equal(["manifest.json"], Directory.GetFiles(taichi.Tree.Target).Select(Path.GetFileName));
    }

    [Fact]
    public void Run_Again_MakesOnlyWhatIsMissingOrOfAnotherRecipe()
    {
        _tree.Video("a.mp4", 6).Video("b.mp4", 6).Video("c", 4);
        var options = new PreparationOptions { Size = 16 };
        var first = _tree.Prepare(DatasetKind.Folder, options);
        string made = first.Manifest.Clips[0].Name;
        File.WriteAllText(Path.Combine(_tree.Target, made), "half");
        File.WriteAllText(Path.Combine(_tree.Target, "train", $".x.mp4.{Guid.NewGuid():N}.part"), "of a killed run");

        var second = _tree.Prepare(DatasetKind.Folder, options);
        var third = _tree.Prepare(DatasetKind.Folder, options with { MaxFrames = 2 });

        Assert.Equal([(3, 0), (1, 2), (3, 0)], new[] { first, second, third }.Select(r => (r.Made, r.Reused)));
        Assert.Equal(2, third.Manifest.Clips[0].Frames);
        Assert.Equal(3, Directory.GetFiles(_tree.Target, "*", SearchOption.AllDirectories).Count(f => !f.EndsWith("manifest.json", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_Interrupted_GoesOnWhereItWas()
    {
        _tree.Video("a.mp4", 4).Video("b.mp4", 4);
        using var stop = new CancellationTokenSource();
        var options = new PreparationOptions { Size = 16, Threads = 1 };

        Assert.ThrowsAny<OperationCanceledException>(() => DatasetPreparation.Run(DatasetKind.Folder, _tree.Source, _tree.Target, options, (_, _, _) => stop.Cancel(), stop.Token));
        Assert.False(File.Exists(Path.Combine(_tree.Target, "manifest.json")));
        File.AppendAllText(Path.Combine(_tree.Target, ".manifest.jsonl"), "{\"name\": \"cut sho");
        var report = _tree.Prepare(DatasetKind.Folder, options);

        Assert.Equal((1, 1), (report.Made, report.Reused));
    }

    [Fact]
    public void Run_PngEveryOther_WritesFramesAndHalvesTheRate()
    {
        _tree.Video("a.mp4", 7);

        var clip = Assert.Single(_tree.Prepare(DatasetKind.Folder, new PreparationOptions { Size = 16, Format = ClipFormat.Png, Every = 2 }).Manifest.Clips);

        Assert.Equal(("train/a", 4, 12.5), (clip.Name, clip.Frames, clip.FramesPerSecond));
        Assert.Equal(["0000000.png", "0000001.png", "0000002.png", "0000003.png"], Directory.GetFiles(Path.Combine(_tree.Target, "train/a")).Select(Path.GetFileName).Order());
        Assert.Equal(6, _tree.Middle("train/a", 3).T, 0.6);
    }

    [Theory]
    [InlineData(MeshCrop.Frame, 19, 39)]
    [InlineData(MeshCrop.Video, 29, 29)]
    public void Run_FaceForensics_FollowsTheMeshOrStays(MeshCrop crop, double first, double last)
    {
        PixelBox[] boxes = [.. Enumerable.Range(0, 6).Select(t => new PixelBox(9 + (4 * t), 8, 21, 21 + t))];
        _tree.Video("train/original/ab.avi", 6).Mask("train/mask/ab.avi", onWhite: true, boxes);

        var clip = _tree.Prepare(DatasetKind.FaceForensics, new PreparationOptions { Size = 32, Crop = crop }).Manifest.Clips.Single();

        Assert.Equal(("train/ab.mp4", 6), (clip.Name, clip.Frames));
        Assert.Equal(first, _tree.Middle(clip.Name, 0).X, 1.5);
        Assert.Equal(last, _tree.Middle(clip.Name, 5).X, 1.5);
        Assert.Equal(5, _tree.Middle(clip.Name, 5).T, 0.8);
    }

    [Fact]
    public void Run_MaskShorterThanItsVideo_UsesWhatBothHave()
    {
        _tree.Video("val/original/ab.avi", 6).Mask("val/mask/ab.avi", onWhite: false, [.. Enumerable.Repeat(new PixelBox(40, 20, 24, 24), 4)]);

        var clip = _tree.Prepare(DatasetKind.FaceForensics, new PreparationOptions { Size = 32 }).Manifest.Clips.Single();

        Assert.Equal(4, clip.Frames);
        Assert.Contains(clip.Notes, n => n.Contains("first 4 frames"));
    }

    [Fact]
    public void Run_CelebVHq_CutsSecondsAndSquare()
    {
        _tree.Video("raw/abc.mp4", 40).Text("celebvhq_info.json", """
            {"clips": {"abc_0": {"ytb_id": "abc", "duration": {"start_sec": 0.4, "end_sec": 0.8}, "bbox": {"top": 0.0, "bottom": 0.6, "left": 0.5, "right": 1.0}}}}
            """);

        var clip = _tree.Prepare(DatasetKind.CelebVHQ).Manifest.Clips.Single();

        // Rows 0…round(0.62 · 48) = 30, columns round(0.48 · 64) = 31…64: half 15 around (15, 47).
        Assert.Equal((10, 10, new PixelBox(32, 0, 30, 30)), (clip.Frames, clip.FirstFrame, clip.Crop!.Value));
        Assert.Equal((46.5, 14.5, 10.0), _tree.Middle("train/abc_0.mp4", 0), Close(1.5));
    }

    [Fact]
    public void Run_Ucf101_TakesTheCentreSquare()
    {
        _tree.Video("UCF-101/YoYo/v_YoYo_g08_c01.avi", 4).Video("UCF-101/YoYo/v_YoYo_g01_c01.avi", 4)
            .Text("ucfTrainTestlist/trainlist01.txt", "YoYo/v_YoYo_g08_c01.avi 101\r\n").Text("ucfTrainTestlist/testlist01.txt", "YoYo/v_YoYo_g01_c01.avi\r\n");

        var report = _tree.Prepare(DatasetKind.Ucf101);

        Assert.Equal(["test/YoYo/v_YoYo_g01_c01.mp4", "train/YoYo/v_YoYo_g08_c01.mp4"], report.Manifest.Clips.Select(c => c.Name));
        Assert.Equal((31.5, 23.5, 0.0), _tree.Middle("train/YoYo/v_YoYo_g08_c01.mp4", 0), Close(1.5));
        Assert.Single(VideoFolder.Open(_tree.Target).Test);
    }

    [Fact]
    public void Run_NothingUsable_IsAnErrorThatQuotesTheFirstReason()
    {
        _tree.Text("a.mp4", "no video");

        var error = Assert.Throws<DataException>(() => _tree.Prepare(DatasetKind.Folder));

        Assert.Contains("none of its 1 clips can be prepared; the first, train/a.mp4: ", error.Message);
    }

    [Theory]
    [InlineData("out")]
    [InlineData("")]
    public void Run_TargetInsideTheSource_IsRefused(string below)
    {
        _tree.With("a.mp4");

        Assert.Contains("inside the source", Assert.Throws<DataException>(() => DatasetPreparation.Run(DatasetKind.Folder, _tree.Source, Path.Combine(_tree.Source, below))).Message);
    }

    [Fact]
    public void Run_TargetOfAnotherDataset_IsRefused()
    {
        _tree.With("a.mp4");

        Assert.Contains("holds taichi", Assert.Throws<DataException>(() => DatasetPreparation.Run(DatasetKind.Folder, _tree.Source, taichi.Tree.Target)).Message);
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(2048, 1)]
    [InlineData(64, 0)]
    public void Run_OptionOutOfRange_IsRefusedByName(int size, int every)
    {
        string subject = every < 1 ? "every" : "size";

        Assert.Equal(subject, Assert.Throws<DataException>(() => _tree.Prepare(DatasetKind.Folder, new PreparationOptions { Size = size, Every = every })).Subject);
    }

    private static EqualityComparer<(double, double, double)> Close(double by) => EqualityComparer<(double X, double Y, double T)>.Create(
        (a, b) => Math.Abs(a.X - b.X) < by && Math.Abs(a.Y - b.Y) < by && Math.Abs(a.T - b.T) < 0.6, a => 0);
}
