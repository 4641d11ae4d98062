using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Leo.Lab.Media;

namespace Leo.Lab.Experiments.Study;

/// <summary>The results of all raters.</summary>
public static class StudyResults
{
    /// <summary>Reads result files, and all <c>.json</c> files of folders, in the order of raters.</summary>
    /// <exception cref="StudyException">A file is refused (<see cref="StudyResult.Read"/>), two are of one rater, or there is none.</exception>
    public static IReadOnlyList<StudyResult> Read(IEnumerable<string> paths, StudyKey key)
    {
        var byRater = new SortedDictionary<int, (StudyResult Result, string Path)>();
        foreach (string path in paths.SelectMany(Files))
        {
            var result = StudyResult.Read(path, key);
            if (byRater.TryGetValue(result.Rater, out var earlier))
                throw new StudyException(StudyFault.Duplicate, path, $"rater {result.Rater} again, after {earlier.Path}", "Keep the one file that counts");
            byRater.Add(result.Rater, (result, path));
        }
        if (byRater.Count == 0)
            throw new StudyException(StudyFault.Empty, "results", "there is no result file", "Give the .json files that raters saved, or the folder that holds them");
        return [.. byRater.Values.Select(v => v.Result)];
    }

    private static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.json").Order(NaturalOrder.Instance)
        : [path];
}

/// <summary>What the page saves for one rater.</summary>
/// <remarks>
/// The seal is an HMAC-SHA-256 of everything else, keyed by the token of the rater's sheet. The token is in the page, so the seal finds
/// damage, files mixed up and edits by hand; it cannot stop somebody who reads the page's program.
/// </remarks>
public sealed record StudyResult
{
    /// <summary>What the file says it is.</summary>
    public const string FormatName = "leo-study-result/1";

    private const long MostBytes = 1 << 24;

    /// <summary><see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Number of the rater.</summary>
    public required int Rater { get; init; }

    /// <summary>When the rater began, UTC, ISO 8601.</summary>
    public required string Started { get; init; }

    /// <summary>When the last question was answered; empty while some are open.</summary>
    public required string Finished { get; init; }

    /// <summary>The answers so far, in the order of the rater's sheet.</summary>
    public required IReadOnlyList<StudyAnswer> Answers { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string Seal { get; init; }

    /// <summary>Reads one result and holds it against the key.</summary>
    /// <exception cref="StudyException">Damaged, of another study or rater, or changed since the page saved it.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static StudyResult Read(string path, StudyKey key)
    {
        var result = StudyFile.Read<StudyResult>(path, MostBytes, "the answers that a page of leo study make saved");
        if (result.Format != FormatName || result.Answers is null || result.Seal is null || result.Answers.Any(a => a?.Item is null || a.Clips is null || a.Clips.Contains(null!)))
            throw new StudyException(StudyFault.Damaged, path, $"not a whole result ({FormatName})", "Get it from the rater again");
        if (result.Study != key.Study)
            throw new StudyException(StudyFault.Mismatched, path, $"of study {result.Study}, while the key is of {key.Study}", "Give the key that was written with this page");
        var sheet = key.Sheets.FirstOrDefault(s => s.Rater == result.Rater)
            ?? throw new StudyException(StudyFault.Mismatched, path, $"rater {result.Rater}, while the study has {key.Sheets.Count}", "Give the key that was written with this page");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(result.ExpectedSeal(sheet.Token)), Encoding.UTF8.GetBytes(result.Seal)))
            throw Tampered(path, "its seal does not fit its content");
        string[] choices = key.Question.Mode == StudyMode.Preference ? ["left", "right"] : ["yes", "no"];
        if (result.Answers.Count > sheet.Trials.Count)
            throw Tampered(path, $"{result.Answers.Count} answers to {sheet.Trials.Count} questions");
        for (int i = 0; i < result.Answers.Count; i++)
        {
            var (answer, trial) = (result.Answers[i], sheet.Trials[i]);
            if (answer.Item != trial.Item || !answer.Clips.SequenceEqual(trial.Clips))
                throw Tampered(path, $"answer {i + 1} is to another question than rater {result.Rater} was asked");
            if ((answer.Choice is not null && !choices.Contains(answer.Choice)) || answer.Milliseconds < 0 || answer.Replays < 0)
                throw Tampered(path, $"answer {i + 1} is none that the page can give");
        }
        return result;
    }

    /// <summary>The seal that the page would put on this content.</summary>
    internal string ExpectedSeal(string token)
    {
        var lines = Answers.Select(a => string.Create(CultureInfo.InvariantCulture,
            $"{a.Item} {string.Join(',', a.Clips)} {a.Choice ?? "-"} {a.Milliseconds} {a.Replays}"));
        string text = string.Join('\n', [Format, Study, Rater.ToString(CultureInfo.InvariantCulture), Started, Finished, .. lines]);
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
    }

    private static StudyException Tampered(string path, string problem) =>
        new(StudyFault.Tampered, path, problem, "It was changed after the page saved it; get it from the rater again");
}

/// <summary>One answer of a rater.</summary>
/// <param name="Item">The item's name.</param>
/// <param name="Clips">Names of the clips as they stood, from left to right.</param>
/// <param name="Choice"><c>left</c> or <c>right</c>, <c>yes</c> or <c>no</c>; null where a clip could not be played.</param>
/// <param name="Milliseconds">From the moment that the clips began to play.</param>
/// <param name="Replays">How often the rater started them again.</param>
public sealed record StudyAnswer(string Item, IReadOnlyList<string> Clips, string? Choice, long Milliseconds, int Replays);

/// <summary>Files of a study, which may come back from anywhere.</summary>
internal static class StudyFile
{
    /// <summary>Reads one strictly: unknown and doubled keys are refused, and so is what is larger than any honest file.</summary>
    /// <exception cref="StudyException">It is not such a file.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static T Read<T>(string path, long mostBytes, string expected)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (file.Length > mostBytes)
            throw new StudyException(StudyFault.Damaged, path, $"{file.Length} bytes, while {expected} has at most {mostBytes}", "Check which file it is");
        using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            return JsonSerializer.Deserialize<T>(text.ReadToEnd(), Json.Options) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or DecoderFallbackException)
        {
            throw new StudyException(StudyFault.Damaged, path, $"expected {expected}, which this is not ({e.Message})", "Check which file it is, or get it again", e);
        }
    }
}
