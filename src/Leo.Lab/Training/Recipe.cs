using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Lab.Training;

/// <summary>
/// Everything that a training depends on, in one record: the model's shape, the diffusion process, the steps, which data are drawn and how. What is not in
/// a recipe does not influence a run, but for the data themselves. All of it is in a run's <c>settings.json</c> and in the headers of its checkpoints.
/// </summary>
public abstract record Recipe
{
    /// <summary>Steps, batch, learning rate and its schedule, averages, seed.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public abstract void Validate();

    /// <summary>The recipe of a preset.</summary>
    /// <typeparam name="T">Which recipe.</typeparam>
    /// <param name="preset"><c>tiny</c>, <c>small</c> or <c>paper</c>; null for tiny.</param>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static T Preset<T>(string? preset)
        where T : Recipe, IPresets<T> => preset switch
        {
            null or "tiny" => T.Tiny,
            "small" => T.Small,
            "paper" => T.Paper,
            _ => throw new ArgumentException($"expected tiny, small or paper, found {preset}", nameof(preset)),
        };

    /// <summary>JSON key of the model's settings, which are recorded on their own as the training's are.</summary>
    internal abstract string ModelKey { get; }

    /// <summary>All that is neither the model's nor the training's.</summary>
    internal JsonObject Options()
    {
        var all = JsonSerializer.SerializeToNode(this, GetType(), Json.Compact)!.AsObject();
        all.Remove(ModelKey);
        all.Remove("training");
        return all;
    }
}

/// <summary>The three sizes of a recipe. Nothing but numbers differs between them; what the paper does not do is off in <see cref="Paper"/>.</summary>
/// <typeparam name="T">The recipe.</typeparam>
public interface IPresets<T>
{
    /// <summary>Minutes to an hour on two cores.</summary>
    static abstract T Tiny { get; }

    /// <summary>Hours on one GPU.</summary>
    static abstract T Small { get; }

    /// <summary>The paper's numbers.</summary>
    static abstract T Paper { get; }
}
