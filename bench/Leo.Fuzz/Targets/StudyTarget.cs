using Leo.Fuzz.Mutation;
using Leo.Lab;
using Leo.Lab.Experiments.Study;

namespace Leo.Fuzz.Targets;

/// <summary>Answers of raters, and the key that they are held against. Half of the changed answers carry a seal that fits again.</summary>
internal sealed class StudyTarget : FuzzTarget
{
    private const string Token = "00112233445566778899aabbccddeeff";

    private static readonly StudyKey Key = new()
    {
        Format = StudyKey.FormatName,
        Study = "s",
        Question = StudyQuestion.Realistic,
        Seed = 0,
        Methods = ["leo", "tats"],
        Clips = [new("c1", "leo", "a.mp4"), new("c2", "tats", "b.mp4"), new("c3", "leo", "a.mp4"), new("c4", "leo", "a.mp4", true)],
        Items = [new("i1", "tats", ["c1", "c2"]), new("i2", null, ["c3", "c4"], "c3")],
        Sheets = [new(1, Token, [new("i1", ["c2", "c1"]), new("i2", ["c3", "c4"])])],
    };

    private static readonly StudyResult Result = Sealed(new()
    {
        Format = StudyResult.FormatName,
        Study = "s",
        Rater = 1,
        Started = "2026-01-01T00:00:00Z",
        Finished = "2026-01-01T00:01:00Z",
        Seal = "",
        Answers = [new("i1", ["c2", "c1"], "left", 1500, 0), new("i2", ["c3", "c4"], "left", 1200, 1)],
    });

    public override string Name => "study";

    public override int InputsInTests => 3000;

    public override void Make(FuzzRandom random, string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "key.json"), random.Chance(0.5) ? JsonMutation.Apply(random, Json.Write(Key)) : System.Text.Encoding.UTF8.GetBytes(Json.Write(Key)));
        byte[] answers = JsonMutation.Apply(random, Json.Write(Result));
        File.WriteAllBytes(Path.Combine(folder, "1.answers"), random.Chance(0.5) ? answers : Resealed(answers));
        if (random.Chance(0.05))
            File.WriteAllBytes(Path.Combine(folder, "2.answers"), answers);
    }

    public override void Read(string folder, string output)
    {
        Try(() => StudyResults.Read(Directory.GetFiles(folder, "*.answers"), Key));
        var key = StudyKey.Read(Path.Combine(folder, "key.json"));
        var results = StudyResults.Read(Directory.GetFiles(folder, "*.answers"), key);
        var report = StudyAnalysis.Run(key, results);
        File.WriteAllText(Path.Combine(output, "report.md"), StudyMarkdown.Of(report));
    }

    private static StudyResult Sealed(StudyResult result) => result with { Seal = result.ExpectedSeal(Token) };

    // The token is in the page, so whoever changes answers can seal them anew.
    private static byte[] Resealed(byte[] answers)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetBytes(Json.Write(Sealed(Json.Read<StudyResult>(System.Text.Encoding.UTF8.GetString(answers), "x"))));
        }
        catch (Exception)
        {
            return answers;
        }
    }
}
