using Leo.Lab;
using Leo.Lab.Animator;

namespace Leo.Cli.Tests;

public class SettingsOverridesTests
{
    [Fact]
    public void Apply_WholePathAndUniqueEnd_BothWork()
    {
        var settings = SettingsOverrides.Apply(AnimatorRecipe.Tiny, ["training.learningRate=0.01", "movingWeight=3", "animator.channels=[8,8,8,8,8]"]);

        Assert.Equal(0.01, settings.Training.LearningRate);
        Assert.Equal(3, settings.MovingWeight);
        Assert.Equal([8, 8, 8, 8, 8], settings.Animator.Channels);
    }

    [Fact]
    public void Apply_CaseOfTheKey_DoesNotMatter() =>
        Assert.Equal(4, SettingsOverrides.Apply(AnimatorRecipe.Tiny, ["BatchSize=4"]).Training.BatchSize);

    [Fact]
    public void Apply_EnumByName_IsRead() => Assert.Equal(
        Leo.Lab.Training.LearningRateSchedule.Constant,
        SettingsOverrides.Apply(AnimatorRecipe.Tiny, ["schedule=constant"]).Training.Schedule);

    [Fact]
    public void Apply_Nothing_IsTheSame()
    {
        var settings = AnimatorRecipe.Tiny;
        Assert.Same(settings, SettingsOverrides.Apply(settings, []));
    }

    [Fact]
    public void Apply_UnknownKey_NamesItAndListsTheSettings()
    {
        var error = Assert.Throws<LeoException>(() => SettingsOverrides.Apply(AnimatorRecipe.Tiny, ["movingWait=3"]));
        Assert.Contains("movingWait", error.Message);
        Assert.Contains("movingWeight", error.Message);
    }

    [Theory]
    [InlineData("movingWeight")]
    [InlineData("=3")]
    [InlineData("movingWeight=heavy")]
    [InlineData("beta1=0.5")] // there are two of them
    public void Apply_ThatCannotBe_IsRefused(string assignment) =>
        Assert.Throws<LeoException>(() => SettingsOverrides.Apply(AnimatorRecipe.Tiny, [assignment]));

    [Fact]
    public void Apply_ValueOfAnotherType_NamesTheAssignment()
    {
        var error = Assert.Throws<LeoException>(() => SettingsOverrides.Apply(AnimatorRecipe.Tiny, ["batchSize=4", "channels=16,16", "steps=1"]));
        Assert.Contains("--set channels=16,16", error.Message);
    }

    [Fact]
    public void Apply_SeveralFaults_AreToldTogether()
    {
        var error = Assert.Throws<LeoException>(() => SettingsOverrides.Apply(AnimatorRecipe.Tiny, ["movingWait=3", "steps=many", "batchSize=4", "beta1=0.5", "name"]));
        Assert.All(["--set movingWait: there is no such setting", "--set steps=many", "--set beta1", "--set name: there is no value"], fault => Assert.Contains(fault, error.Message));
        Assert.DoesNotContain("batchSize", error.Message);
    }

    [Theory]
    [InlineData("training.emaRates=null")]
    [InlineData("training=null")]
    [InlineData("steps=\"\\ud800\"")]
    [InlineData("learningRate=1e999")]
    public void Apply_ValueThatNobodyCanUse_IsRefused(string assignment) =>
        Assert.Throws<LeoException>(() => SettingsOverrides.Apply(AnimatorRecipe.Tiny, [assignment]));

    [Fact]
    public void Validate_FaultsInSeveralParts_AreToldTogether()
    {
        var settings = SettingsOverrides.Apply(AnimatorRecipe.Tiny, ["animator.size=65", "training.steps=0", "flowGain=-1"]);
        var error = Assert.Throws<SettingsException>(settings.Validate);
        Assert.All(["size", "Steps", "FlowGain"], name => Assert.Contains(error.Faults, f => f.Contains(name)));
    }
}
