using System.Globalization;
using System.Text;
using Leo.Cli;
using Leo.Fuzz.Mutation;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Diffusion;
using Leo.Lab.Experiments.Extractor;
using Leo.Lab.Motion;
using Leo.Lab.Perceptual;
using Leo.Lab.StartFrames;
using Leo.Lab.Training;

namespace Leo.Fuzz.Targets;

/// <summary>Settings of every kind, as JSON and as <c>--set key=value</c>.</summary>
internal sealed class SettingsTarget : FuzzTarget
{
    private static readonly (string Json, Action<string> Read)[] Kinds =
    [
        Kind(AnimatorSettings.Tiny, s => s.Validate()), Kind(AnimatorRecipe.Tiny, s => s.Validate()), Kind(MotionSettings.Tiny, s => s.Validate()),
        Kind(MotionRecipe.Tiny, s => s.Validate()), Kind(new TrainingSettings(), s => s.Validate()),
        Kind(new DiffusionSettings(), _ => { }), Kind(new PerceptualRecipe(), s => s.Validate()), Kind(StartFrameSettings.Tiny, s => s.Validate()),
        Kind(new StartCodeSettings(), s => s.Validate()), Kind(TransitionSettings.Tiny, s => s.Validate()), Kind(new ExtractorRecipe(), s => s.Validate()),
        Kind(TransitionRecipe.Tiny, s => s.Validate()), Kind(new PuppetFeaturesSettings(), s => s.Validate()),
    ];

    public override string Name => "settings";

    public override int InputsInTests => 3000;

    public override void Make(FuzzRandom random, string folder)
    {
        int kind = random.Below(Kinds.Length);
        File.WriteAllBytes(Path.Combine(folder, $"{kind.ToString(CultureInfo.InvariantCulture)}.json"), JsonMutation.Apply(random, Kinds[kind].Json));
        string[] keys = ["steps", "training.learningRate", "learningRate", "emaRates", "animator.channels", "channels", "schedule", "training", "", ".", "animator", "animator.", "nope", random.Pick(Hostile.Words)];
        string[] values = ["1", "-1", "null", "[]", "[1,2", "{}", "\"x\"", "NaN", "1e999", "[null]", "9999999999999999999", "\"\\ud800\"", random.Pick(Hostile.Words)];
        File.WriteAllLines(Path.Combine(folder, "set.txt"), Enumerable.Range(0, random.Below(4)).Select(_ =>
            $"{random.Pick(keys)}{(random.Chance(0.95) ? "=" : "")}{random.Pick(values)}".ReplaceLineEndings(" ")));
    }

    public override void Read(string folder, string output)
    {
        Try(() => SettingsOverrides.Apply(AnimatorRecipe.Tiny, File.ReadAllLines(Path.Combine(folder, "set.txt"))).Validate());
        string file = Directory.GetFiles(folder, "*.json")[0];
        Kinds[int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture)].Read(File.ReadAllText(file, Encoding.UTF8));
    }

    private static (string, Action<string>) Kind<T>(T settings, Action<T> validate) => (Json.Write(settings), json =>
    {
        var read = Json.Read<T>(json, "settings.json");
        validate(read);
        Json.Read<T>(Json.Write(read), "settings.json"); // what passes can be kept and read again
    }
    );
}
