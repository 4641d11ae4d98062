using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Leo.Lab;

/// <summary>
/// Loads libtorch and TorchSharp's native half on Linux, before TorchSharp searches for them: from the program's own folder where it was published,
/// otherwise from NuGet's folder, where they stay once for all projects. Elsewhere the build copies them, and TorchSharp's own search serves.
/// </summary>
/// <remarks>
/// Runs by itself when this library is first used. TorchSharp then finds by name what is loaded. Left to its own search it takes any libtorch that the
/// system has, whatever its version, and copies 490 MB beside the program where it finds none.
/// </remarks>
public static unsafe partial class NativeTorch
{
    /// <summary>The TorchSharp that this library is written for.</summary>
    public const string SharpVersion = "0.107.0";

    /// <summary>The libtorch that this TorchSharp is compiled against.</summary>
    public const string TorchVersion = "2.10.0";

    // What each needs stands before it, so that nothing is searched for by name: LD_LIBRARY_PATH would win over the folder they lie in.
    private static readonly string[] Order = ["libgomp*.so*", "libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];
    private const string Sharp = "libLibTorchSharp.so";

    /// <summary>Why libtorch could not be loaded, in one line; null where it was, or where this class has nothing to do.</summary>
    public static string? Failure { get; private set; }

    // Failure says that libtorch was not found.
    private static bool IsMissing { get; set; }

    /// <summary>
    /// Call before the first tensor: what goes wrong then is said in one line. The program installed as a .NET tool brings a missing libtorch now, by a
    /// restore that takes minutes and says so on stderr.
    /// </summary>
    /// <exception cref="LeoException">libtorch was not found or cannot be brought, or does not load; says what was looked for, and where.</exception>
    public static void Require()
    {
        if (IsMissing && TorchRestore.IsTool(AppContext.BaseDirectory)) Restore();
        if (Failure is not null)
            throw new LeoException("libtorch", Failure, "Build once more (./lab build, or dotnet restore), or start the program from the folder it was published to");
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "TorchSharp has no other moment before its own search.")]
    internal static void Load()
    {
        if (!OperatingSystem.IsLinux())
        {
            // TorchSharp searches for itself, where the build copies it to; a tool's package holds none.
            if (IsMissing = TorchRestore.IsTool(AppContext.BaseDirectory)) Failure = $"{TorchVersion} is not beside the program";
            return;
        }
        if (IsMapped("libLibTorchSharp")) return;
        SetVariable("OMP_WAIT_POLICY", "passive");                         // idle threads that spin slow down everybody else's
        SetVariable("TORCH_CPP_LOG_LEVEL", "ERROR");                       // a line for each convolution where NNPACK does not know the processor
        TryFrom(Folders(Path.GetDirectoryName(typeof(NativeTorch).Assembly.Location), AppContext.BaseDirectory));
    }

    private static void TryFrom(IEnumerable<(string Torch, string Sharp)> folders)
    {
        IsMissing = false;
        try
        {
            Failure = LoadFrom(folders);
            IsMissing = Failure is not null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            Failure = $"does not load: {string.Join(' ', e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}";
        }
    }

    private static void Restore()
    {
        var packages = TorchRestore.Run();
        TryFrom(packages.Select(InPackages));
        try
        {
            // A nuget.config may say another folder than the usual one; the next start finds it here, as it would after a build.
            File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "Leo.Lab.packages.txt"), packages);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A tool that the administrator installed. Where the folder is not the usual one, each start asks NuGet again, which takes a second.
        }
    }

    /// <summary>Sets a variable of the C environment, which native libraries read on loading and .NET's own SetEnvironmentVariable does not change; a user's stays.</summary>
    internal static void SetVariable(string name, string value) => setenv(name, value, 0);

    /// <summary>Pairs of folders with libtorch and with TorchSharp's half of it, the nearest first.</summary>
    internal static IEnumerable<(string Torch, string Sharp)> Folders(string? library, string program)
    {
        string native = Path.Combine("runtimes", Rid, "native");
        string[] near = [.. new[] { library, program }.Where(f => !string.IsNullOrEmpty(f)).Select(f => Path.TrimEndingDirectorySeparator(f!)).Distinct()];
        foreach (string folder in near)
        {
            yield return (folder, folder);
            yield return (Path.Combine(folder, native), Path.Combine(folder, native));
        }
        foreach (string packages in near.SelectMany(PackageFolders).Concat(UsersPackages()).Distinct()) yield return InPackages(packages);
    }

    private static string Rid => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    private static (string Torch, string Sharp) InPackages(string packages)
    {
        string native = Path.Combine("runtimes", Rid, "native");
        return (Path.Combine(packages, $"libtorch-cpu-{Rid}", TorchVersion, native), Path.Combine(packages, "torchsharp", SharpVersion, native));
    }

    /// <summary>Loads from the first pair that is whole.</summary>
    /// <returns>Null, or what was looked for in vain.</returns>
    internal static string? LoadFrom(IEnumerable<(string Torch, string Sharp)> folders)
    {
        var tried = new List<string>();
        foreach (var (torch, sharp) in folders)
        {
            if (!File.Exists(Path.Combine(torch, "libtorch.so")) || !File.Exists(Path.Combine(sharp, Sharp)))
            {
                tried.Add(torch);
                continue;
            }
            foreach (string pattern in Order)
            {
                foreach (string file in Directory.EnumerateFiles(torch, pattern))
                {
                    nint loaded = NativeLibrary.Load(file);
                    // Nobody else makes it read the level of its log.
                    if (pattern == "libc10.so" && NativeLibrary.TryGetExport(loaded, "_ZN3c1011initLoggingEv", out nint read))
                        ((delegate* unmanaged<void>)read)();
                    if (pattern == "libtorch_cpu.so") NativeScripts.Find(loaded);
                }
            }
            NativeCaches.Correct(Path.Combine(torch, "libtorch_cpu.so"));
            nint half = LoadSharp(Path.Combine(sharp, Sharp));
            NativeScalars.Take(half);
            NativeMatmul.ThrowOnShapes(half);
            return null;
        }
        return $"{TorchVersion} was not found: looked for libtorch.so and {Sharp} in {string.Join(", ", tried)}";
    }

    // The build leaves beside this library which folders NuGet restored to; inside a package it is that package's own.
    internal static IEnumerable<string> PackageFolders(string folder)
    {
        string list = Path.Combine(folder, "Leo.Lab.packages.txt");
        if (File.Exists(list))
        {
            foreach (string line in File.ReadAllLines(list))
                if (line.Trim() is { Length: > 0 } packages) yield return Path.TrimEndingDirectorySeparator(packages);
        }
        if (new DirectoryInfo(folder).Parent is { Name: "lib", Parent.Parent.Parent: { } root }) yield return root.FullName;
    }

    // NuGet's own folder, then those that it takes from what is already there.
    internal static IEnumerable<string> UsersPackages() =>
    [
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? Path.TrimEndingDirectorySeparator(set)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        .. (Environment.GetEnvironmentVariable("NUGET_FALLBACK_PACKAGES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Path.TrimEndingDirectorySeparator),
    ];

    private static bool IsMapped(string name) => File.ReadLines("/proc/self/maps").Any(l => l.Contains('/' + name, StringComparison.Ordinal));

    private static nint LoadSharp(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException) when (WithoutMarker(File.ReadAllBytes(path)) is { } bytes)
        {
            return LoadCopy(bytes);
        }
    }

    /// <summary>
    /// The library, for systems whose libstdc++ is older than GCC 13's (Debian 12, Ubuntu 22.04). It asks for the symbol version GLIBCXX_3.4.32 for one
    /// symbol, <c>std::ios_base_library_init</c>, a marker that nothing calls. Flagged weak, the loader does not insist on it.
    /// </summary>
    /// <returns>Null where the library does not ask for it, once.</returns>
    internal static byte[]? WithoutMarker(byte[] library)
    {
        // An Elf64_Vernaux: vna_hash, the hash of "GLIBCXX_3.4.32"; vna_flags, 0, of which 2 is VER_FLG_WEAK.
        ReadOnlySpan<byte> needed = [0x42, 0xf8, 0x97, 0x02, 0x00, 0x00];
        int at = library.AsSpan().IndexOf(needed);
        if (at < 0 || library.AsSpan(at + 1).IndexOf(needed) >= 0) return null;
        byte[] copy = [.. library];
        copy[at + 4] = 2;
        return copy;
    }

    // In memory, for neither the home nor the folder for temporary files has to be writable, or allowed to hold programs.
    private static nint LoadCopy(byte[] bytes)
    {
        using var file = new SafeFileHandle(memfd_create(Sharp, 0), ownsHandle: true);
        if (file.IsInvalid) throw new IOException($"{Sharp} asks for a newer libstdc++, and a copy in memory cannot be made (error {Marshal.GetLastPInvokeError()})");
        RandomAccess.Write(file, bytes, 0);
        return NativeLibrary.Load($"/proc/self/fd/{file.DangerousGetHandle()}");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);
}
