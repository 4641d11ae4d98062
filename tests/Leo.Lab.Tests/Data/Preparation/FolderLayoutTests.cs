using Leo.Lab.Data.Preparation;

namespace Leo.Lab.Tests.Data.Preparation;

public sealed class FolderLayoutTests : IDisposable
{
    private readonly SourceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Plan_FramesAsLiaHasThem_KeepsSplitAndNames()
    {
        _tree.With("train/id10001#7w0IBEWc9Qw#000993#001143.mp4/0000000.png", "train/名 前/0.jpg", "test/c.mp4").Empty("train/nothing");

        var plan = FolderLayout.Plan(_tree.Source);

        Assert.Equal(["train/id10001#7w0IBEWc9Qw#000993#001143", "train/名 前", "test/c"], plan.Clips.Select(c => c.Name));
        Assert.Equal("1 folders hold neither videos nor pictures: train/nothing", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void Plan_TwoVideosOfOneName_KeepTheirExtensions()
    {
        _tree.With("train/a.mp4", "train/a.MOV", "train/b.mp4", "test/a.mp4");

        Assert.Equal(["train/a.MOV", "train/a.mp4", "train/b", "test/a"], FolderLayout.Plan(_tree.Source).Clips.Select(c => c.Name));
    }
}
