namespace Leo.Kernel;

/// <summary>Variables that a kernel has to be started with; they are read before any of its code runs.</summary>
internal static class KernelEnvironment
{
    /// <summary>Of the present environment, those that tensors need, wherever the kernel is started from.</summary>
    private static readonly string[] Kept = ["LD_LIBRARY_PATH", "NUGET_PACKAGES", "OMP_NUM_THREADS"];

    /// <summary>All of them.</summary>
    public static SortedDictionary<string, string> Variables()
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            // Idle threads of OpenMP that spin make a step many times slower as soon as another process is busy.
            ["OMP_WAIT_POLICY"] = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "passive",
            // Freed tensors stay in the process, instead of being faulted in again at every step.
            ["MALLOC_MMAP_THRESHOLD_"] = "33554432",
            ["MALLOC_TRIM_THRESHOLD_"] = "2147483647",
        };
        foreach (string name in Kept)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) variables[name] = value;
        }
        return variables;
    }
}
