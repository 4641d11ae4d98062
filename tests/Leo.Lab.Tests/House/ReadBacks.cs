using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Leo.Lab.Tests.House;

/// <summary>Where a library reads numbers of tensors, for which the host has to wait until a device has computed them; read off the compiled assembly.</summary>
internal static class ReadBacks
{
    // Of TorchSharp's tensors, and our own ways to the same.
    private static readonly HashSet<string> Readers =
    [
        .. new[] { "item", "cpu", "data", "ToScalar", "tolist", "numpy", "equal", "allclose", "nonzero", "masked_select", "unique", "is_nonzero" }.SelectMany(m => new[] { $"Tensor.{m}", $"torch.{m}" }),
        "TensorNumbers.ToArray", "Scalars.Of", "FrameTensors.ToVideo", "FrameTensors.ToImage",
    ];

    /// <summary>Methods that read, as <c>Motion.CodeMoments.Of</c>, sorted; of what the compiler made of lambdas and iterators, the method they stand in.</summary>
    internal static IReadOnlyList<string> In(Stream assembly)
    {
        using var file = new PEReader(assembly);
        var reader = file.GetMetadataReader();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in reader.TypeDefinitions)
        {
            foreach (var handle in reader.GetTypeDefinition(type).GetMethods())
            {
                var method = reader.GetMethodDefinition(handle);
                if (method.RelativeVirtualAddress == 0) continue;
                var names = MethodCode.Mentioned(file.GetMethodBody(method.RelativeVirtualAddress)).Select(m => Name(reader, m)).ToList();
                bool moves = names.Contains("Tensor.to") && names.Any(n => n is "torch.CPU" or "torch.get_CPU");
                if (moves || names.Exists(n => Readers.Contains(n) || IsConversion(n))) found.Add(Written(reader, type, method));
            }
        }
        return [.. found];
    }

    // TensorExtensionMethods.ToSingle(tensor), and (float)tensor.
    private static bool IsConversion(string name) => name.StartsWith("TensorExtensionMethods.To", StringComparison.Ordinal) || name == "Tensor.op_Explicit";

    private static string Name(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodSpecification => Name(reader, reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.MemberReference => reader.GetMemberReference((MemberReferenceHandle)handle) is var member && member.Parent.Kind == HandleKind.TypeReference
            ? $"{reader.GetString(reader.GetTypeReference((TypeReferenceHandle)member.Parent).Name)}.{reader.GetString(member.Name)}" : "",
        HandleKind.MethodDefinition => reader.GetMethodDefinition((MethodDefinitionHandle)handle) is var method
            ? $"{reader.GetString(reader.GetTypeDefinition(method.GetDeclaringType()).Name)}.{reader.GetString(method.Name)}" : "",
        _ => "",
    };

    // <Method>b__0 is a lambda, <Method>g__Local|1 a local function, and a type <Method>d__2 an iterator, in that method.
    private static string Written(MetadataReader reader, TypeDefinitionHandle handle, MethodDefinition method)
    {
        string name = reader.GetString(method.Name);
        var type = reader.GetTypeDefinition(handle);
        var outer = new List<string>();
        while (true)
        {
            string own = reader.GetString(type.Name);
            if (!own.StartsWith('<')) outer.Insert(0, own.Split('`')[0]);
            else if (own[1] != '>') name = own;
            if (type.GetDeclaringType().IsNil) break;
            type = reader.GetTypeDefinition(type.GetDeclaringType());
        }
        if (name.StartsWith('<')) name = name[1..name.IndexOf('>', 1)];
        string space = reader.GetString(type.Namespace);
        return string.Join('.', [.. space.Split('.').Skip(2), .. outer, name.TrimStart('.')]);
    }
}
