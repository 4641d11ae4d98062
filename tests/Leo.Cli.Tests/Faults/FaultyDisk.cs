using System.Diagnostics;
using System.Globalization;

namespace Leo.Reliability;

/// <summary>A disk that fails under one folder (<c>faults.c</c>, put between the program and the C library), as environment of a process.</summary>
internal static class FaultyDisk
{
    private static readonly Lazy<string> Library = new(Compile);

    /// <summary>Nothing fails; every operation becomes a line of <paramref name="log"/>.</summary>
    public static Dictionary<string, string> Watched(string folder, string log) => With(folder, ("LOG", log));

    /// <summary>It is full after so many bytes.</summary>
    public static Dictionary<string, string> Full(string folder, long room) => With(folder, ("ROOM", room.ToString(CultureInfo.InvariantCulture)));

    /// <summary>It can be read only, by root too.</summary>
    public static Dictionary<string, string> ReadOnly(string folder) => With(folder, ("READONLY", "1"));

    /// <summary>The power goes before an operation; what was not synced is gone, or zeros.</summary>
    public static Dictionary<string, string> PowerCut(string folder, int operation, bool zeros) =>
        With(folder, ("POWER_AT", operation.ToString(CultureInfo.InvariantCulture)), ("POWER", zeros ? "zero" : "cut"));

    private static Dictionary<string, string> With(string folder, params (string Key, string Value)[] faults)
    {
        var environment = faults.ToDictionary(f => "LEO_FAULTS_" + f.Key, f => f.Value);
        environment["LEO_FAULTS_UNDER"] = folder;
        environment["LD_PRELOAD"] = Library.Value;
        return environment;
    }

    private static string Compile()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "faults.c");
        string library = Path.Combine(Directory.CreateTempSubdirectory("leo-faults-").FullName, "faults.so");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(library)!, recursive: true);
        using var compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]) { RedirectStandardError = true })!;
        string said = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException(said);
    }
}
