using System.Text.Json.Nodes;
using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Experiments.Extractor;
using Leo.Lab.Motion;
using Leo.Lab.Motion.Recurrent;
using Leo.Lab.Perceptual;
using Leo.Lab.StartFrames;
using Leo.Lab.Tests.Motion;
using Leo.Lab.Training;

namespace Leo.Lab.Tests.Training;

/// <summary>A recipe is all that a training depends on: it decides the run, is kept with it, and is compared when it goes on.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Presets => ["tiny", "small", "paper"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Presets))]
    public void Presets_OfAllRecipes_AreValidAndSurviveJson(string preset)
    {
        Check<AnimatorRecipe>();
        Check<MotionRecipe>();
        Check<TransitionRecipe>();
        Check<StartCodeRecipe>();
        Check<RecurrentRecipe>();
        Check<StartFrameRecipe>();
        Check<PerceptualRecipe>();
        Check<ExtractorRecipe>();

        void Check<T>()
            where T : Recipe, IPresets<T>
        {
            var recipe = Recipe.Preset<T>(preset);
            recipe.Validate();
            string json = Json.Write(recipe);
            Assert.Equal(json, Json.Write(Json.Read<T>(json, "recipe")));
            Assert.True(JsonNode.Parse(json)!.AsObject().ContainsKey(recipe.ModelKey));
        }
    }

    [Fact]
    public void Preset_OfAnotherName_IsRefused()
    {
        Assert.Equal(Json.Write(MotionRecipe.Tiny), Json.Write(Recipe.Preset<MotionRecipe>(null)));
        Assert.Equal(Json.Write(MotionRecipe.Paper), Json.Write(Recipe.Preset<MotionRecipe>("paper")));
        Assert.Contains("found smal", Assert.Throws<ArgumentException>(() => Recipe.Preset<MotionRecipe>("smal")).Message);
    }

    [Fact]
    public void Paper_DoesNothingThatThePaperDoesNot()
    {
        Assert.Equal(0, MotionRecipe.Paper.StartShift);
        Assert.False(MotionRecipe.Paper.Reverse);
        Assert.Equal(0.5, MotionRecipe.Tiny.StartShift);
    }

    [Fact]
    public void Motion_WrongStartsAndReversal_AreTheRecipesAndChangeTheRun()
    {
        // There is no second place to say it: what a caller cannot leave out cannot be dropped.
        byte[] plain = Train(Narrow(), "plain"), shifted = Train(Narrow() with { StartShift = 0.5 }, "shifted"), reversed = Train(Narrow() with { Reverse = true }, "reversed");
        Assert.NotEqual(plain, shifted);
        Assert.NotEqual(plain, reversed);
        Assert.Equal(shifted, Train(Narrow() with { StartShift = 0.5 }, "again"));

        byte[] Train(MotionRecipe recipe, string name)
        {
            Run(recipe, ToyCodes.Make(), name);
            using var model = MotionModel.Load(_folder[name]);
            return [.. model.Network.parameters().SelectMany(p => p.bytes.ToArray())];
        }
    }

    [Fact]
    public void Motion_GivenAModelOfAnotherShape_RefusesIt()
    {
        using var model = MotionModel.Create(MotionModelTests.Narrow with { LinearMotionCondition = false }, ToyCodes.Make(), 0);
        var error = Assert.Throws<LeoException>(() => new MotionTask(Narrow(), ToyCodes.Make(), model: model));
        Assert.Contains("motion recipe", error.Message);
    }

    [Fact]
    public void Loop_WithAnotherSeedThanTheRecipe_IsRefused()
    {
        using var task = new MotionTask(Narrow(), ToyCodes.Make());
        using var run = RunFolder.Create(_folder["run"]);
        var error = Assert.Throws<SettingsException>(() => new TrainingLoop(task, Narrow().Training with { Seed = 6 }, run, new RecordedProgress()).Run());
        Assert.Contains("Seed must be 5, found 6", error.Message);
    }

    [Fact]
    public void Run_AllOfTheRecipe_IsInSettingsAndCheckpointAndExport()
    {
        Run(Narrow() with { StartShift = 0.25, Reverse = true }, ToyCodes.Make(), "run");
        var settings = JsonNode.Parse(File.ReadAllText(_folder["run/settings.json"]))!;
        Assert.Equal(0.25, settings["options"]!["startShift"]!.GetValue<double>());
        Assert.True(settings["options"]!["reverse"]!.GetValue<bool>());
        Assert.Equal(16, settings["model"]!["length"]!.GetValue<int>());
        Assert.Equal(4, settings["training"]!["batchSize"]!.GetValue<int>());
        using var checkpoint = Checkpoint.Open(_folder["run"]);
        Assert.Equal("""{"reverse":true,"startShift":0.25}""", checkpoint.File.Metadata[CheckpointNames.Options]);
        checkpoint.Export(_folder["small.safetensors"]);
        using var exported = Checkpoint.Open(_folder["small.safetensors"]);
        Assert.Equal(checkpoint.File.Metadata[CheckpointNames.Options], exported.File.Metadata[CheckpointNames.Options]);
    }

    [Fact]
    public void Resume_WithOtherOptions_IsRefusedByName()
    {
        Run(Narrow() with { StartShift = 0.5 }, ToyCodes.Make(), "run");
        var error = Assert.Throws<SettingsException>(() => Run(Narrow() with { StartShift = 0.3, Reverse = true }, ToyCodes.Make(), "run", steps: 4));
        Assert.Contains("Options.startShift must be 0.5, found 0.3", error.Message);
        Assert.Contains("Options.reverse must be false, found true", error.Message);

        // Nor can it go by where the settings were exchanged.
        var settings = JsonNode.Parse(File.ReadAllText(_folder["run/settings.json"]))!.AsObject();
        settings.Remove("options");
        File.WriteAllText(_folder["run/settings.json"], settings.ToJsonString());
        var header = Assert.Throws<CheckpointException>(() => Run(Narrow() with { StartShift = 0.3 }, ToyCodes.Make(), "run", steps: 4));
        Assert.Contains("Options.startShift must be 0.5, found 0.3", header.Message);
    }

    [Fact]
    public void Resume_RunOfAnEarlierVersion_GoesOn()
    {
        Run(Narrow(), ToyCodes.Make(), "run");
        var settings = JsonNode.Parse(File.ReadAllText(_folder["run/settings.json"]))!.AsObject();
        settings.Remove("options");
        File.WriteAllText(_folder["run/settings.json"], settings.ToJsonString());
        Assert.Equal(4, Run(Narrow(), ToyCodes.Make(), "run", steps: 4).Step);
    }

    [Fact]
    public void Resume_OnCodesOfAnotherAnimator_IsRefused()
    {
        Run(Narrow(), Of("encoder-000000000001"), "run");
        var error = Assert.Throws<CheckpointException>(() => Run(Narrow(), Of("encoder-000000000002"), "run", steps: 4));
        Assert.Contains("expected codes of the animator encoder-000000000001, found those of encoder-000000000002", error.Message);
    }

    [Fact]
    public void Recurrent_Preview_DependsOnTheRunsSeed()
    {
        var (first, second) = (Validate(1), Validate(2));
        Assert.NotEqual(first["motion.speed"], second["motion.speed"]);

        // The seed draws the preview alone here: both models have the same weights, those of a fresh head.
        IReadOnlyDictionary<string, double> Validate(long seed)
        {
            using var task = new RecurrentTask(new RecurrentRecipe { Recurrent = new() { Length = 16, Width = 8 }, Training = new() { Seed = seed } }, ToyCodes.Make(), ToyCodes.Make(seed: 1));
            return task.Validate();
        }
    }

    internal static CodeSequences Of(string animator) => new(ToyCodes.Make().Videos, 25, animator);

    private static MotionRecipe Narrow() => new() { Motion = MotionModelTests.Narrow, Training = SmallTrainings.Settings(2) with { BatchSize = 4, Accumulate = 1 } };

    private TrainingResult Run(MotionRecipe recipe, CodeSequences codes, string name, int steps = 2)
    {
        recipe = recipe with { Training = recipe.Training with { Steps = steps } };
        using var task = new MotionTask(recipe, codes);
        using var run = RunFolder.CreateOrResume(_folder[name]);
        return new TrainingLoop(task, recipe.Training, run, new RecordedProgress()).Run();
    }
}
