using System.Text.Json.Nodes;
using Leo.Cli;
using Leo.Lab.Experiments.Study;

namespace Leo.Browser.Tests;

public sealed class StudyPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NoStorage = "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";

    private static JsonNode Report(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = LeoProgram.Run(["study", "report", .. args, "--json"], new Shell(output, error, interactive: false, CancellationToken.None));
        Assert.True(code == ExitCode.Success, error.ToString());
        return JsonNode.Parse(output.ToString().TrimEnd().Split('\n')[^1])!;
    }

    private static async Task AssertHarmless(WatchedPage page, StudyFolder study)
    {
        Assert.Empty(await page.Violations());
        Assert.Empty(page.Errors);
        string folder = new Uri(study["page"] + "/").AbsoluteUri;
        Assert.NotEmpty(page.Requests);
        Assert.All(page.Requests, url => Assert.True(url.StartsWith(folder, StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal), url));
    }

    [Fact]
    public async Task Pairs_ByKeyboard_ReloadedInTheMiddle_AreReported()
    {
        using var study = new StudyFolder(StudyQuestion.Realistic, count: 3, checks: 1);
        await using var page = await chromium.Open();
        int questions = study.Key.Items.Count;
        for (int rater = 1; rater <= 2; rater++)
        {
            await page.Page.GotoAsync("about:blank");
            await page.Page.GotoAsync(study.Url);
            await page.Begin(rater);
            for (int at = 0; at < questions; at++)
            {
                await page.Watch(at + 1);
                if (rater == 1 && at == 1)
                {
                    await page.Press(study.KeyFor(rater, at) == "ArrowLeft" ? "ArrowRight" : "ArrowLeft");      // a slip, taken back
                    await page.Watch(at + 2);
                    await page.Press("Backspace");
                    await page.Watch(at + 1);
                }
                if (rater == 1 && at == 2)
                {
                    await page.Page.ReloadAsync();
                    await page.Begin(rater);
                    await page.Watch(at + 1);
                    await page.Press("r");
                }
                await page.Press(study.KeyFor(rater, at));
            }
            await page.Page.WaitForSelectorAsync("#end:not([hidden])");
            Assert.Equal($"leo-study-{study.Key.Study}-rater-{rater}.json", await page.Save("Enter", study[$"answers/{rater}.json"]));
        }
        await AssertHarmless(page, study);

        var report = Report(study["answers"], "--key", study["key.json"], "--least-checks", "1");
        var row = report["rows"]![0]!;
        Assert.Equal((6, 6), ((int)row["share"]!["count"]!, (int)row["share"]!["ratings"]!));
        Assert.Equal(1, (double)row["share"]!["rate"]!);
        Assert.All(report["raters"]!.AsArray(), r => Assert.Equal((4, 1, false), ((int)r!["answered"]!, (int)r["checks_passed"]!, (bool)r["is_excluded"]!)));
        Assert.Equal(1, StudyResult.Read(study["answers/1.json"], study.Key).Answers[2].Replays);
    }

    [Fact]
    public async Task SingleFile_WithoutStorage_GoesOnFromASavedFile()
    {
        var asked = StudyQuestion.Repeated with { Text = "Repeated </script><img src=x onerror=alert(5)> motion?" };
        using var study = new StudyFolder(asked, isSingleFile: true);
        Assert.Equal(["index.html"], Directory.GetFileSystemEntries(study["page"]).Select(Path.GetFileName));
        await using var page = await chromium.Open(NoStorage);
        await page.Page.GotoAsync(study.Url + "#3");
        Assert.Equal("3", await page.Page.InputValueAsync("#rater"));
        Assert.True(await page.Page.IsVisibleAsync("#forgets"));
        Assert.Equal(asked.Text, await page.Page.TextContentAsync("h1 >> nth=0"));
        await page.Begin(3);
        for (int at = 0; at < 2; at++)
        {
            await page.Watch(at + 1);
            await page.Press(study.KeyFor(3, at));
        }
        await page.Watch(3);
        await page.Save("s", study["half.json"]);
        Assert.Equal(2, StudyResult.Read(study["half.json"], study.Key).Answers.Count);

        await page.Page.ReloadAsync();
        await page.Page.SetInputFilesAsync("#load", study["half.json"]);
        for (int at = 2; at < study.Key.Items.Count; at++)
        {
            await page.Watch(at + 1);
            await page.Press(study.KeyFor(3, at));
        }
        await page.Page.WaitForSelectorAsync("#end:not([hidden])");
        await page.Save("Enter", study["whole.json"]);
        await AssertHarmless(page, study);
        Assert.Equal(StudyFault.Duplicate, Assert.Throws<StudyException>(() => StudyResults.Read([study["half.json"], study["whole.json"]], study.Key)).Fault);
        var rows = Report(study["whole.json"], "--key", study["key.json"])["rows"]!;
        Assert.Equal((2, 0), ((int)rows[0]!["share"]!["count"]!, (int)rows[1]!["share"]!["count"]!));
    }

    [Fact]
    public async Task MissingClip_IsLeftOut_AndForeignFilesAndNumbersAreRefused()
    {
        using var study = new StudyFolder(StudyQuestion.Coherent);
        File.Delete(Path.Combine(study["page"], "clips", study.Key.Sheets[0].Trials[0].Clips[1] + ".mp4"));
        File.WriteAllText(study["foreign.json"], "{\"study\": \"x\", \"rater\": 1, \"answers\": [{\"item\": \"<img src=x onerror=alert(6)>\"}]}");
        await using var page = await chromium.Open();
        await page.Page.GotoAsync(study.Url);
        await page.Begin(5);
        Assert.Contains("1 to 4", await page.Page.TextContentAsync("#fault"), StringComparison.Ordinal);
        await page.Page.SetInputFilesAsync("#load", study["foreign.json"]);
        await page.Until("document.getElementById('fault').textContent.includes('not saved by this page')");

        await page.Page.FocusAsync("#rater");
        await page.Begin(1);
        await page.Page.WaitForSelectorAsync("#skip:not([hidden])");
        await page.Press("ArrowLeft");
        await page.Press("x");
        await page.Watch(2);
        await page.Save("s", study["a.json"]);
        Assert.Null(Assert.Single(StudyResult.Read(study["a.json"], study.Key).Answers).Choice);
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public void PageFolder_TellsNothingOfMethodsOrFiles()
    {
        using var study = new StudyFolder(StudyQuestion.Realistic, checks: 1);
        string page = File.ReadAllText(study.Made.Page);
        Assert.All([.. StudyFolder.Hostile, "onerror=", "leo\"", "tats", "\"seed\"", "expected"], secret => Assert.DoesNotContain(secret, page, StringComparison.Ordinal));
        string[] clips = Directory.GetFiles(Path.Combine(study["page"], "clips"));
        Assert.Equal(study.Key.Clips.Select(c => c.Name + ".mp4"), clips.Select(c => Path.GetFileName(c)).Order(StringComparer.Ordinal));
        Assert.Single(clips.Select(File.GetLastWriteTimeUtc).Distinct());
    }
}
