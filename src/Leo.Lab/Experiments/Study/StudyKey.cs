using System.Text.Json;

namespace Leo.Lab.Experiments.Study;

/// <summary>
/// Everything about a study that raters must not know: which clip is whose, and which answers an attention check expects. It lies beside
/// the page, never in it.
/// </summary>
public sealed record StudyKey
{
    /// <summary>What the file says it is.</summary>
    public const string FormatName = "leo-study-key/1";

    private const long MostBytes = 1L << 28;

    /// <summary><see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Name of the study, a hash of what its page shows; results carry it.</summary>
    public required string Study { get; init; }

    /// <summary>What raters are asked.</summary>
    public required StudyQuestion Question { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Names of the methods; the first is the one that the others are compared with.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>The clips, in the order of their random names.</summary>
    public required IReadOnlyList<StudyClip> Clips { get; init; }

    /// <summary>The questions, by method; attention checks last.</summary>
    public required IReadOnlyList<StudyItem> Items { get; init; }

    /// <summary>A sheet for each rater.</summary>
    public required IReadOnlyList<StudySheet> Sheets { get; init; }

    /// <summary>Reads a key.</summary>
    /// <exception cref="StudyException">It is not a key, or its parts do not fit each other.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static StudyKey Read(string path)
    {
        var key = StudyFile.Read<StudyKey>(path, MostBytes, "the key that leo study make wrote");
        if (key.Format != FormatName || !key.IsWhole())
            throw new StudyException(StudyFault.Damaged, path, "not a whole key of a user study", "Give the file that leo study make --key wrote");
        return key;
    }

    /// <summary>Writes it; an earlier file stays whole until the new one is complete.</summary>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void Save(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json.Options) + "\n");

    // Reporting looks things up by name; a key that was edited must not end in a lookup that fails.
    private bool IsWhole()
    {
        if (Question?.Text is null || Methods is not { Count: > 0 } || Clips is null || Items is null || Sheets is null
            || Clips.Any(c => c?.Name is null || c.Source is null || c.Method is null)
            || Items.Any(i => i?.Id is null || i.Clips is null) || Sheets.Any(s => s?.Token is null || s.Trials is null))
        {
            return false;
        }

        int shown = Question.Mode == StudyMode.Preference ? 2 : 1;
        var clips = Clips.Select(c => c.Name).ToHashSet();
        var items = Items.Select(i => i.Id).ToHashSet();
        return clips.Count == Clips.Count && items.Count == Items.Count
            && Items.All(i => i.Clips.Count == shown && i.Clips.All(clips.Contains) && (i.Method is null ? i.Expected is not null : Methods.Contains(i.Method)))
            && Sheets.Select(s => s.Rater).Distinct().Count() == Sheets.Count
            && Sheets.All(s => s.Trials.All(t => t?.Item is not null && items.Contains(t.Item) && t.Clips is not null && t.Clips.All(clips.Contains)));
    }
}

/// <summary>A clip of the page and where it comes from.</summary>
/// <param name="Name">Its random name on the page, without extension.</param>
/// <param name="Method">Whose it is.</param>
/// <param name="Source">The file it was made from, relative to the method's folder.</param>
/// <param name="IsSpoilt">Whether it was altered for an attention check.</param>
public sealed record StudyClip(string Name, string Method, string Source, bool IsSpoilt = false);

/// <summary>One question that every rater gets: a pair of clips, or a clip.</summary>
/// <param name="Id">Its random name.</param>
/// <param name="Method">Of a pair, the method that the first one is compared with; of one clip, its method. Null for an attention check.</param>
/// <param name="Clips">Names of the clips: the first method's and the other's, or one alone.</param>
/// <param name="Expected">Of an attention check, the answer to give: the name of a clip, or <c>yes</c>. Null for all others.</param>
public sealed record StudyItem(string Id, string? Method, IReadOnlyList<string> Clips, string? Expected = null);

/// <summary>All that one rater sees, in order.</summary>
/// <param name="Rater">Number of the rater, from 1.</param>
/// <param name="Token">What the page seals this rater's answers with.</param>
/// <param name="Trials">The questions.</param>
public sealed record StudySheet(int Rater, string Token, IReadOnlyList<StudyTrial> Trials);

/// <summary>A question as one rater sees it.</summary>
/// <param name="Item">The item's name.</param>
/// <param name="Clips">Names of the clips as they stand, from left to right.</param>
public sealed record StudyTrial(string Item, IReadOnlyList<string> Clips);
