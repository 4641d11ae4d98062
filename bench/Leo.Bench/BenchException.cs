namespace Leo.Bench;

/// <summary>What a person has to know, in one line.</summary>
internal sealed class BenchException(string message, int exitCode = 1) : Exception(message)
{
    internal int ExitCode => exitCode;
}
