using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Leo.Kernel.Tests;

/// <summary>Libraries that tests compile for themselves.</summary>
internal static class SmallLibrary
{
    /// <summary>Compiles code to a DLL; one that is there is replaced, as a build does.</summary>
    public static string Compile(string path, string code)
    {
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(Path.GetFileNameWithoutExtension(path), [CSharpSyntaxTree.ParseText(code)],
            trusted.Select(p => MetadataReference.CreateFromFile(p)), new(OutputKind.DynamicallyLinkedLibrary));
        File.Delete(path);
        using var file = File.Create(path);
        var result = compilation.Emit(file);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    /// <summary>Writes a NuGet package with a library and a native file for Linux.</summary>
    public static void Pack(string folder, string id, string library, string native, string nativeName)
    {
        using var zip = ZipFile.Open(Path.Combine(folder, $"{id}.1.0.0.nupkg"), ZipArchiveMode.Create);
        using (var spec = new StreamWriter(zip.CreateEntry($"{id}.nuspec").Open()))
        {
            spec.Write($"""
                <?xml version="1.0"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata><id>{id}</id><version>1.0.0</version><authors>tests</authors><description>For a test.</description></metadata>
                </package>
                """);
        }
        zip.CreateEntryFromFile(library, $"lib/net10.0/{id}.dll");
        zip.CreateEntryFromFile(native, $"runtimes/linux-x64/native/{nativeName}");
        zip.CreateEntryFromFile(native, $"runtimes/linux-arm64/native/{nativeName}");
    }
}
