namespace Leo.Lab.Checkpoints;

/// <summary>
/// Names of tensors as people's training scripts leave them: what wraps a module – torch.compile, DataParallel, FSDP – puts a word into each,
/// and trainers put the whole under a key. One place knows both, for every format.
/// </summary>
internal static class TensorNames
{
    private const string Parallel = "module";

    // No module of anybody is called so.
    private static readonly HashSet<string> Wrapped = new(StringComparer.Ordinal) { "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "_forward_module" };

    // Keys under which weights lie, those that are loaded first where there are several: averages, the model, the generator of a pair, the rest.
    private static readonly string[] Wrappers =
    [
        "ema", "g_ema", "ema_model", "model_ema", "params_ema", "generator_ema", "averaged",
        "model", "gen", "generator", "net", "network", "unet",
        "state_dict", "model_state_dict", "params", "weights", Parallel,
    ];

    // What averages keep beside their weights, or instead of them: a list without names.
    private static readonly string[] Bookkeeping = ["decay", "num_updates", "initted", "step", "n_averaged", "shadow_params", "collected_params"];

    private const int Deepest = 4;

    /// <summary>
    /// Names without what wraps modules: <c>module._orig_mod.enc.fc</c> and <c>_orig_mod.module.enc.fc</c> are <c>enc.fc</c>. <c>module</c> goes
    /// only where everything beside it has it as well.
    /// </summary>
    /// <param name="names">Names, each once.</param>
    /// <returns>For each name, in order, the one that it goes by. Where two would be alike, all keep theirs.</returns>
    public static IReadOnlyList<string> Clean(IReadOnlyCollection<string> names)
    {
        if (!names.Any(n => n.Contains("_mod", StringComparison.Ordinal) || n.Contains("_module", StringComparison.Ordinal) || n.Contains(Parallel + ".", StringComparison.Ordinal)))
        {
            return [.. names];
        }
        List<string[]> parts = [.. names.Select(n => n.Split('.'))];
        for (int i = 0; i < parts.Count; i++)
        {
            // The last word is the tensor's own.
            parts[i] = [.. parts[i].Where((word, at) => at == parts[i].Length - 1 || !Wrapped.Contains(word))];
        }
        TakeOut(parts, [.. Enumerable.Range(0, parts.Count)], 0);
        List<string> clean = [.. parts.Select(p => string.Join('.', p))];
        return clean.Distinct(StringComparer.Ordinal).Count() == clean.Count ? clean : [.. names];
    }

    // Takes the word at a depth out of all names of a group where all of them have it, and goes on with the groups below.
    private static void TakeOut(List<string[]> parts, List<int> group, int depth)
    {
        while (group.All(i => parts[i].Length > depth + 1 && parts[i][depth] == Parallel))
        {
            foreach (int i in group)
            {
                parts[i] = [.. parts[i][..depth], .. parts[i][(depth + 1)..]];
            }
        }
        if (depth >= Deepest)
        {
            return;
        }
        foreach (var below in group.Where(i => parts[i].Length > depth + 1).GroupBy(i => parts[i][depth], StringComparer.Ordinal).ToList())
        {
            // Somebody's own module may be called so; what is left of a wrapper has nothing beside it in the whole file or under its key.
            if (below.Any(i => parts[i].Contains(Parallel)))
            {
                TakeOut(parts, [.. below], depth + 1);
            }
        }
    }

    /// <summary>Prefixes under which weights may lie, the one to try first before the others; the last is none.</summary>
    /// <param name="names">Names in the file.</param>
    public static IReadOnlyList<string> Prefixes(IReadOnlyCollection<string> names)
    {
        var found = new List<string>();
        Look("", 0);
        return found;

        void Look(string prefix, int depth)
        {
            if (depth < Deepest)
            {
                foreach (string inner in Wrappers.Select(w => $"{prefix}{w}.").Where(p => names.Any(n => n.StartsWith(p, StringComparison.Ordinal))))
                {
                    Look(inner, depth + 1);
                }
            }
            found.Add(prefix);
        }
    }

    /// <summary>
    /// Prefixes under which the names themselves are found, whatever they are called (<c>netG.</c>, <c>checkpoint.model_state.</c>, <c>0.</c> of a
    /// list), in the order of the file; none of an optimiser, whose moments have the names of what they belong to.
    /// </summary>
    /// <param name="names">Names in the file.</param>
    /// <param name="expected">Names of the weights.</param>
    public static IReadOnlyList<string> Above(IReadOnlyCollection<string> names, IReadOnlyCollection<string> expected)
    {
        const int Enough = 4; // any of them may be missing, and then the message is to name the place
        string[] ends = [.. expected.Take(Enough).Select(n => "." + n)];
        return [.. names.SelectMany(n => ends.Where(e => n.EndsWith(e, StringComparison.Ordinal)).Select(e => n[..^(e.Length - 1)])).Distinct(StringComparer.Ordinal).Where(p => !OfAnOptimizer(p))];
    }

    /// <summary>How many words of a prefix say that what is below are averages: 2 for <c>ema.ema_model.</c>.</summary>
    public static int Averages(string prefix) =>
        prefix.Split('.', '_').Count(w => w.ToUpperInvariant() is "EMA" or "SWA" or "SHADOW" or "AVERAGED" or "AVERAGE" or "AVG");

    /// <summary>Whether there is more below a prefix than what averages count by.</summary>
    public static bool HoldsWeights(IReadOnlyCollection<string> names, string prefix) => prefix.Length == 0
        || names.Any(n => n.StartsWith(prefix, StringComparison.Ordinal) && !Bookkeeping.Contains(n[prefix.Length..].Split('.')[0]));

    /// <summary>Whether a name is one of an optimiser's, or of what averages count by, beside weights that have no prefix.</summary>
    public static bool IsBeside(string name)
    {
        string[] words = name.Split('.');
        return words.Length > 1 && (OfAnOptimizer(words[0]) || (Averages(words[0]) > 0 && Bookkeeping.Contains(words[1])));
    }

    private static bool OfAnOptimizer(string prefix) =>
        prefix.Contains("optim", StringComparison.OrdinalIgnoreCase) || prefix.Split('.').Any(w => w is "exp_avg" or "exp_avg_sq" or "max_exp_avg_sq" or "momentum_buffer" or "grad" or "grads" or "gradients");

    /// <summary>A few names for a message: <c>'a', 'b' and 80 more</c>.</summary>
    public static string Some(IEnumerable<string> names)
    {
        const int Most = 3;
        string[] all = [.. names];
        string some = string.Join(", ", all.Take(Most).Select(n => $"'{(n.Length <= 60 ? n : n[..57] + "...")}'"));
        return all.Length == 0 ? "none" : all.Length <= Most ? some : $"{some} and {all.Length - Most} more";
    }
}
