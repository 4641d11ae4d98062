using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Leo.Lab.Experiments.Study;

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
