namespace Leo.Lab.Display;

/// <summary>The newest picture or video in a run's samples.</summary>
/// <param name="folder">Where they are; null for none.</param>
internal sealed class NewestSample(string? folder)
{
    // A card is sent whole at every change; what is larger would make the page stutter.
    private const long Largest = 2 << 20;

    /// <summary>File name; null while there is none.</summary>
    public string? Name { get; private set; }

    /// <summary>The element that shows it.</summary>
    public string Tag { get; private set; } = "";

    /// <summary>Looks again. A file that goes while it is read is left for the next time.</summary>
    public void Look()
    {
        var newest = Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles().Where(f => MimeType(f.Name) is not null && f.Length <= Largest).MaxBy(f => (f.LastWriteTimeUtc, f.Name))
            : null;
        if (newest is null || newest.Name == Name)
            return;
        try
        {
            string type = MimeType(newest.Name)!, uri = Html.DataUri(type, File.ReadAllBytes(newest.FullName));
            Tag = type == "video/mp4"
                ? $"<video autoplay loop muted playsinline controls src=\"{uri}\"></video>"
                : $"<img alt=\"{Html.Encode(newest.Name)}\" src=\"{uri}\">";
            Name = newest.Name;
        }
        catch (IOException)
        {
            // Somebody tidies up; what was shown stays.
        }
    }

    private static string? MimeType(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".mp4" => "video/mp4",
        _ => null,
    };
}
