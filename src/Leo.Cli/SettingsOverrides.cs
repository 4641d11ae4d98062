using System.Text.Json;
using System.Text.Json.Nodes;
using Leo.Lab;

namespace Leo.Cli;

/// <summary>Applies <c>--set key=value</c> to settings of any kind.</summary>
internal static class SettingsOverrides
{
    /// <summary>Settings with some values replaced.</summary>
    /// <param name="settings">A settings record.</param>
    /// <param name="assignments">Each <c>key=value</c>. A key is a path (<c>training.learningRate</c>) or its end (<c>learningRate</c>) where only
    /// one path ends so; case does not matter. A value is JSON, or plain text.</param>
    /// <exception cref="LeoException">A key is not known or not unique, or a value does not fit; all of them named.</exception>
    public static T Apply<T>(T settings, IEnumerable<string> assignments)
    {
        var root = JsonSerializer.SerializeToNode(settings, Json.Options)!.AsObject();
        var faults = new List<LeoException>();
        foreach (string assignment in assignments)
        {
            var before = root.DeepClone().AsObject();
            try
            {
                int equals = assignment.IndexOf('=');
                if (equals < 1)
                    throw new LeoException($"--set {assignment}", "there is no value", "Write --set key=value");
                Set(root, assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
                settings = Read<T>(root, assignment);
            }
            catch (LeoException e)
            {
                root = before;
                faults.Add(e);
            }
        }
        return faults switch
        {
            [] => settings,
            [var only] => throw only,
            // The list of all settings need not be read several times.
            _ => throw new LeoException("--set", string.Join(" ", faults.Select(f => f.Message.Split(" The settings are ")[0])), "--set x=1 lists the settings"),
        };
    }

    // After each, so that the one that does not fit can be named.
    private static T Read<T>(JsonObject root, string assignment)
    {
        try
        {
            return root.Deserialize<T>(Json.Options)!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new LeoException($"--set {assignment}", "the value does not fit the setting",
                "Write numbers plainly, lists as [1,2,3], and null for nothing", e);
        }
    }

    private static void Set(JsonObject root, string key, string value)
    {
        var paths = Paths(root, "").ToList();
        var matches = paths.Where(p => p.Equals(key, StringComparison.OrdinalIgnoreCase)).ToList();
        if (matches.Count == 0)
            matches = [.. paths.Where(p => p.EndsWith("." + key, StringComparison.OrdinalIgnoreCase))];
        if (matches.Count == 0)
            throw new LeoException($"--set {key}", "there is no such setting", $"The settings are {string.Join(", ", paths)}");
        if (matches.Count > 1)
            throw new LeoException($"--set {key}", $"it could be {string.Join(" or ", matches)}", "Write the whole path");

        string[] parts = matches[0].Split('.');
        var holder = parts[..^1].Aggregate(root, (at, part) => at[part]!.AsObject());
        holder[parts[^1]] = Parse(value);
    }

    private static IEnumerable<string> Paths(JsonObject node, string prefix)
    {
        foreach (var (name, value) in node)
        {
            yield return prefix + name;
            if (value is JsonObject inner)
            {
                foreach (string path in Paths(inner, $"{prefix}{name}."))
                    yield return path;
            }
        }
    }

    private static JsonNode? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
