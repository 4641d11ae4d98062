namespace Leo.Bench;

/// <summary>
/// Same weights, data and random numbers must give the same losses and gradient norms over some steps: a comparison of
/// different work says nothing.
/// </summary>
internal static class LossCheck
{
    private const int Steps = 5;
    private const double LossTolerance = 1e-4, NormTolerance = 1e-3;

    internal static void Run(string work)
    {
        using var folder = new ScratchFolder();
        string setup = Path.Combine(folder.Path, "setup.safetensors");
        using (var exported = Work.Create(work, threads: 1)) exported.Export(setup);
        var expected = Ask(Contender.Leo(work, 1, record: true));
        Console.WriteLine($"\n{work}: losses of {Steps} steps, {Text(expected.Losses)}; gradient norms {Text(expected.Norms)}");
        foreach (bool usual in work == "animator" ? new[] { false, true } : [false])
        {
            var contender = Contender.Python(work, setup, usual);
            string name = contender.Name;
            var found = Ask(contender);
            double loss = Furthest(expected.Losses, found.Losses), norm = Furthest(expected.Norms, found.Norms);
            Console.WriteLine(FormattableString.Invariant($"  {name,-28} differs by {loss:0.0e+0} in losses, {norm:0.0e+0} in norms (relative)"));
            if (!(loss < LossTolerance && norm < NormTolerance))
                throw new BenchException($"{name} does not compute what C# does: losses {Text(found.Losses)}, norms {Text(found.Norms)}.");
        }
    }

    private static StepReply Ask(Contender contender)
    {
        using (contender) return contender.Steps(Steps);
    }

    private static double Furthest(double[] expected, double[] found) =>
        expected.Length == Steps && found.Length == Steps ? expected.Zip(found, (e, f) => Math.Abs(e - f) / Math.Abs(e)).Max() : double.NaN;

    private static string Text(double[] values) => string.Join(' ', values.Select(v => FormattableString.Invariant($"{v:0.00000}")));
}
