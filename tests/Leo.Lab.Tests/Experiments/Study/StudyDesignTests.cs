using Leo.Lab.Experiments.Study;

namespace Leo.Lab.Tests.Experiments.Study;

public sealed class StudyDesignTests
{
    private static readonly StudyKey Key = StudySamples.Key(count: 7, raters: 10, checks: 3, methods: ["leo", "tats", "real"]);

    private static bool FirstIsLeft(StudyKey key, StudyTrial trial) => trial.Clips[0] == key.Items.Single(i => i.Id == trial.Item).Clips[0];

    [Fact]
    public void Sheets_EachRater_SeesEverythingOnce_InAnOrderOfTheirOwn()
    {
        var all = Key.Items.Select(i => i.Id).Order().ToList();
        Assert.Equal((7 * 2) + 3, all.Count);
        Assert.All(Key.Sheets, s => Assert.Equal(all, s.Trials.Select(t => t.Item).Order()));
        Assert.Equal(10, Key.Sheets.Select(s => string.Join(' ', s.Trials.Select(t => t.Item))).Distinct().Count());
    }

    [Fact]
    public void Sides_AreBalanced_AcrossRatersAndAcrossPairs()
    {
        foreach (var item in Key.Items)
            Assert.Equal(5, Key.Sheets.Count(s => FirstIsLeft(Key, s.Trials.Single(t => t.Item == item.Id))));
        foreach (var sheet in Key.Sheets)
        {
            foreach (string? method in new[] { "tats", "real", null })
            {
                var trials = sheet.Trials.Where(t => Key.Items.Single(i => i.Id == t.Item).Method == method).ToList();
                Assert.InRange(trials.Count(t => FirstIsLeft(Key, t)), trials.Count / 2, (trials.Count + 1) / 2);
            }
        }
    }

    [Fact]
    public void Design_SameSeed_IsTheSame_AnotherSeedAnother()
    {
        string Text(long seed) => Json.Write(StudySamples.Key(seed: seed, checks: 2));
        Assert.Equal(Text(3), Text(3));
        Assert.NotEqual(StudySamples.Key(seed: 3).Study, StudySamples.Key(seed: 4).Study);
        Assert.Empty(StudySamples.Key(seed: 3).Clips.Select(c => c.Name).Intersect(StudySamples.Key(seed: 4).Clips.Select(c => c.Name)));
    }

    [Fact]
    public void Draw_WithoutTheClips_CannotBeRepeated() =>
        Assert.NotEqual(new StudyDraw(0, [[1]]).Name("clip"), new StudyDraw(0, [[2]]).Name("clip"));

    [Fact]
    public void Names_TellNothing_AndDiffer()
    {
        string[] names = [.. Key.Clips.Select(c => c.Name), .. Key.Items.Select(i => i.Id)];
        Assert.All(names, n => Assert.Matches("^[0-9a-f]{16}$", n));
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(Key.Clips.Select(c => c.Name).Order(StringComparer.Ordinal), Key.Clips.Select(c => c.Name));
    }

    [Fact]
    public void Checks_OfPairs_ExpectTheIntactClip_OfSingleClips_Yes()
    {
        var clips = Key.Clips.ToDictionary(c => c.Name);
        var checks = Key.Items.Where(i => i.Method is null).ToList();
        Assert.Equal(3, checks.Count);
        Assert.All(checks, c => Assert.Equal((false, true, c.Clips[0]), (clips[c.Clips[0]].IsSpoilt, clips[c.Clips[1]].IsSpoilt, c.Expected)));
        Assert.All(checks, c => Assert.Equal(clips[c.Clips[0]].Source, clips[c.Clips[1]].Source));
        var single = StudySamples.Key(StudyQuestion.Repeated, checks: 2).Items.Where(i => i.Method is null).ToList();
        Assert.Equal(["yes", "yes"], single.Select(c => c.Expected));
    }

    [Fact]
    public void Options_SeveralFaults_AreAllListed()
    {
        var options = new StudyOptions { Methods = [new("a", "x")], Count = 0, Raters = 0, Checks = -1 };
        var error = Assert.Throws<StudyException>(options.Validate);
        Assert.Equal(StudyFault.Settings, error.Fault);
        Assert.All(new[] { "two methods", "0 pairs", "0 raters", "-1 attention" }, part => Assert.Contains(part, error.Message));
    }
}
