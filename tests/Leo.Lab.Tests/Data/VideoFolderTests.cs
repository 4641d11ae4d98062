using Leo.Lab.Data;
using Leo.Lab.Media;
using Leo.Lab.Tests.Media;

namespace Leo.Lab.Tests.Data;

public sealed class VideoFolderTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    // Listing opens no video, so empty files will do.
    private string Tree(string name, params string[] files)
    {
        foreach (string file in files)
        {
            string path = Path.Combine(media.At(name), file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, []);
        }

        return media.At(name);
    }

    private static string[] Names(string folder, IEnumerable<string> paths) => [.. paths.Select(p => Path.GetRelativePath(folder, p).Replace('\\', '/'))];

    [Fact]
    public void Open_MixedTree_ListsFilesAndFrameFolders()
    {
        string folder = Tree("mixed", "b.mp4", "a.MOV", "notes.txt", ".hidden.mp4", ".git/c.mp4", "class/v_1.avi", "frames.mp4/0001.png", "frames.mp4/0002.png", "class/portrait.jpg");

        var videos = VideoFolder.Open(folder);

        Assert.Equal(["a.MOV", "b.mp4", "class/v_1.avi", "frames.mp4"], Names(folder, videos.All));
    }

    [Fact]
    public void Open_NoHint_SplitsByVideoAndSeed()
    {
        string folder = Tree("drawn", [.. Enumerable.Range(0, 40).Select(i => $"{i:00}.mp4")]);

        var (a, b) = (VideoFolder.Open(folder), VideoFolder.Open(folder));
        var other = VideoFolder.Open(folder, new VideoFolderOptions { Seed = 1, TestFraction = 0.5 });

        Assert.Equal((34, 6), (a.Train.Count, a.Test.Count));
        Assert.Equal(a.Test, b.Test);
        Assert.Empty(a.Train.Intersect(a.Test));
        Assert.Equal(20, other.Test.Count);
        Assert.NotEqual(other.Test.Take(6), a.Test);
    }

    [Fact]
    public void Open_FolderElsewhere_SplitsTheSame()
    {
        string[] files = [.. Enumerable.Range(0, 20).Select(i => $"{i:00}.mp4")];
        var (here, there) = (Tree("here", files), Tree("elsewhere/there", files));

        Assert.Equal(Names(here, VideoFolder.Open(here).Test), Names(there, VideoFolder.Open(there).Test));
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(14, 12, 2)]
    public void Open_FewVideos_HoldsOutAtLeastOneOfTwo(int count, int train, int test)
    {
        var videos = VideoFolder.Open(Tree($"few{count}", [.. Enumerable.Range(0, count).Select(i => $"{i}.mp4")]));

        Assert.Equal((train, test), (videos.Train.Count, videos.Test.Count));
    }

    [Fact]
    public void Open_TrainAndTestFolders_AreTheSplit()
    {
        string folder = Tree("official", "train/b.mp4", "train/a.mp4", "test/c.mp4", "d.mp4");

        var videos = VideoFolder.Open(folder);

        Assert.Equal(["train/a.mp4", "train/b.mp4"], Names(folder, videos.Train));
        Assert.Equal(["test/c.mp4"], Names(folder, videos.Test));
    }

    [Fact]
    public void Open_SplitJson_WinsOverSubfolders()
    {
        string folder = Tree("written", "train/a.mp4", "train/b.mp4", "test/c.mp4");
        File.WriteAllText(Path.Combine(folder, "split.json"), """{"train": ["test/c.mp4"], "test": ["train/b"]}""");

        var videos = VideoFolder.Open(folder);

        Assert.Equal(["test/c.mp4"], Names(folder, videos.Train));
        Assert.Equal(["train/b.mp4"], Names(folder, videos.Test));
        Assert.Equal(2, videos.All.Count);
    }

    [Fact]
    public void Open_TextLists_AreTheSplit()
    {
        string folder = Tree("ucf", "Archery/v_1.avi", "Archery/v_2.avi");
        File.WriteAllText(Path.Combine(folder, "train.txt"), "Archery/v_1.avi 3\n\n");
        File.WriteAllText(Path.Combine(folder, "test.txt"), "Archery/v_2.avi\n");

        var videos = VideoFolder.Open(folder);

        Assert.Equal(["Archery/v_1.avi"], Names(folder, videos.Train));
        Assert.Equal(["Archery/v_2.avi"], Names(folder, videos.Test));
    }

    [Theory]
    [InlineData("clip 2.mp4\nclip 3.mp4", "clip 2.mp4,clip 3.mp4")]
    [InlineData("./clip 2.mp4\n.\\clip.mp4", "clip 2.mp4,clip.mp4")]
    [InlineData("clip 2.mp4\t7\nclip.mp4\tsmile\t3", "clip 2.mp4,clip.mp4")]
    [InlineData("# mine\n\nclip 2.mp4   # good\n  clip.mp4  ", "clip 2.mp4,clip.mp4")]
    [InlineData("clip 2.mp4 7\nclip.mp4 12", "clip 2.mp4,clip.mp4")]
    [InlineData("clip 2 7\nclip 12", "clip 2.mp4,clip.mp4")]
    [InlineData("clip 2\nclip", "clip 2.mp4,clip.mp4")]
    [InlineData("clip.mp4 120 3\nclip 2.mp4,5", "clip 2.mp4,clip.mp4")]
    [InlineData("ID\nAB.webm", "AB.mp4.webm,ID.f137.mp4")]
    [InlineData("\uFEFFclip 2.mp4\r\nclip.mp4\r\n\r\n", "clip 2.mp4,clip.mp4")]
    [InlineData("\"clip 2.mp4\"\n'clip.mp4'", "clip 2.mp4,clip.mp4")]
    [InlineData("FOLDER/clip 2.mp4\nFOLDER/./clip", "clip 2.mp4,clip.mp4")]
    [InlineData("#1 dance.mp4\n#clip.mp4\n# clip 2.mp4\nclip 3.mp4", "#1 dance.mp4,clip 3.mp4")]
    [InlineData("\"clip 2.mp4\" 3\n\"clip.mp4\" 4", "clip 2.mp4,clip.mp4")]
    [InlineData("'clip 2.mp4',\n\"clip.mp4\",\n`clip 3.mp4`;", "clip 2.mp4,clip 3.mp4,clip.mp4")]
    [InlineData("CLIP 2.MP4\nClip", "clip 2.mp4,clip.mp4")]
    [InlineData("clip%202.mp4\nfile://FOLDER/clip%203.mp4", "clip 2.mp4,clip 3.mp4")]
    [InlineData("caf%C3%A9.mp4\n100%25.mp4", "100%25.mp4,caf\u00e9.mp4")]
    [InlineData("\u202AFOLDER\\clip 2.mp4\n\u200Eclip.mp4\u200F\n\uFEFF clip 3.mp4", "clip 2.mp4,clip 3.mp4,clip.mp4")]
    [InlineData("\u05E9\u05DC\u05D5\u05DD 2.mp4\n\u202B\u05E9\u05DC\u05D5\u05DD.mp4\u202C 5", "\u05E9\u05DC\u05D5\u05DD 2.mp4,\u05E9\u05DC\u05D5\u05DD.mp4")]
    [InlineData("sub/../clip 2.mp4\nsub//deep/./a b.mp4\n.\\sub\\deep\\frames\\", "clip 2.mp4,sub/deep/a b.mp4,sub/deep/frames")]
    [InlineData("WORKING/clip 2.mp4\nWORKING\\clip", "clip 2.mp4,clip.mp4")]
    [InlineData("it's \"big\".mp4\n'it\u2019s'.mp4", "'it\u2019s'.mp4,it's \"big\".mp4")]
    [InlineData("CAFE\u0301.mp4\nna\u00cfve", "caf\u00e9.mp4,nai\u0308ve.mp4")]
    [InlineData("  clip 2.mp4\u00a0\u3000\nclip.mp4\u2003\t 3", "clip 2.mp4,clip.mp4")]
    public void Open_LinesAsPeopleWriteThem_AreTheNamedFiles(string list, string expected)
    {
        string folder = Tree($"lines-{Guid.NewGuid():N}", "clip.mp4", "clip 2.mp4", "clip 3.mp4", "other.mp4", "caf\u00e9.mp4", "nai\u0308ve.mp4", "ID.f137.mp4", "AB.mp4.webm",
            "#1 dance.mp4", "100%25.mp4", "\u05E9\u05DC\u05D5\u05DD.mp4", "\u05E9\u05DC\u05D5\u05DD 2.mp4", "sub/deep/a b.mp4", "sub/deep/frames/1.png", "it's \"big\".mp4", "'it\u2019s'.mp4");
        if (list.Contains("AB.webm", StringComparison.Ordinal))
            list = list.Replace("AB.webm", "AB", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "train.txt"), list.Replace("FOLDER", Path.GetFullPath(folder), StringComparison.Ordinal).Replace("WORKING", Path.GetRelativePath(Directory.GetCurrentDirectory(), folder), StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "test.txt"), "other.mp4\n");

        var videos = VideoFolder.Open(folder);

        Assert.Equal(expected.Split(',').Order(StringComparer.Ordinal), Names(folder, videos.Train));
    }

    [Theory]
    [InlineData("caf\u00e9.mp4", "cafe\u0301.mp4")]
    [InlineData("\ud55c\uad6d \uc0ac\ub78c.mp4", "\u1112\u1161\u11ab\u1100\u116e\u11a8 \u1109\u1161\u1105\u1161\u11b7.mp4")] // Hangul, with and without a last consonant
    [InlineData("ti\u1ebfng Vi\u1ec7t.mp4", "tie\u0302\u0301ng Vie\u0323\u0302t.mp4")] // two accents, also in their other order below
    [InlineData("\u1ec7.mp4", "e\u0302\u0323.mp4")]
    [InlineData("\u30ac\u30f3.mp4", "\u30ab\u3099\u30f3.mp4")]
    public void Open_AccentsComposedOrApart_AreTheSameName(string composed, string apart)
    {
        foreach (var (file, line) in new[] { (composed, apart), (apart, composed), (apart, Path.ChangeExtension(composed, null)) })
        {
            string folder = Tree($"accents-{Guid.NewGuid():N}", file, "left/" + file, "other.mp4");
            File.WriteAllText(Path.Combine(folder, "train.txt"), $"{line}\nleft/{line}{(MediaKind.IsVideo(line) ? " 3" : "")}\n");
            File.WriteAllText(Path.Combine(folder, "test.txt"), "other.mp4\n");
            Assert.Equal(new[] { file, "left/" + file }.Order(StringComparer.Ordinal), Names(folder, VideoFolder.Open(folder).Train));

            File.WriteAllText(Path.Combine(folder, Quarantine.FileName), $$"""{"tooShort": ["left/{{Path.ChangeExtension(line, ".mp4")}}"]}""");
            Assert.Equal([file], Names(folder, VideoFolder.Open(folder).Train));
        }
    }

    [Fact]
    public void Open_BothFormsInAFolder_AreTwoVideos()
    {
        string folder = Tree("both-forms", "caf\u00e9.mp4", "cafe\u0301.mp4");
        File.WriteAllText(Path.Combine(folder, "train.txt"), "cafe\u0301.mp4\n");
        File.WriteAllText(Path.Combine(folder, "test.txt"), "caf\u00e9\n");

        Assert.Equal(["cafe\u0301.mp4"], Names(folder, VideoFolder.Open(folder).Train));
        Assert.Equal(["caf\u00e9.mp4"], Names(folder, VideoFolder.Open(folder).Test));
    }

    [Theory]
    [InlineData("clip", "'clip.avi' or 'clip.mp4'")]
    [InlineData("ID", "'ID.f137.mp4' or 'ID.mp4.webm'")]
    [InlineData("SHOT.MP4", "'Shot.mp4' or 'shot.mp4'")]
    public void Open_LineThatTwoVideosAreCalled_IsRefusedByBothNames(string line, string names)
    {
        string folder = Tree($"two-{Guid.NewGuid():N}", "clip.mp4", "clip.avi", "ID.f137.mp4", "ID.mp4.webm", "Shot.mp4", "shot.mp4", "other.mp4");
        File.WriteAllText(Path.Combine(folder, "train.txt"), line);
        File.WriteAllText(Path.Combine(folder, "test.txt"), "other.mp4\n");

        Assert.Contains($"names '{line}', which may be {names}", Assert.Throws<DataException>(() => VideoFolder.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clip 7.mp4")]
    [InlineData("../clip.mp4")]
    [InlineData("/clip.mp4")]
    [InlineData("C:\\clip.mp4")]
    [InlineData("clip%2.mp4")]
    [InlineData("clip.mp4%00")]
    [InlineData("\"clip.mp4")]
    [InlineData("clip.mp4 copy.mp4")]
    [InlineData("clip x")]
    public void Open_LineOfAFileThatIsNotThere_IsNotAnotherFile(string line)
    {
        string folder = Tree($"absent-{Guid.NewGuid():N}", "clip.mp4", "other.mp4");
        File.WriteAllText(Path.Combine(folder, "train.txt"), line);
        File.WriteAllText(Path.Combine(folder, "test.txt"), "other.mp4\n");

        Assert.Contains($"names '{line}'", Assert.Throws<DataException>(() => VideoFolder.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FilesThatAreNoVideos_AreSaid()
    {
        string folder = Tree("foreign", "a.mp4", "b.ts", "c.3gp", "d.wmv", "e.flv", "f.ogv", "g.vob", "h.vob", "i.heic", "j.jpg", "notes.txt", "a.json", ".hidden.vob");

        var videos = VideoFolder.Open(folder);

        Assert.Equal(6, videos.All.Count);
        Assert.Equal("4 files were not looked at: 2 .vob, 1 .heic, 1 .jpg", PassedOverFiles.Say(videos.PassedOver));
        Assert.Equal("", PassedOverFiles.Say([]));
    }

    [Theory]
    [InlineData("""{"train": ["a.mp4"], "val": []}""", "not a split (it has no 'test', only 'train', 'val')")]
    [InlineData("""{"train": ["a.mp4"], "test": "b.mp4"}""", "not a split ('test' is no list of names)")]
    [InlineData("""{}""", "not a split (it has no 'train', only {})")]
    [InlineData("""{"train": ["a.mp4"], "test": ["b.mp4"], "train": ["b.mp4"]}""", "not a split (Duplicate property 'train'")]
    [InlineData("""{"train": ["a.mp4"]}""", "not a split")]
    [InlineData("""{"train": ["a.mp4"], "test": [""", "not a split")]
    [InlineData("""[1, 2]""", "not a split")]
    [InlineData("""{"train": [1], "test": []}""", "not a split")]
    [InlineData("""{"train": ["a.mp4"], "test": ["../../etc/passwd"]}""", "'../../etc/passwd', which is not among the 2 videos")]
    [InlineData("""{"train": ["a.mp4"], "test": ["a"]}""", "'a.mp4' in train and in test")]
    [InlineData("""{"train": [], "test": ["a.mp4"]}""", "no videos to train on")]
    public void Open_BadSplit_SaysWhatIsWrong(string json, string problem)
    {
        string folder = Tree("bad", "a.mp4", "b.mp4");
        File.WriteAllText(Path.Combine(folder, "split.json"), json);

        var error = Assert.Throws<DataException>(() => VideoFolder.Open(folder));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("split.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NothingThere_SaysSo()
    {
        string hollow = Directory.CreateDirectory(media.At("hollow")).FullName;
        string file = Path.Combine(Tree("files", "a.mp4"), "a.mp4");

        Assert.Contains("no such folder", Assert.Throws<DataException>(() => VideoFolder.Open(media.At("nowhere"))).Message, StringComparison.Ordinal);
        Assert.Contains("holds no videos", Assert.Throws<DataException>(() => VideoFolder.Open(hollow)).Message, StringComparison.Ordinal);
        Assert.Contains("a folder of videos is needed", Assert.Throws<DataException>(() => VideoFolder.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_SoundAndBroken_ReportsEach()
    {
        string folder = Tree("scanned", "text.mp4");
        File.WriteAllText(Path.Combine(folder, "text.mp4"), "no video");
        VideoWriter.WriteAll(Path.Combine(folder, "good.mp4"), MediaFixture.Ramps(32, 32, 4));
        VideoWriter.WriteAll(Path.Combine(folder, "one.mp4"), MediaFixture.Ramps(32, 32, 1));
        VideoWriter.WriteAll(Path.Combine(folder, "little.mp4"), MediaFixture.Ramps(16, 16, 4));
        int calls = 0;

        var found = DataScan.Run(folder, new DataScanOptions { Size = 32 }, _ => calls++).Videos;

        Assert.Equal(["good.mp4", "little.mp4", "one.mp4", "text.mp4"], Names(folder, found.Select(v => v.Path)));
        Assert.Equal(4, calls);
        Assert.Equal((4, 32, 32, 25.0, null), (found[0].Frames, found[0].Width, found[0].Height, found[0].FramesPerSecond, found[0].Problem));
        Assert.Contains("16×16", found[1].Problem, StringComparison.Ordinal);
        Assert.Contains("1 frame", found[2].Problem, StringComparison.Ordinal);
        Assert.Contains("not a", found[3].Problem, StringComparison.Ordinal);
        Assert.Equal([ScanFault.None, ScanFault.TooSmall, ScanFault.TooShort, ScanFault.Unreadable], found.Select(v => v.Fault));
    }

    [Fact]
    public void Scan_ProgressThatThrows_EndsWithThatError()
    {
        string folder = Tree("stopped", "text.mp4");

        Assert.Throws<OperationCanceledException>(() => DataScan.Run(folder, null, _ => throw new OperationCanceledException()));
    }
}
