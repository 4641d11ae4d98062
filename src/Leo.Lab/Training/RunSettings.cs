using System.Text.Json.Nodes;

namespace Leo.Lab.Training;

/// <summary>What <c>settings.json</c> of a run folder holds: everything needed to run it again.</summary>
public sealed record RunSettings
{
    /// <summary>Kind of what is trained.</summary>
    public required string Kind { get; init; }

    /// <summary>How it is trained.</summary>
    public required TrainingSettings Training { get; init; }

    /// <summary>Settings of the model, as its task gives them.</summary>
    public required JsonNode Model { get; init; }

    /// <summary>Settings of its losses, as its task gives them; a resumed run may change them.</summary>
    public JsonNode? Losses { get; init; }

    /// <summary>What else of the recipe decides the result, as its task gives it; a resumed run must have the same. Absent in runs of earlier versions.</summary>
    public JsonNode? Options { get; init; }

    /// <summary>What forbids to go on with <paramref name="resumed"/> where this run stopped; empty if nothing does.</summary>
    public IReadOnlyList<string> ConflictsWith(RunSettings resumed)
    {
        ArgumentNullException.ThrowIfNull(resumed);
        var faults = new SettingsFaults().Require(resumed.Kind == Kind, nameof(Kind), $"'{Kind}'", $"'{resumed.Kind}'");
        if (resumed.Kind == Kind)
        {
            Compare(faults, Model, resumed.Model, nameof(Model));
            if (Options is not null)
                Compare(faults, Options, resumed.Options, nameof(Options));
        }
        return [.. faults.All, .. Training.ConflictsWith(resumed.Training)];
    }

    /// <summary>The values in which two nodes differ, each with its key.</summary>
    internal static IReadOnlyList<string> Differences(JsonNode? before, JsonNode? now, string name)
    {
        var faults = new SettingsFaults();
        Compare(faults, before, now, name);
        return faults.All;
    }

    private static void Compare(SettingsFaults faults, JsonNode? here, JsonNode? there, string name)
    {
        if (here is JsonObject a && there is JsonObject b)
        {
            foreach (string key in a.Select(p => p.Key).Union(b.Select(p => p.Key)))
            {
                Compare(faults, a[key], b[key], $"{name}.{key}");
            }
            return;
        }
        faults.Require(JsonNode.DeepEquals(here, there), name, here?.ToJsonString() ?? "absent", there?.ToJsonString() ?? "absent");
    }
}
