using Leo.Lab.Data;
using Leo.Lab.Data.Preparation;

namespace Leo.Lab.Tests.Data.Preparation;

public sealed class CelebVHqLayoutTests : IDisposable
{
    private const string Box = "\"bbox\": {\"top\": 0.0, \"bottom\": 0.8815, \"left\": 0.1964, \"right\": 0.6922}";
    private readonly SourceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private DatasetPlan Plan() => CelebVHqLayout.Plan(_tree.Source, new PreparationOptions());

    private static string Clip(string id, string start, string end, string box = Box) =>
        $$"""{"ytb_id": "{{id}}", "duration": {"start_sec": {{start}}, "end_sec": {{end}}}, {{box}}, "attributes": {"appearance": [0, 1]}, "version": "v0.1"}""";

    private static string Info(params string[] clips) => "{\"meta_info\": {\"action_mapping\": [\"blow\"]}, \"clips\": {" + string.Join(", ", clips) + "}}";

    [Fact]
    public void Plan_InfoAndRawVideos_CutsByBoxAndSeconds()
    {
        _tree.With("downloaded_celebvhq/raw/M2Ohb0FAaJU.mp4").Text("celebvhq_info.json", Info($"\"M2Ohb0FAaJU_1\": {Clip("M2Ohb0FAaJU", "81.62", "86.17")}"));

        var clip = Assert.Single(Plan().Clips);

        Assert.Equal("train/M2Ohb0FAaJU_1", clip.Name);
        Assert.Equal(new ClipRange(81.62, 86.17, 1), clip.Range);
        Assert.Equal(new NormalizedBox(0, 0.8815, 0.1964, 0.6922), clip.Box);
        Assert.EndsWith("M2Ohb0FAaJU.mp4", clip.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ClipThatTheScriptCut_IsNotCutAgain()
    {
        _tree.With("raw/a.mp4", "processed/a_0.mp4").Text("celebvhq_info.json", Info($"\"a_0\": {Clip("a", "1", "4")}", $"\"a_1\": {Clip("a", "5", "9")}"));

        var plan = Plan();

        Assert.Equal([(true, true), (false, false)], plan.Clips.Select(c => (c.Box is null, c.Range is null)));
    }

    [Theory]
    [InlineData("gone", "1", "4", Box, "neither the clip nor its video gone is there")]
    [InlineData("a", "4", "4", Box, "before it begins")]
    [InlineData("a", "1", "\"4\"", Box, "lacks ytb_id, duration or bbox")]
    [InlineData("a", "1", "4", "\"bbox\": {\"top\": 0.5}", "lacks ytb_id, duration or bbox")]
    [InlineData("a", "1", "4", "\"bbox\": {\"top\": 0.5, \"bottom\": 0.5, \"left\": 0, \"right\": 1}", "its box is empty")]
    public void Plan_EntryThatCannotBeUsed_IsListedWithItsReason(string id, string start, string end, string box, string reason)
    {
        _tree.With("raw/a.mp4").Text("celebvhq_info.json", Info($"\"good\": {Clip("a", "1", "4")}", $"\"bad\": {Clip(id, start, end, box)}"));

        var skipped = Assert.Single(Plan().Skipped);

        Assert.Equal("train/bad", skipped.Name);
        Assert.Contains(reason, skipped.Reason);
    }

    [Fact]
    public void Plan_SameClipTwice_TakesTheFirst()
    {
        _tree.With("raw/a.mp4").Text("celebvhq_info.json", Info($"\"a_0\": {Clip("a", "1", "4")}", $"\"a_0\": {Clip("a", "5", "9")}"));

        var plan = Plan();

        Assert.Equal(1, Assert.Single(plan.Clips).Range!.Start);
        Assert.Contains("listed twice", Assert.Single(plan.Skipped).Reason);
        Assert.Equal(35666, plan.Published["all"]);
    }

    [Theory]
    [InlineData("{\"clips\": ", "cannot be read as JSON")]
    [InlineData("{\"videos\": {}}", "has no object 'clips'")]
    public void Plan_AnotherFile_SaysSo(string json, string problem)
    {
        _tree.With("raw/a.mp4").Text("celebvhq_info.json", json);

        Assert.Contains(problem, Assert.Throws<DataException>(Plan).Message);
    }

    [Fact]
    public void Plan_ClipsAlone_AreTakenAsTheyAre()
    {
        _tree.With("35666/a_0.mp4", "35666/b_0.mp4");

        Assert.Equal(["train/a_0", "train/b_0"], Plan().Clips.Select(c => c.Name));
    }
}
