namespace Leo.Bench;

/// <summary>
/// Same weights, data and random numbers must give the same losses and gradient norms over some steps: a comparison of
/// different work says nothing.
/// </summary>
internal static class LossCheck
{
    private const double LossTolerance = 1e-4, NormTolerance = 1e-3;

    internal static void Run(string work)
    {
        using var folder = new ScratchFolder();
        string setup = Path.Combine(folder.Path, "setup.safetensors");
        Work.Export(work, 1, setup);
        int steps = work switch { "official" => 2, "animator" or "motion" => 5, _ => 1 };
        var expected = Ask(Contender.Leo(work, 1, record: true), steps);
        using var inference = InferenceWork.Create(work, 1);
        string what = inference?.What ?? $"losses of {steps} steps";
        Console.WriteLine($"\n{work}: {what}, {Text(expected.Losses)}; norms {Text(expected.Norms)}");
        foreach (bool usual in Contender.HasUsual(work) ? new[] { false, true } : [false])
        {
            var contender = Contender.Python(work, setup, usual);
            string name = contender.Name;
            var found = Ask(contender, steps);
            double loss = Furthest(expected.Losses, found.Losses), norm = Furthest(expected.Norms, found.Norms);
            Console.WriteLine(FormattableString.Invariant($"  {name,-28} differs by {loss:0.0e+0} in losses, {norm:0.0e+0} in norms (relative)"));
            if (!(loss < LossTolerance && norm < NormTolerance))
                throw new BenchException($"{name} does not compute what C# does: losses {Text(found.Losses)}, norms {Text(found.Norms)}.");
        }
    }

    private static StepReply Ask(Contender contender, int steps)
    {
        using (contender) return contender.Steps(steps);
    }

    private static double Furthest(double[] expected, double[] found) =>
        expected.Length > 0 && found.Length == expected.Length ? expected.Zip(found, (e, f) => Math.Abs(e - f) / Math.Abs(e)).Max() : double.NaN;

    private static string Text(double[] values) => string.Join(' ', values.Select(v => FormattableString.Invariant($"{v:0.00000}")));
}
