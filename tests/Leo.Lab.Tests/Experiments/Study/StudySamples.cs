using Leo.Lab.Experiments.Study;

namespace Leo.Lab.Tests.Experiments.Study;

/// <summary>Studies without videos, and answers to them.</summary>
internal static class StudySamples
{
    public static StudyKey Key(StudyQuestion? question = null, int count = 6, int raters = 4, int checks = 0, long seed = 0, params string[] methods)
    {
        question ??= StudyQuestion.Realistic;
        if (methods.Length == 0) methods = ["leo", "tats"];
        var options = new StudyOptions { Methods = [.. methods.Select(m => new StudyMethod(m, m))], Question = question, Count = count, Raters = raters, Checks = checks, Seed = seed };
        var groups = question.Mode == StudyMode.Preference
            ? methods.Skip(1).Select(m => new StudyGroup(m, [.. Enumerable.Range(0, count).Select(i => new[] { (methods[0], $"{methods[0]}{i}.mp4"), (m, $"{m}{i}.mp4") })]))
            : methods.Select(m => new StudyGroup(m, [.. Enumerable.Range(0, count).Select(i => new[] { (m, $"{m}{i}.mp4") })]));
        return StudyDesign.Make(options, [.. groups], new StudyDraw(seed, [[1, 2, 3]]));
    }

    /// <summary>A rater's sealed answers; <paramref name="prefers"/> says whether the first method's clip wins, or yes is said. Null skips.</summary>
    public static StudyResult Answers(StudyKey key, int rater, Func<StudyItem, bool?> prefers, int? answered = null)
    {
        var sheet = key.Sheets.Single(s => s.Rater == rater);
        var answers = sheet.Trials.Take(answered ?? int.MaxValue).Select(t =>
        {
            var item = key.Items.Single(i => i.Id == t.Item);
            return new StudyAnswer(t.Item, t.Clips, prefers(item) switch
            {
                null => null,
                var yes when t.Clips.Count == 1 => yes.Value ? "yes" : "no",
                var first => (t.Clips[0] == item.Clips[0]) == first ? "left" : "right",
            }, 2000, 0);
        }).ToList();
        return Sealed(key, new StudyResult
        {
            Format = StudyResult.FormatName,
            Study = key.Study,
            Rater = rater,
            Started = "2024-05-01T10:00:00.000Z",
            Finished = answers.Count == sheet.Trials.Count ? "2024-05-01T10:10:00.000Z" : "",
            Answers = answers,
            Seal = "",
        });
    }

    public static StudyResult Sealed(StudyKey key, StudyResult result) =>
        result with { Seal = result.ExpectedSeal(key.Sheets.Single(s => s.Rater == result.Rater).Token) };
}
