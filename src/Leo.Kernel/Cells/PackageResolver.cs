using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Security;
using System.Text.Json;

namespace Leo.Kernel.Cells;

/// <summary><c>#r "nuget: …"</c>: restores a throw-away project with the .NET SDK and reads what that found.</summary>
internal sealed class PackageResolver
{
    private readonly Dictionary<string, string> _wanted = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _nativeFolders = [];
    private readonly Dictionary<string, string> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<AssemblyLoadContext> _hooked = [];
    private readonly Lock _lock = new();

    /// <summary>Folders or addresses to look for packages in, besides those of the user's own settings.</summary>
    public HashSet<string> Feeds { get; } = [];

    /// <summary>The assemblies of all packages asked for so far, these included.</summary>
    /// <exception cref="CellException">They cannot be had.</exception>
    public ResolvedPackages Resolve(IReadOnlyList<PackageRequest> packages, CancellationToken stop)
    {
        var wanted = new Dictionary<string, string>(_wanted, StringComparer.OrdinalIgnoreCase);
        foreach (var package in packages) wanted[package.Id] = package.Version;
        string folder = Directory.CreateTempSubdirectory("leo-kernel-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "packages.csproj"), Project(wanted));
            Restore(folder, packages, stop);
            using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "obj", "project.assets.json")));
            var found = Read(assets.RootElement, [.. packages.Select(p => p.Id)]);
            foreach (var (id, version) in wanted) _wanted[id] = version;
            return found;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Project(Dictionary<string, string> wanted) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
            <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
            <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
            <NuGetAudit>false</NuGetAudit>
            <RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', Feeds))}</RestoreAdditionalProjectSources>
          </PropertyGroup>
          <ItemGroup>
            {string.Concat(wanted.Select(w => $"<PackageReference Include=\"{w.Key}\" Version=\"{w.Value}\" />"))}
          </ItemGroup>
        </Project>
        """;

    private static void Restore(string folder, IReadOnlyList<PackageRequest> packages, CancellationToken stop)
    {
        var start = new ProcessStartInfo(DotNet.Program, ["restore", folder, "--nologo", "-v", "q", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The restore must not see the notebook's folder: a props file or global.json there would change it.
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start)
            ?? throw new CellException(CellError.Plain("PackageError", "the .NET SDK could not be started"));
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None), errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using (stop.Register(() => process.Kill(entireProcessTree: true))) process.WaitForExit();
        if (stop.IsCancellationRequested) throw new CellException(CellError.Interrupted);
        if (process.ExitCode == 0) return;
        string names = string.Join(", ", packages.Select(p => $"{p.Id} {p.Version}"));
        var lines = (output.Result + errors.Result).Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct();
        throw new CellException(CellError.Plain("PackageError", $"{names} could not be restored", [.. lines]));
    }

    private ResolvedPackages Read(JsonElement assets, string[] named)
    {
        string[] roots = [.. assets.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name)];
        var libraries = assets.GetProperty("libraries");
        // The last target is the one with the runtime identifier, in which native files are listed.
        var target = assets.GetProperty("targets").EnumerateObject().Last().Value;
        List<string> files = [], own = [];
        foreach (var library in target.EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package") continue;
            string path = libraries.GetProperty(library.Name).GetProperty("path").GetString()!;
            string? folder = roots.Select(r => Path.Combine(r, path)).FirstOrDefault(Directory.Exists);
            if (folder is null) continue;
            string[] assemblies = [.. Names(library.Value, "runtime").Where(f => f.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).Select(f => Path.Combine(folder, f))];
            files.AddRange(assemblies);
            if (named.Contains(library.Name.Split('/')[0], StringComparer.OrdinalIgnoreCase)) own.AddRange(assemblies);
            lock (_lock) _nativeFolders.UnionWith(Names(library.Value, "native").Select(f => Path.GetDirectoryName(Path.Combine(folder, f))!));
        }
        lock (_lock)
        {
            foreach (string file in files) _assemblies[Path.GetFileNameWithoutExtension(file)] = file;
        }
        Hook();
        return new(files, own);
    }

    private static IEnumerable<string> Names(JsonElement library, string kind) =>
        library.TryGetProperty(kind, out var files) ? files.EnumerateObject().Select(f => f.Name) : [];

    // A package's native files are not beside its assembly, and an assembly may be newer than its users ask for: neither is found by
    // Roslyn's loaders, so every loader that asks is told.
    private void Hook()
    {
        lock (_lock)
        {
            bool first = _hooked.Count == 0;
            foreach (var context in AssemblyLoadContext.All) Attach(context);
            if (!first) return;
        }
        AppDomain.CurrentDomain.AssemblyLoad += (_, e) =>
        {
            lock (_lock)
            {
                if (AssemblyLoadContext.GetLoadContext(e.LoadedAssembly) is { } context) Attach(context);
            }
        };
    }

    private void Attach(AssemblyLoadContext context)
    {
        if (!_hooked.Add(context)) return;
        context.ResolvingUnmanagedDll += (_, name) => LoadNative(name);
        context.Resolving += LoadManaged;
    }

    private Assembly? LoadManaged(AssemblyLoadContext context, AssemblyName name)
    {
        string? file;
        lock (_lock)
        {
            if (name.Name is null || !_assemblies.TryGetValue(name.Name, out file)) return null;
        }
        if (AssemblyName.GetAssemblyName(file).Version < name.Version) return null;
        // One copy of it for all: types of two copies would not fit each other.
        return AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => !a.IsDynamic && a.Location == file) ?? context.LoadFromAssemblyPath(file);
    }

    private nint LoadNative(string name)
    {
        string[] folders;
        lock (_lock) folders = [.. _nativeFolders];
        foreach (string folder in folders)
        {
            foreach (string file in (string[])[name, $"{name}.so", $"lib{name}.so", $"{name}.dylib", $"lib{name}.dylib", $"{name}.dll"])
            {
                string path = Path.Combine(folder, file);
                if (File.Exists(path) && NativeLibrary.TryLoad(path, out nint handle)) return handle;
            }
        }
        return 0;
    }
}
