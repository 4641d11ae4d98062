using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace Leo.Kernel.Cells;

/// <summary>Resolves references once a session. Without it Roslyn reads every reference anew for every cell.</summary>
/// <remarks>
/// A file that is rebuilt meanwhile keeps its first reading: the runtime keeps the code that it loaded, and cells compiled against newer
/// metadata than the code that runs fail in ways hard to understand. <see cref="ReferenceWatch"/> tells the user.
/// </remarks>
internal sealed class CachingResolver(ScriptMetadataResolver inner, ReferenceWatch watch) : MetadataReferenceResolver
{
    private readonly ConcurrentDictionary<(string Reference, string? Folder), ImmutableArray<PortableExecutableReference>> _found = new();
    private readonly ConcurrentDictionary<AssemblyIdentity, PortableExecutableReference?> _missing = new();

    public override bool ResolveMissingAssemblies => inner.ResolveMissingAssemblies;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var key = (reference, Path.GetDirectoryName(baseFilePath));
        if (_found.TryGetValue(key, out var found)) return found;
        found = inner.ResolveReference(reference, baseFilePath, properties);
        foreach (var file in found) watch.Add(file.FilePath);
        // A file that is not there yet may be there in the next cell.
        return found.IsEmpty ? found : _found.GetOrAdd(key, found);
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        _missing.GetOrAdd(referenceIdentity, _ =>
        {
            var found = inner.ResolveMissingAssembly(definition, referenceIdentity);
            watch.Add(found?.FilePath);
            return found;
        });

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 1;
}
