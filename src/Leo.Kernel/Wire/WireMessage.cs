using System.Text.Json.Nodes;

namespace Leo.Kernel.Wire;

/// <summary>A message of Jupyter's protocol.</summary>
/// <param name="Identities">Routing prefix: to whom a reply goes.</param>
/// <param name="Header">Type, id, session, date.</param>
/// <param name="Parent">Header of the message that this one answers; empty where there is none.</param>
/// <param name="Metadata">Whatever the sender adds.</param>
/// <param name="Content">What the type says.</param>
internal sealed record WireMessage(IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject Parent, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The type, such as <c>execute_request</c>.</summary>
    public string Type { get; } = Text(Header, "msg_type");

    /// <summary>The id.</summary>
    public string Id { get; } = Text(Header, "msg_id");

    /// <summary>The id of the message that this one answers, or empty.</summary>
    public string ParentId { get; } = Text(Parent, "msg_id");

    /// <summary>A text of <see cref="Content"/>; the default where it is absent or no text.</summary>
    public string Text(string key, string byDefault = "") => Text(Content, key, byDefault);

    /// <summary>A number of <see cref="Content"/>; the default where it is absent or no whole number.</summary>
    public int Number(string key, int byDefault) =>
        Content[key] is JsonValue value && value.TryGetValue(out int number) ? number : byDefault;

    /// <summary>A yes or no of <see cref="Content"/>; the default where it is absent or neither.</summary>
    public bool Flag(string key, bool byDefault = false) =>
        Content[key] is JsonValue value && value.TryGetValue(out bool flag) ? flag : byDefault;

    private static string Text(JsonObject from, string key, string byDefault = "") =>
        from[key] is JsonValue value && value.TryGetValue(out string? text) ? text : byDefault;
}
