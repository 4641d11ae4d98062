using Leo.Lab.Data;
using Leo.Lab.Data.Preparation;

namespace Leo.Lab.Tests.Data.Preparation;

public sealed class Ucf101LayoutTests : IDisposable
{
    private readonly SourceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private DatasetPlan Plan(int split = 1) => Ucf101Layout.Plan(_tree.Source, new PreparationOptions { Split = split });

    [Fact]
    public void Plan_OfficialLists_SplitsByThem()
    {
        _tree.With("UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi", "UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi", "UCF-101/HandstandPushups/v_HandStandPushups_g09_c01.avi")
            .Text("ucfTrainTestlist/trainlist01.txt", "ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi 1\r\nHandstandPushups/v_HandstandPushups_g09_c01.avi 37\r\n\r\n")
            .Text("ucfTrainTestlist/testlist01.txt", "ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi\r\n");

        var plan = Plan();

        Assert.Equal(
            ["train/ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01", "train/HandstandPushups/v_HandstandPushups_g09_c01", "test/ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01"],
            plan.Clips.Select(c => c.Name));
        Assert.EndsWith("v_HandStandPushups_g09_c01.avi", plan.Clips[1].Source, StringComparison.Ordinal);
        Assert.Empty(plan.Skipped);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void Plan_WhatIsUsuallyBroken_IsListed()
    {
        _tree.With("UCF-101/YoYo/v_YoYo_g01_c01.avi", "UCF-101/YoYo/v_YoYo_g02_c01.avi").Empty("UCF-101/Archery")
            .Text("ucfTrainTestlist/trainlist01.txt", "YoYo/v_YoYo_g01_c01.avi 101\nArchery/v_Archery_g01_c01.avi 3\n")
            .Text("ucfTrainTestlist/testlist01.txt", "YoYo/v_YoYo_g01_c01.avi\n");

        var plan = Plan();

        Assert.Equal("train/YoYo/v_YoYo_g01_c01", Assert.Single(plan.Clips).Name);
        Assert.Equal([("train/Archery/v_Archery_g01_c01", "listed, but not there"), ("test/YoYo/v_YoYo_g01_c01", "listed twice; the first one is used")], plan.Skipped.Select(s => (s.Name, s.Reason!)));
        Assert.Equal(["1 class folders are empty: Archery", "1 videos are in neither list of split 1: YoYo/v_YoYo_g02_c01.avi"], plan.Warnings);
    }

    [Theory]
    [InlineData(1, 9537, 3783)]
    [InlineData(2, 9586, 3734)]
    [InlineData(3, 9624, 3696)]
    public void Plan_EachSplit_HasItsPublishedCounts(int split, int train, int test)
    {
        _tree.With("UCF-101/YoYo/v_YoYo_g01_c01.avi").Text($"ucfTrainTestlist/trainlist0{split}.txt", "YoYo/v_YoYo_g01_c01.avi 101\n").Text($"ucfTrainTestlist/testlist0{split}.txt", "");

        var published = Plan(split).Published;

        Assert.Equal((train, test, 13320), (published["train"], published["test"], published.Values.Sum()));
    }

    [Fact]
    public void Plan_WithoutLists_NamesThem() =>
        Assert.Contains("trainlist02.txt", Assert.Throws<DataException>(() => Ucf101Layout.Plan(_tree.With("UCF-101/YoYo/v.avi").Source, new PreparationOptions { Split = 2 })).Message);
}
