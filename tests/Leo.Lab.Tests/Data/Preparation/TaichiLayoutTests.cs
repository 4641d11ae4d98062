using Leo.Lab.Data;
using Leo.Lab.Data.Preparation;

namespace Leo.Lab.Tests.Data.Preparation;

public sealed class TaichiLayoutTests : IDisposable
{
    private const string Header = "video_id,start,end,bbox,fps,width,height,partition\n";
    private readonly SourceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private DatasetPlan Plan() => TaichiLayout.Plan(_tree.Source, new PreparationOptions());

    [Fact]
    public void Plan_MetadataAndVideos_NamesClipsAsTheLoaderDoes()
    {
        _tree.With("youtube-taichi/u6rJiF-gPx8.mp4", "youtube-taichi/-_XRyc2kiTl.webm", "youtube-taichi/zzz.mp4.part")
            .Text("taichi-metadata.csv", Header + "u6rJiF-gPx8,80,300,118-82-508-472,29.97,640,480,train\r\n-_XRyc2kiTl,1470,1773,7-45-437-475,25.0,600,480,test\r\n");

        var plan = Plan();

        Assert.Equal(["train/u6rJiF-gPx8#000080#000300", "test/-_XRyc2kiTl#001470#001773"], plan.Clips.Select(c => c.Name));
        Assert.Equal(new ClipRange(80, 300, 29.97), plan.Clips[0].Range);
        Assert.Equal(new ReferenceBox(7, 45, 437, 475, 600, 480), plan.Clips[1].Box);
        Assert.Empty(plan.Skipped);
        Assert.Equal((2815, 285), (plan.Published["train"], plan.Published["test"]));
    }

    [Theory]
    [InlineData("gone,1,9,0-0-9-9,25,64,48,train", "train/gone#000001#000009", "the video gone is not there")]
    [InlineData("there,1,9,0-0-9,25,64,48,train", "line 3", "makes no sense")]
    [InlineData("there,1,9,0-0-9-9,0,64,48,train", "line 3", "makes no sense")]
    [InlineData("there,9,9,0-0-9-9,25,64,48,train", "line 3", "ends at 9")]
    [InlineData("there,1,9,0-0-9-9,25,64,48,valid", "line 3", "neither train nor test")]
    [InlineData("there,1,9,0-0-9-9,25,64", "line 3", "another number of fields")]
    [InlineData("there,0,5,0-0-9-9,25,64,48,train", "train/there#000000#000005", "listed twice")]
    public void Plan_RowThatCannotBeUsed_IsListedWithItsReason(string row, string name, string reason)
    {
        _tree.With("videos/there.mp4").Text("taichi-metadata.csv", Header + "there,0,5,0-0-9-9,25,64,48,train\n" + row + "\n");

        var plan = Plan();

        Assert.Single(plan.Clips);
        var skipped = Assert.Single(plan.Skipped);
        Assert.Equal(name, skipped.Name);
        Assert.Contains(reason, skipped.Reason);
    }

    [Fact]
    public void Plan_NameThatWouldLeaveTheFolder_IsRefused()
    {
        _tree.With("videos/there.mp4").Text("taichi-metadata.csv", Header + "there#../../evil,0,5,0-0-9-9,25,64,48,train\n");

        Assert.Contains("cannot be a file's", Assert.Single(Plan().Skipped).Reason);
    }

    [Theory]
    [InlineData("id,start,end,bbox,fps,width,height,partition\na,1,2,0-0-1-1,25,64,48,train\n", "has no column video_id")]
    [InlineData("", "is empty")]
    public void Plan_MetadataOfAnotherKind_NamesTheColumns(string csv, string problem)
    {
        _tree.With("videos/a.mp4").Text("taichi-metadata.csv", csv);

        Assert.Contains(problem, Assert.Throws<DataException>(Plan).Message);
    }

    [Fact]
    public void Plan_LoaderOutput_TakesFilesAndFrameFoldersAndNamesWhatIsMissing()
    {
        _tree.With("train/abc#000080#000300.mp4", "train/def#000001#000200.mp4/0000000.png", "test/ghi#000005#000150.mp4")
            .Empty("test/jkl#000005#000150.mp4")
            .Text("taichi-metadata.csv", Header + "abc,80,300,0-0-9-9,25,64,48,train\nmno,80,300,0-0-9-9,25,64,48,train\n");

        var plan = Plan();

        Assert.Equal(["train/abc#000080#000300", "train/def#000001#000200", "test/ghi#000005#000150"], plan.Clips.Select(c => c.Name));
        Assert.All(plan.Clips, c => Assert.Null(c.Box));
        Assert.Equal(["test/jkl#000005#000150", "train/mno#000080#000300"], plan.Skipped.Select(s => s.Name));
        Assert.Contains("2 clips are not listed", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void Plan_NeitherLayout_SaysWhatIsLookedFor() =>
        Assert.Contains("taichi-metadata.csv", Assert.Throws<DataException>(() => TaichiLayout.Plan(_tree.With("a.mp4").Source, new PreparationOptions())).Message);
}
