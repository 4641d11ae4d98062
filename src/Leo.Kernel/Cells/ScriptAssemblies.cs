using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Leo.Kernel.Cells;

/// <summary>The assemblies of a session, and the initializers of those that a cell names by <c>#r</c>.</summary>
/// <remarks>
/// The runtime runs an assembly's module initializer at the first use of a type in it. A library that has to do something before another one is
/// used – find that one's native half, say – would come too late in a cell that names both and uses the other one first.
/// </remarks>
internal sealed class ScriptAssemblies
{
    private readonly Lazy<AssemblyLoadContext> _context;

    public ScriptAssemblies() => _context = new(FindContext);

    /// <summary>Loads the assemblies of all cells; each is loaded once.</summary>
    public InteractiveAssemblyLoader Loader { get; } = new();

    /// <summary>Runs the initializers of the assemblies that a cell names by <c>#r</c>, before its own code; each runs once in a process.</summary>
    /// <param name="cell">The cell, with its <c>#r "path"</c>.</param>
    /// <param name="packaged">Assemblies of the packages that it names by <c>#r "nuget: …"</c>.</param>
    /// <exception cref="TypeInitializationException">One of them failed.</exception>
    public void Initialise(Compilation cell, IReadOnlyList<string> packaged)
    {
        foreach (string path in packaged)
        {
            if (cell.References.OfType<PortableExecutableReference>().FirstOrDefault(r => r.FilePath == path) is { } reference
                && cell.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly)
            {
                Initialise(assembly.Identity, path);
            }
        }
        foreach (var reference in cell.DirectiveReferences)
        {
            if (reference is PortableExecutableReference { FilePath: { } path } && cell.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly)
                Initialise(assembly.Identity, path);
        }
    }

    private void Initialise(AssemblyIdentity identity, string path)
    {
        // As Roslyn itself does it a moment later.
        Loader.RegisterDependency(identity, path);
        try
        {
            var loaded = _context.Value.LoadFromAssemblyName(new(identity.GetDisplayName()));
            RuntimeHelpers.RunModuleConstructor(loaded.ManifestModule.ModuleHandle);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // A reference assembly, say, which is for the compiler only. Where the cell's code needs it, the runtime says so.
        }
    }

    // The context of the cells' own assemblies asks the loader for everything else. The loader has no public door, but whatever runs in it does.
    private AssemblyLoadContext FindContext() => AssemblyLoadContext.GetLoadContext(
        CSharpScript.Create<Assembly>("System.Reflection.Assembly.GetExecutingAssembly()", ScriptOptions.Default, null, Loader).RunAsync().Result.ReturnValue)!;
}
