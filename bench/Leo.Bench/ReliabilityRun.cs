using Leo.Reliability;

namespace Leo.Bench;

/// <summary>Faults put into real runs of the real program, many times; a row of docs/reliability.md for each kind.</summary>
internal static class ReliabilityRun
{
    internal const string Name = "reliability";

    internal static void Run(int times, int seed, string only)
    {
        using var animator = new TrainingTrial("animator", seed);
        using var motion = new TrainingTrial("clmdm", seed);
        using var features = new FeaturesTrial();
        TrainingTrial[] trials = [animator, motion];
        Console.WriteLine($"\n{times} times each, seed {seed}; trainings of animator and clmdm by turns, {TrainingTrial.Steps} steps, a checkpoint every {TrainingTrial.CheckpointEvery}\n");
        Console.WriteLine("| fault | times | survived | lost |\n|---|---|---|---|");
        Try("training killed (SIGKILL) at a random moment, resumed", (random, i) => Signalled(trials[i % 2], LeoProcess.Kill, LeoProcess.Killed, random, $"kill-{i}"));
        Try("training interrupted (SIGINT) at a random moment, resumed", (random, i) => Signalled(trials[i % 2], LeoProcess.Interrupt, 130, random, $"int-{i}"));
        Try("training terminated (SIGTERM) at a random moment, resumed", (random, i) => Signalled(trials[i % 2], LeoProcess.Terminate, 130, random, $"term-{i}"));
        Try("power cut at a random file operation of a training, resumed; data not synced is gone", (random, i) => Cut(trials[i % 2], false, random, $"cut-{i}"));
        Try("power cut at a random file operation of a training, resumed; data not synced is zeros", (random, i) => Cut(trials[i % 2], true, random, $"zero-{i}"));
        Try("power cut at a random file operation of a training, and again while it is resumed", (random, i) => Cut(trials[i % 2], random.Next(2) == 0, random, $"twice-{i}", again: true));
        Try("training killed, newest checkpoint cut, zero-filled or a bit of it flipped at a random place, resumed", (random, i) => Damaged(trials[i % 2], random, $"damaged-{i}"));
        Try("disk full at a random byte of a training, resumed when there was room", (random, i) => Full(trials[i % 2], random, $"full-{i}"));
        Try("power cut at a random file operation of `leo features`, run again", (random, i) => Features(features, random, $"features-{i}"));

        void Try(string fault, Func<Random, int, string?> trial)
        {
            if (fault.Contains(only, StringComparison.OrdinalIgnoreCase)) Row(fault, times, seed, trial);
        }
    }

    // A trial gives null where the run was over before the fault came, else what went wrong, or nothing.
    private static void Row(string fault, int times, int seed, Func<Random, int, string?> trial)
    {
        var random = new Random(seed);
        int done = 0, survived = 0;
        var lost = new List<string>();
        for (int i = 0; done < times; i++)
        {
            if (i > 3 * times + 10)
                throw new BenchException($"{fault}: the runs are over before the fault comes.");
            string? wrong;
            try
            {
                wrong = trial(random, i);
            }
            catch (InvalidOperationException e)
            {
                wrong = e.Message;
            }
            if (wrong is null) continue;
            done++;
            if (wrong.Length == 0) survived++;
            else lost.Add($"{i}: {wrong}");
        }
        Console.WriteLine($"| {fault} | {done} | {survived} | {(lost.Count == 0 ? "nothing" : string.Join("; ", lost).ReplaceLineEndings(" "))} |");
    }

    private static string? Signalled(TrainingTrial trial, int signal, int expected, Random random, string run)
    {
        var (code, _, error) = trial.Disturb(run, signal, random.Next(1, TrainingTrial.Steps - 1), TimeSpan.FromMilliseconds(random.Next(60)));
        return code == 0 ? null : code != expected ? $"ended with {code}: {error}" : Same(trial, run);
    }

    private static string? Cut(TrainingTrial trial, bool zeros, Random random, string run, bool again = false)
    {
        int operation = random.Next(1, 200), second = again ? random.Next(1, 60) : 0;
        foreach (int at in again ? new[] { operation, second } : [operation])
        {
            var (code, _, error) = trial.Train(run, FaultyDisk.PowerCut(trial.Folder, at, zeros));
            if (code != LeoProcess.Killed)
                return code == 0 ? null : $"operation {operation}, {second} ended with {code}: {error}";
        }
        return Same(trial, run, $"operation {operation}, {second}");
    }

    private static string? Damaged(TrainingTrial trial, Random random, string run)
    {
        var (code, _, error) = trial.Disturb(run, LeoProcess.Kill, random.Next((2 * TrainingTrial.CheckpointEvery) + 1, TrainingTrial.Steps - 1), TimeSpan.FromMilliseconds(random.Next(20)));
        if (code != LeoProcess.Killed)
            return code == 0 ? null : $"ended with {code}: {error}";
        string newest = trial.Newest(run), what = TrainingTrial.Damage(newest, random), said = trial.Complete(run);
        return said.Contains($"left out a broken checkpoint: {newest}", StringComparison.Ordinal) ? Same(trial, run, what) : $"{what}: was not noticed";
    }

    private static string? Full(TrainingTrial trial, Random random, string run)
    {
        long room = random.Next(200, 400_000);
        var (code, _, error) = trial.Train(run, FaultyDisk.Full(trial.Folder, room));
        if (code == 0) return null;
        return code == 1 && error.Contains("the disk is full", StringComparison.Ordinal) ? Same(trial, run, $"{room} bytes") : $"{room} bytes ended with {code}: {error}";
    }

    private static string? Features(FeaturesTrial trial, Random random, string file)
    {
        int operation = random.Next(1, 45);
        var (code, _, error) = trial.Look(file, FaultyDisk.PowerCut(trial.Folder, operation, zeros: random.Next(2) == 0));
        if (code != LeoProcess.Killed)
            return code == 0 ? null : $"operation {operation} ended with {code}: {error}";
        (code, _, error) = trial.Look(file);
        return code != 0 ? $"operation {operation}, then ended with {code}: {error}"
            : File.ReadAllBytes(trial.At(file)).AsSpan().SequenceEqual(trial.Undisturbed) ? "" : $"operation {operation}: other bytes";
    }

    private static string Same(TrainingTrial trial, string run, string what = "")
    {
        trial.Complete(run);
        string[] expected = trial.Undisturbed.Split('\n'), found = trial.Result(run).Split('\n');
        Directory.Delete(trial.At(run), recursive: true);
        int at = Enumerable.Range(0, Math.Max(expected.Length, found.Length)).FirstOrDefault(i => expected.ElementAtOrDefault(i) != found.ElementAtOrDefault(i), -1);
        return at < 0 ? "" : $"{what}: expected {expected.ElementAtOrDefault(at)}, found {found.ElementAtOrDefault(at)}";
    }
}
