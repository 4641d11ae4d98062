using Leo.Lab.Data;
using Leo.Lab.Experiments.Study;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Experiments.Study;

public sealed class StudyMakerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Video Clip(int frames, int side, double rate = 25) =>
        new(frames, side, side, rate, [.. Enumerable.Range(0, frames * side * side * 3).Select(i => (byte)(i * 7 / (side * 3)))]);

    // Folders of pictures need no encoder.
    private string Clips(string method, params (string Name, Video Video)[] clips)
    {
        foreach (var (name, video) in clips)
            VideoWriter.WriteAll(Path.Combine(_folder[method], name), video);
        return _folder[method];
    }

    private StudyOptions Two(int frames = 4, string last = "two") => new()
    {
        Methods = [new("a", Clips("a", ("one", Clip(4, 16)), ("two", Clip(4, 16)))), new("b", Clips("b", (last, Clip(frames, 16))))],
        Count = 1,
        Raters = 2,
    };

    private StudyException Refused(StudyOptions options, string page = "page", string key = "key")
    {
        var error = Assert.Throws<StudyException>(() => StudyMaker.Make(options, _folder[page], _folder[key]));
        Assert.Equal(StudyFault.Settings, error.Fault);
        Assert.Empty(Directory.GetDirectories(_folder.Path, "*.part"));
        return error;
    }

    [Fact]
    public void Make_Twice_IsTheSameByteForByte()
    {
        var options = Two();
        var made = new[] { "1", "2" }.Select(n => StudyMaker.Make(options, _folder["page" + n], _folder["key" + n])).ToList();
        Assert.Equal(File.ReadAllBytes(_folder["key1"]), File.ReadAllBytes(_folder["key2"]));
        var files = made.Select(m => Directory.GetFiles(Path.GetDirectoryName(m.Page)!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList()).ToList();
        Assert.Equal(3, files[0].Count);
        Assert.All(files[0].Zip(files[1]), pair => Assert.Equal(File.ReadAllBytes(pair.First), File.ReadAllBytes(pair.Second)));
        Assert.Equal(Json.Write(made[0].Key), Json.Write(StudyKey.Read(_folder["key1"])));
        Assert.Empty(made[0].Notes);
    }

    [Fact]
    public void Make_ByName_PairsEqualNames_AndNotesWhatDiffers()
    {
        var key = StudyMaker.Make(Two(frames: 6, last: "two.gif") with { PairsByName = true }, _folder["page"], _folder["key"]);
        Assert.Equal(["two", "two.gif"], key.Key.Clips.Select(c => c.Source).Order(StringComparer.Ordinal));
        Assert.Contains("length", Assert.Single(key.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_FramesSizeAndRate_MakeClipsAlike()
    {
        var made = StudyMaker.Make(Two(frames: 6) with { Frames = 3, Size = 24, FramesPerSecond = 25 }, _folder["page"], _folder["key"]);
        Assert.Empty(made.Notes);
        foreach (string clip in Directory.GetFiles(_folder["page/clips"]))
            Assert.Equal((3, 48, 25.0), (VideoReader.Read(clip).FrameCount, VideoReader.Probe(clip).Width, VideoReader.Probe(clip).FramesPerSecond));
    }

    [Fact]
    public void Make_WhereSomethingIsAlready_OrTheKeyWouldBeGivenAway_IsRefused()
    {
        var options = Two();
        Directory.CreateDirectory(_folder["full"]);
        File.WriteAllText(_folder["full/old.txt"], "");
        Assert.Contains("already", Refused(options, page: "full").Message, StringComparison.Ordinal);
        Assert.Contains("raters get", Refused(options, key: "page/key.json").Message, StringComparison.Ordinal);
        Assert.Contains("already", Refused(options, key: "full/old.txt").Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["page"]));
    }

    [Fact]
    public void Make_TooFewOrTooShortOrBrokenClips_AreRefused_AndNothingIsLeft()
    {
        var options = Two();
        Assert.Contains("1 clips, while 2", Refused(options with { Count = 2 }).Message, StringComparison.Ordinal);
        Assert.Contains("4 frames, while a clip needs 5", Refused(options with { Frames = 5 }).Message, StringComparison.Ordinal);
        Directory.Delete(_folder["b"], recursive: true);
        Directory.CreateDirectory(_folder["b"]);
        File.WriteAllBytes(_folder["b/two.mp4"], [1, 2, 3]);
        Assert.Throws<MediaException>(() => StudyMaker.Make(options, _folder["page"], _folder["key"]));
        Assert.Throws<DataException>(() => StudyMaker.Make(options with { Methods = [options.Methods[0], new("none", _folder["none"])] }, _folder["page"], _folder["key"]));
        Assert.Equal(["a", "b"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scramble_MovesEveryTile_AndChangesNoPixel()
    {
        var video = Clip(2, 16);
        var same = SpoiltClip.Scramble(video, [.. Enumerable.Range(0, 16)]);
        Assert.Equal(video.Rgb.ToArray(), same.Rgb.ToArray());
        var turned = SpoiltClip.Scramble(video, [.. Enumerable.Range(0, 16).Reverse()]);
        Assert.Equal(video.Frame(1).Slice(((13 * 16) + 14) * 3, 3).ToArray(), turned.Frame(1).Slice(((1 * 16) + 2) * 3, 3).ToArray());
        Assert.Equal(video.Rgb.ToArray().Order(), turned.Rgb.ToArray().Order());
    }

    [Fact]
    public void Repeat_GoesToAndFro_WithoutAJump()
    {
        byte[] rgb = Enumerable.Range(0, 24).SelectMany(t => new[] { (byte)t, (byte)t, (byte)t }).ToArray();
        var repeated = SpoiltClip.Repeat(new Video(24, 1, 1, 25, rgb));
        Assert.Equal([0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1], Enumerable.Range(0, 24).Select(t => (int)repeated.Frame(t)[0]));
    }
}
