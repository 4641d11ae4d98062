using System.Security.Cryptography;
using System.Text;

namespace Leo.Lab.Experiments.Study;

/// <summary>Lays a study out: which clips meet, and what each rater sees in which order and on which side.</summary>
internal static class StudyDesign
{
    /// <summary>Makes the key from the clips chosen.</summary>
    /// <param name="options">The layout.</param>
    /// <param name="groups">For each comparison or method, the files that meet in each item: two or one.</param>
    /// <param name="draw">The study's chance.</param>
    public static StudyKey Make(StudyOptions options, IReadOnlyList<StudyGroup> groups, StudyDraw draw)
    {
        List<StudyClip> clips = [];
        List<StudyItem> items = [];
        List<bool> swapped = [];

        string Add(string method, string source, string purpose, bool spoilt = false)
        {
            clips.Add(new StudyClip(draw.Name(purpose), method, source, spoilt));
            return clips[^1].Name;
        }

        foreach (var group in groups)
        {
            swapped.AddRange(draw.Halves(group.Items.Count, $"sides {group.Method}"));
            for (int i = 0; i < group.Items.Count; i++)
            {
                string name = FormattableString.Invariant($"{group.Method} {i}");
                items.Add(new StudyItem(draw.Name($"item {name}"), group.Method,
                    [.. group.Items[i].Select((f, side) => Add(f.Method, f.Source, FormattableString.Invariant($"clip {side} {name}")))]));
            }
        }

        var shown = groups.SelectMany(g => g.Items).SelectMany(f => f).Distinct().ToList();
        int[] chosen = draw.Order(shown.Count, "checks");
        swapped.AddRange(draw.Halves(options.Checks, "sides of checks"));
        for (int i = 0; i < options.Checks; i++)
        {
            var (method, source) = shown[chosen[i % shown.Count]];
            string spoilt = Add(method, source, $"spoilt {i}", spoilt: true);
            string id = draw.Name($"check {i}");
            if (options.Question.Mode == StudyMode.Occurrence)
            {
                items.Add(new StudyItem(id, null, [spoilt], "yes"));
                continue;
            }
            string intact = Add(method, source, $"intact {i}");
            items.Add(new StudyItem(id, null, [intact, spoilt], intact));
        }

        bool[] turned = draw.Halves(options.Raters, "sides by rater");
        var sheets = Enumerable.Range(1, options.Raters).Select(rater => new StudySheet(rater, draw.Hash($"token {rater}")[..32],
            [.. draw.Order(items.Count, $"order {rater}").Select(i => Trial(items[i], swapped[i] ^ turned[rater - 1]))])).ToList();
        return new StudyKey
        {
            Format = StudyKey.FormatName,
            Study = NameOf(options.Question, sheets),
            Question = options.Question,
            Seed = options.Seed,
            Methods = [.. options.Methods.Select(m => m.Name)],
            Clips = [.. clips.OrderBy(c => c.Name, StringComparer.Ordinal)],
            Items = items,
            Sheets = sheets,
        };
    }

    private static StudyTrial Trial(StudyItem item, bool swapped) => new(item.Id, swapped ? [.. item.Clips.Reverse()] : item.Clips);

    private static string NameOf(StudyQuestion question, IReadOnlyList<StudySheet> sheets) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json.WriteLine(new { question, sheets }))))[..16];
}
