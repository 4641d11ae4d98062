using System.Text;
using System.Text.Json;

namespace Leo.Lab.Experiments.Study;

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
