using Leo.Bench;
using Leo.Lab;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}
NativeHeap.KeepFreedMemory();
try
{
    return Commands.Run(BenchOptions.Parse(args));
}
catch (BenchException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return e.ExitCode;
}
