using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Leo.Lab;

/// <summary>
/// Loads ONNX Runtime's native half where an ONNX network is opened for the first time, and never before: from the program's own folder, otherwise from
/// NuGet's. The library carries its managed half alone, since the package of the other is 157 MB for all platforms and few need it; the program
/// <c>leo</c> brings it by a restore, other programs reference <c>Microsoft.ML.OnnxRuntime</c>.
/// </summary>
public static class NativeOnnx
{
    /// <summary>The ONNX Runtime that this library is written for.</summary>
    public const string Version = "1.30.0";

    private const string Package = "Microsoft.ML.OnnxRuntime";
    private static readonly Lock Gate = new();
    private static nint _loaded;

    /// <summary>Loads it, once.</summary>
    /// <exception cref="LeoException">It was not found, cannot be brought, or does not load; says what was looked for, and where.</exception>
    public static void Require()
    {
        lock (Gate)
        {
            if (_loaded != 0)
                return;
            string library = Path.GetDirectoryName(typeof(NativeOnnx).Assembly.Location) ?? "";
            var files = Files(library, AppContext.BaseDirectory).ToList();
            string? found = files.Find(File.Exists);
            if (found is null && Assembly.GetEntryAssembly()?.GetName().Name == "leo")
            {
                string said = $"dotnet restore brings ONNX Runtime {Version} into NuGet's folder (157 MB to download, 0.4 GB there), once";
                files = [.. TorchRestore.Run("ONNX Runtime", Version, said, $"{Package} {Version}", (Package, Version)).Select(InPackages)];
                found = files.Find(File.Exists);
            }
            if (found is null)
            {
                throw new LeoException("ONNX Runtime", $"{Version} was not found: looked for {FileName} in {string.Join(", ", files.Select(Path.GetDirectoryName))}",
                    $"Add the package {Package} {Version} to the program that uses it");
            }
            try
            {
                _loaded = NativeLibrary.Load(found);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                throw new LeoException("ONNX Runtime", $"{found} does not load ({e.Message.Split('\n')[0].TrimEnd('.')})", $"Restore the package {Package} {Version} again", e);
            }
            // What is loaded by its path is not found by its name.
            OrtEnv.DisableDllImportResolver = true;
            NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, (name, _, _) => name.Contains("onnxruntime", StringComparison.Ordinal) ? _loaded : 0);
        }
    }

    /// <summary>Where the native library may lie, the nearest first.</summary>
    internal static IEnumerable<string> Files(params string[] near)
    {
        string[] folders = [.. near.Where(f => f.Length > 0).Select(Path.TrimEndingDirectorySeparator).Distinct()];
        foreach (string folder in folders)
        {
            yield return Path.Combine(folder, FileName);
            yield return Path.Combine(folder, "runtimes", Rid, "native", FileName);
        }
        foreach (string packages in folders.SelectMany(NativeTorch.PackageFolders).Concat(NativeTorch.UsersPackages()).Distinct())
            yield return InPackages(packages);
    }

    private static string InPackages(string packages) =>
        Path.Combine(packages, Package.ToLowerInvariant(), Version, "runtimes", Rid, "native", FileName);

    private static string FileName => OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    private static string Rid => (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");
}
