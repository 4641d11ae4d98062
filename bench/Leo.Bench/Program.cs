using Leo.Bench;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}
try
{
    return Commands.Run(BenchOptions.Parse(args));
}
catch (BenchException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return e.ExitCode;
}
