using System.Globalization;

namespace Leo.Bench;

/// <summary>What Linux tells of processes and of itself.</summary>
internal static class Machine
{
    /// <summary>The folder <c>bench/</c> of the sources, set by its <c>run</c>.</summary>
    internal static string BenchFolder => Environment.GetEnvironmentVariable("LEO_BENCH")
        ?? throw new BenchException("The comparison runs through `./lab bench`.");

    internal static string Describe() => $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, load {Load()}";

    internal static long PeakKilobytes() => Status("VmHWM");

    internal static long ResidentKilobytes() => Status("VmRSS");

    /// <summary>Mapped files of libtorch and of the BLAS, sorted.</summary>
    internal static IReadOnlyList<string> Libraries(int process) =>
    [
        .. File.ReadLines($"/proc/{process}/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("libtorch_cpu", StringComparison.Ordinal) || name.Contains("blas", StringComparison.Ordinal)))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The last folder and the name: enough to tell flavours of a library apart.</summary>
    internal static string Short(string path) => Path.Combine(Path.GetFileName(Path.GetDirectoryName(path))!, Path.GetFileName(path));

    internal static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static long Status(string key) => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
