using System.Globalization;
using Leo.Fuzz;

// Two users: the parent (FuzzRun), which starts this program as TARGET SEED FIRST COUNT FOLDER, and people without the bench.
var invariant = CultureInfo.InvariantCulture;
if (args is [var target, var seed, var first, var count, var folder])
{
    new FuzzWorker(FuzzTargets.Create(target), long.Parse(seed, invariant), folder).Run(long.Parse(first, invariant), long.Parse(count, invariant), Console.Out);
    return 0;
}
if (args is [var minutes, var from, ..])
    return FuzzCommand.Run(double.Parse(minutes, invariant), long.Parse(from, invariant), args.ElementAtOrDefault(2) ?? "", 0, Console.Out) ? 0 : 1;
Console.Error.WriteLine($"usage: leo-fuzz MINUTES SEED [{string.Join('|', FuzzTargets.Names)}]");
return 2;
