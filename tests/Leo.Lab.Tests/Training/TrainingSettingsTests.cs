using Leo.Lab.Training;

namespace Leo.Lab.Tests.Training;

public class TrainingSettingsTests
{
    [Fact]
    public void Validate_Defaults_Pass() => new TrainingSettings().Validate();

    [Fact]
    public void Validate_ManyFaults_ListsEveryOne()
    {
        var settings = new TrainingSettings
        {
            Steps = 0,
            MaxMinutes = -1,
            BatchSize = 0,
            Accumulate = 0,
            LearningRate = 0,
            FinalLearningRate = -1,
            Schedule = (LearningRateSchedule)9,
            WarmupSteps = -1,
            ClipGradNorm = double.NaN,
            EmaRates = [1, 0.5, 0.5],
            MaxSkipsInARow = 0,
            LogEvery = 0,
            SampleEvery = -1,
            ValidateEvery = -1,
            CheckpointEvery = -1,
            CheckpointEveryMinutes = double.NaN,
            KeepCheckpoints = 0,
            Threads = 0,
            Precision = (Precision)9,
            Device = "tpu",
        };
        var error = Assert.Throws<SettingsException>(settings.Validate);
        string[] named = [.. error.Faults.Select(f => f.Split(' ')[0]).Distinct().Order()];
        Assert.Equal([.. typeof(TrainingSettings).GetProperties().Select(p => p.Name).Where(n => n is not (nameof(TrainingSettings.Seed) or "EqualityContract")).Order()], named);
        Assert.Contains("Steps must be at least 1, found 0; BatchSize must be at least 1, found 0", error.Message);
        Assert.StartsWith("training settings: ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e-4)]
    public void Validate_LearningRateOutOfRange_Throws(double rate) =>
        Assert.Contains("LearningRate must be more than 0", Assert.Throws<SettingsException>(new TrainingSettings { LearningRate = rate }.Validate).Message);

    [Fact]
    public void Json_RoundTrip_IsTheSame()
    {
        var settings = new TrainingSettings { MaxMinutes = 2.5, Schedule = LearningRateSchedule.Cosine, EmaRates = [0.9, 0.99], Seed = long.MaxValue, FinalLearningRate = 1e-7 };
        string json = Json.Write(settings);
        Assert.Equal(json, Json.Write(Json.Read<TrainingSettings>(json, "settings")));
        Assert.Contains("\"schedule\": \"cosine\"", json);
    }

    [Fact]
    public void ConflictsWith_OnlyBudgetsChanged_FindsNone() =>
        Assert.Empty(new TrainingSettings().ConflictsWith(new TrainingSettings { Steps = 5000, MaxMinutes = 3, LearningRate = 1, LogEvery = 1, EmaRates = [0.999] }));

    [Fact]
    public void ConflictsWith_SeedBatchAndAveragesChanged_FindsEach() =>
        Assert.Equal(["Seed must be 0, found 1", "BatchSize must be 8, found 4", "Accumulate must be 1, found 2", "EmaRates must be [0.999], found []"],
            new TrainingSettings().ConflictsWith(new TrainingSettings { Seed = 1, BatchSize = 4, Accumulate = 2, EmaRates = [] }));
}
