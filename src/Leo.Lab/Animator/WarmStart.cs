using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.Checkpoints.PyTorch;
using Leo.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// Starts a training where another one ended: weights, discriminator and Adam's moments of a checkpoint by LIA's own
/// trainer (<c>gen</c>, <c>dis</c>, <c>g_optim</c>, <c>d_optim</c>) or by this project; of any other animator the weights.
/// </summary>
internal static class WarmStart
{
    private const string OwnAnimator = CheckpointNames.Optimizer + "animator.", OwnDiscriminator = CheckpointNames.Optimizer + "discriminator.";

    /// <summary>Loads what the checkpoint has. Rates and betas stay those of the settings.</summary>
    /// <returns>What was taken and what begins anew, for the log.</returns>
    /// <exception cref="CheckpointException">Of another size, or damaged.</exception>
    internal static string Load(Checkpoint checkpoint, ImageAnimator animator, Adam animatorAdam, Discriminator? discriminator, Adam? discriminatorAdam)
    {
        var file = checkpoint.File;
        // Adam's moments belong to the raw weights, not to their average.
        bool resumes = Has(file, OwnAnimator + "step");
        string weights = resumes ? CheckpointNames.Model : CheckpointLoader.Prefix(checkpoint, AnimatorSettings.Telling);
        CheckpointLoader.Load(file, weights, animator.state_dict());
        string report = $"{file.Path}: weights";
        report += Moments(file, OwnAnimator, "g_optim.", weights, animator, animatorAdam) is { } steps ? $", Adam's moments after {steps} steps" : "; Adam begins anew";
        if (discriminator is null || discriminatorAdam is null)
        {
            return report + (Has(file, CheckpointNames.Discriminator) || Has(file, "discriminator.") ? "; its discriminator is left out, as adversarialWeight is 0" : "");
        }
        string prefix = Has(file, CheckpointNames.Discriminator) ? CheckpointNames.Discriminator : "discriminator.";
        if (!Has(file, prefix))
        {
            return report + "; the discriminator begins anew";
        }
        CheckpointLoader.Load(file, prefix, discriminator.state_dict());
        return report + (Moments(file, OwnDiscriminator, "d_optim.", prefix, discriminator, discriminatorAdam) is { } discriminated
            ? $"; discriminator, Adam's moments after {discriminated} steps"
            : "; discriminator, its Adam begins anew");
    }

    private static bool Has(ITensorFile file, string prefix) => file.Names.Any(n => n.StartsWith(prefix, StringComparison.Ordinal));

    // The highest step of any parameter, or null where the file has no state of this optimiser.
    private static long? Moments(ITensorFile file, string own, string official, string weights, nn.Module module, Adam adam)
    {
        long steps = 0;
        if (Has(file, own))
        {
            OptimizerStates.Load(adam, (name, shape) => Counted(name, Fitting(file, own + name, shape)));
            return steps;
        }
        if (!Has(file, official))
        {
            return null;
        }
        string[] names = [.. module.named_parameters().Select(p => p.name)];
        string[] ids = Ids(file, official, weights, names);
        OptimizerStates.Load(adam, (name, shape) => name == "step"
            ? Counted(name, tensor(ids.Select(id => Step(file, $"{official}state.{id}.")).ToArray()))
            : Official(file, official, ids, name, shape!));
        return steps;

        Tensor Counted(string name, Tensor value)
        {
            if (name == "step" && value.numel() > 0)
            {
                steps = value.max().item<long>();
            }
            return value;
        }
    }

    // A parameter that never had a gradient has no state in PyTorch: its moments are zero.
    private static Tensor Official(ITensorFile file, string prefix, string[] ids, string name, IReadOnlyList<long> shape)
    {
        int dot = name.IndexOf('.');
        string key = $"{prefix}state.{ids[int.Parse(name.AsSpan(0, dot), CultureInfo.InvariantCulture)]}{name[dot..]}";
        return file.Contains(key) ? Fitting(file, key, shape) : zeros([.. shape]);
    }

    // PyTorch numbers the parameters in the order of the weights, buffers left out; the groups say which number each has.
    private static string[] Ids(ITensorFile file, string official, string weights, string[] names)
    {
        var order = file.Metadata.TryGetValue(CheckpointNames.Order, out string? list) ? Json.Read<List<string>>(list, file.Path) : (IEnumerable<string>)file.Names;
        var parameters = names.ToHashSet();
        var places = order.Where(n => n.StartsWith(weights, StringComparison.Ordinal)).Select(n => n[weights.Length..]).Where(parameters.Contains)
            .Select((name, place) => (name, place)).ToDictionary(p => p.name, p => p.place);
        var ids = new List<string>();
        for (int group = 0; file.Metadata.TryGetValue($"{PyTorchFile.ValuePrefix}{official}param_groups.{group}.params", out string? numbers); group++)
        {
            ids.AddRange(numbers.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        return ids.Count == names.Length && places.Count == names.Length
            ? [.. names.Select(n => ids[places[n]])]
            : throw new CheckpointException(file.Path, $"expected an optimiser of {names.Length} parameters, found one of {ids.Count}",
                "Use a checkpoint by LIA's trainer, or convert the weights alone", official + "param_groups");
    }

    // An int until PyTorch 1.11, a tensor since.
    private static long Step(ITensorFile file, string state)
    {
        string key = state + "step";
        if (file.Contains(key))
        {
            using var value = Fitting(file, key, []).to(ScalarType.Float64);
            return (long)value.item<double>();
        }
        if (!file.Metadata.TryGetValue(PyTorchFile.ValuePrefix + key, out string? text))
        {
            return 0;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double step) && step is >= 0 and < long.MaxValue
            ? (long)step
            : throw new CheckpointException(file.Path, $"expected a number of steps, found '{text}'", "Convert the weights alone", key);
    }

    private static Tensor Fitting(ITensorFile file, string name, IReadOnlyList<long>? shape) => shape is null || file.Shape(name).SequenceEqual(shape)
        ? file.Read(name)
        : throw new CheckpointException(file.Path, $"expected {Shapes.Text(shape)}, found {Shapes.Text(file.Shape(name))}", "Use a checkpoint of this size", name);
}
