using Leo.Lab.Data;
using Leo.Lab.Data.Preparation;

namespace Leo.Lab.Tests.Data.Preparation;

public sealed class FaceForensicsLayoutTests : IDisposable
{
    private readonly SourceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private DatasetPlan Plan() => FaceForensicsLayout.Plan(_tree.Source, new PreparationOptions());

    [Fact]
    public void Plan_FaceForensics_PairsOriginalsWithTheirMeshes()
    {
        _tree.With(
            "FaceForensics_compressed/train/original/00JT2rwquIE_1_10r7mRtkE0s_0.avi", "FaceForensics_compressed/train/mask/00JT2rwquIE_1_10r7mRtkE0s_0.avi",
            "FaceForensics_compressed/train/altered/00JT2rwquIE_1_10r7mRtkE0s_0.avi", "FaceForensics_compressed/train/original/no_mask.avi",
            "FaceForensics_compressed/val/original/a.avi", "FaceForensics_compressed/val/mask/a.avi", "FaceForensics_compressed/val/mask/b.avi");

        var plan = Plan();

        Assert.Equal(["train/00JT2rwquIE_1_10r7mRtkE0s_0", "val/a"], plan.Clips.Select(c => c.Name));
        Assert.Equal(_tree.At("FaceForensics_compressed/train/mask/00JT2rwquIE_1_10r7mRtkE0s_0.avi"), plan.Clips[0].Mask);
        Assert.Equal("no mesh of it in train/mask", Assert.Single(plan.Skipped).Reason);
        Assert.Equal(["1 masks of val have no original: b", "the part test/original is not there"], plan.Warnings);
        Assert.Equal(704 + 150 + 150, plan.Published.Values.Sum());
    }

    [Fact]
    public void Plan_PlusPlus_TakesSplitsAndTheTargetsMask()
    {
        _tree.With(
            "original_sequences/youtube/c23/videos/071.mp4", "original_sequences/youtube/c23/videos/054.mp4", "original_sequences/youtube/c23/videos/999.mp4", "original_sequences/youtube/c40/videos/071.mp4",
            "manipulated_sequences/Deepfakes/masks/videos/071_054.mp4", "manipulated_sequences/Face2Face/masks/videos/071_054.mp4", "manipulated_sequences/Deepfakes/masks/images/054_071/0000.png")
            .Text("splits/train.json", """[["071", "054"]]""").Text("splits/val.json", "[]").Text("splits/test.json", "[]");

        var plan = Plan();

        Assert.Equal([("train/054", _tree.At("manipulated_sequences/Deepfakes/masks/images/054_071")), ("train/071", _tree.At("manipulated_sequences/Face2Face/masks/videos/071_054.mp4"))], plan.Clips.Select(c => (c.Name, c.Mask!)));
        Assert.Contains("/c23/", plan.Clips[0].Source);
        Assert.Equal("in none of the official splits", Assert.Single(plan.Skipped).Reason);
        Assert.Equal(1000, plan.Published.Values.Sum());
    }

    [Fact]
    public void Plan_PlusPlusWithoutSplits_WarnsAndTrainsOnAll()
    {
        _tree.With("original_sequences/youtube/raw/videos/000.mp4", "manipulated_sequences/FaceSwap/masks/videos/000_003.mp4");

        var plan = Plan();

        Assert.Equal("train/000", Assert.Single(plan.Clips).Name);
        Assert.Contains("everything goes to train", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void Plan_BrokenSplit_NamesTheFile()
    {
        _tree.With("original_sequences/youtube/raw/videos/000.mp4").Text("splits/train.json", "{}").Text("splits/val.json", "[]").Text("splits/test.json", "[]");

        Assert.Contains("not a list of pairs", Assert.Throws<DataException>(Plan).Message);
    }
}
