using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Leo.Lab.Tests.House;

/// <summary>Small libraries for tests of what reads libraries.</summary>
internal static class Assemblies
{
    /// <summary>Compiles some code.</summary>
    /// <param name="source">C#.</param>
    /// <param name="more">File names of libraries that it uses beside the runtime's.</param>
    internal static Stream Compile(string source, params string[] more)
    {
        string[] names = ["System.Runtime.dll", "System.Private.CoreLib.dll", "System.Linq.dll", "System.Collections.dll", .. more];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => names.Contains(Path.GetFileName(file))).Select(file => MetadataReference.CreateFromFile(file));
        var assembly = new MemoryStream();
        var made = CSharpCompilation.Create("uses", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(assembly);
        Assert.True(made.Success, string.Join("\n", made.Diagnostics));
        assembly.Position = 0;
        return assembly;
    }
}
