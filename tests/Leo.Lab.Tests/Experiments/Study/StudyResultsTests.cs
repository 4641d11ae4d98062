using Leo.Lab.Experiments.Study;

namespace Leo.Lab.Tests.Experiments.Study;

public sealed class StudyResultsTests : IDisposable
{
    private static readonly StudyKey Key = StudySamples.Key(checks: 1);
    private static readonly StudyResult Good = StudySamples.Answers(Key, 2, _ => true);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Save(StudyResult result, string name = "a.json") => SaveText(Json.Write(result), name);

    private string SaveText(string text, string name = "a.json")
    {
        File.WriteAllText(_folder[name], text);
        return _folder[name];
    }

    private StudyException Refused(StudyFault fault, params string[] paths)
    {
        var error = Assert.Throws<StudyException>(() => StudyResults.Read(paths, Key));
        Assert.Equal(fault, error.Fault);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    [Fact]
    public void Read_GoodFiles_AndFolders_ComeInTheOrderOfRaters()
    {
        Save(Good, "b.json");
        Save(StudySamples.Answers(Key, 1, _ => null, answered: 3), "c.json");
        File.WriteAllText(_folder["notes.txt"], "not a result");
        var results = StudyResults.Read([_folder.Path], Key);
        Assert.Equal([1, 2], results.Select(r => r.Rater));
        Assert.Equal(3, results[0].Answers.Count);
        Assert.Equal(Json.Write(Good), Json.Write(results[1]));
    }

    // The seal as any other program would compute it: python3, hmac.new(token, text, 'sha256').hexdigest().
    [Fact]
    public void Seal_IsAnHmacOfTheLines()
    {
        var result = new StudyResult
        {
            Format = StudyResult.FormatName,
            Study = "0123456789abcdef",
            Rater = 7,
            Started = "2024-05-01T10:00:00.000Z",
            Finished = "",
            Seal = "",
            Answers = [new("aa", ["c1", "c2"], "left", 1234, 0), new("bb", ["c3", "c4"], null, 5, 2)],
        };
        Assert.Equal("9133b7eaf509b79d53e2c4012fd89dcace8eee220b684f014c32398cf5f65e96", result.ExpectedSeal("00112233445566778899aabbccddeeff"));
    }

    [Fact]
    public void Read_ChangedAnswer_IsTampering()
    {
        var other = Good.Answers[0] with { Choice = Good.Answers[0].Choice == "left" ? "right" : "left" };
        Refused(StudyFault.Tampered, Save(Good with { Answers = [other, .. Good.Answers.Skip(1)] }));
        Refused(StudyFault.Tampered, Save(Good with { Answers = [.. Good.Answers.Take(2)] }));
        Refused(StudyFault.Tampered, Save(Good with { Rater = 3 }));
        Refused(StudyFault.Tampered, Save(Good with { Seal = new string('0', 64) }));
        Refused(StudyFault.Tampered, Save(Good with { Finished = "" }));
    }

    [Fact]
    public void Read_SealedAnewButNotTheRatersSheet_IsTampering()
    {
        StudyResult With(StudyAnswer first) => StudySamples.Sealed(Key, Good with { Answers = [first, .. Good.Answers.Skip(1)] });
        var answer = Good.Answers[0];
        Assert.Contains("answer 1", Refused(StudyFault.Tampered, Save(With(answer with { Clips = [.. answer.Clips.Reverse()] }))).Message);
        Refused(StudyFault.Tampered, Save(With(answer with { Item = Good.Answers[1].Item })));
        Refused(StudyFault.Tampered, Save(With(answer with { Choice = "yes" })));
        Refused(StudyFault.Tampered, Save(With(answer with { Milliseconds = -1 })));
        Refused(StudyFault.Tampered, Save(StudySamples.Sealed(Key, Good with { Answers = [.. Good.Answers, Good.Answers[0]] })));
    }

    [Fact]
    public void Read_TheSameRaterTwice_IsADuplicate()
    {
        string a = Save(Good), b = Save(StudySamples.Answers(Key, 2, _ => false), "b.json");
        var error = Refused(StudyFault.Duplicate, a, b);
        Assert.Contains("b.json", error.Message);
        Assert.Contains("a.json", error.Message);
        Refused(StudyFault.Duplicate, a, a);
    }

    [Fact]
    public void Read_AnotherStudyOrAnUnknownRater_IsMismatched()
    {
        Refused(StudyFault.Mismatched, Save(StudySamples.Answers(StudySamples.Key(seed: 9, checks: 1), 2, _ => true)));
        Refused(StudyFault.Mismatched, Save(Good with { Rater = 99 }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\": \"leo-study-result/1\"}")]
    [InlineData("{\"format\": \"leo-study-result/1\", \"study\": \"x\", \"rater\": 1e99, \"started\": \"\", \"finished\": \"\", \"answers\": [], \"seal\": \"\"}")]
    [InlineData("{\"format\": \"other\", \"study\": \"x\", \"rater\": 1, \"started\": \"\", \"finished\": \"\", \"answers\": [], \"seal\": \"\"}")]
    [InlineData("{\"format\": \"leo-study-result/1\", \"study\": \"x\", \"rater\": 1, \"started\": \"\", \"finished\": \"\", \"answers\": [null], \"seal\": \"\"}")]
    [InlineData("{\"format\": \"leo-study-result/1\", \"study\": \"x\", \"rater\": 1, \"rater\": 2, \"started\": \"\", \"finished\": \"\", \"answers\": [], \"seal\": \"\"}")]
    public void Read_NotAResult_IsDamaged(string text) => Refused(StudyFault.Damaged, SaveText(text));

    [Fact]
    public void Read_CutShortAnywhere_IsRefused()
    {
        string text = Json.Write(Good);
        for (int length = 0; length < text.Length - 1; length += 97)
            Refused(StudyFault.Damaged, SaveText(text[..length]));
    }

    [Fact]
    public void Read_NoFiles_IsEmpty() => Refused(StudyFault.Empty, _folder.Path);

    [Fact]
    public void Key_SavedAndRead_IsTheSame_AndAnEditedOneIsRefused()
    {
        Key.Save(_folder["key"]);
        Assert.Equal(Json.Write(Key), Json.Write(StudyKey.Read(_folder["key"])));
        (Key with { Items = [Key.Items[0] with { Clips = ["nothing", "there"] }, .. Key.Items.Skip(1)] }).Save(_folder["key"]);
        Assert.Equal(StudyFault.Damaged, Assert.Throws<StudyException>(() => StudyKey.Read(_folder["key"])).Fault);
        Assert.Equal(StudyFault.Damaged, Assert.Throws<StudyException>(() => StudyKey.Read(Save(Good))).Fault);
    }
}
