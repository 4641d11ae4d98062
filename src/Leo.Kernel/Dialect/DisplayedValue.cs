using System.Text.Json.Nodes;

namespace Leo.Kernel.Dialect;

/// <summary>Something that is shown and can be replaced where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly string[] _mimeTypes;

    internal DisplayedValue(object? value, string[] mimeTypes)
    {
        _mimeTypes = mimeTypes;
        NotebookHost.Output.Display(MimeBundle.Of(value, mimeTypes), DisplayId, update: false);
    }

    internal DisplayedValue(JsonObject data, string mimeType)
    {
        _mimeTypes = [mimeType];
        NotebookHost.Output.Display(data, DisplayId, update: false);
    }

    /// <summary>The id under which front ends know it.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows <paramref name="value"/> in its place.</summary>
    public void Update(object? value) => NotebookHost.Output.Display(MimeBundle.Of(value, _mimeTypes), DisplayId, update: true);
}
