using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Leo.Lab.Tests.House;

/// <summary>Which folder of the library uses which, read off the compiled assembly: signatures, fields and what method bodies call, not <c>using</c>s.</summary>
internal sealed class Folders
{
    private readonly MetadataReader _reader;
    private readonly Names _names = new();
    private readonly HashSet<TypeDefinitionHandle> _front = [];
    private const string Root = "Leo.Lab";

    private Folders(PEReader file)
    {
        _reader = file.GetMetadataReader();
        var uses = _reader.TypeDefinitions.SelectMany(handle => Used(file, _reader.GetTypeDefinition(handle)).Select(used => (User: Outer(handle), Used: Outer(used)))).ToList();
        // Of the types in no folder, those that use a folder's, or each other for that, are the front door.
        for (bool more = true; more;)
            more = uses.Aggregate(false, (any, use) => any | (Of(use.User) == Root && (_front.Contains(use.Used) || Of(use.Used) is not (Root or "")) && _front.Add(use.User)));
        foreach (var (user, used) in uses)
        {
            if (Of(user) != Of(used) && Of(user).Length > 0 && Of(used).Length > 0)     // not what the compiler made, and module initialisers
                Uses.TryAdd((Of(user), Of(used)), _reader.GetString(_reader.GetTypeDefinition(user).Name));
        }
    }

    /// <summary>User and used, with a type of the user that does it.</summary>
    internal Dictionary<(string User, string Used), string> Uses { get; } = [];

    internal static Folders Read(Stream assembly)
    {
        using var file = new PEReader(assembly);
        return new Folders(file);
    }

    // Leo.Lab.Data.Puppets.Face lies in "Data"; a type of Leo.Lab itself in "Leo.Lab" or at the front door; one of another assembly nowhere.
    private string Of(TypeDefinitionHandle handle)
    {
        string space = _reader.GetString(_reader.GetTypeDefinition(handle).Namespace);
        return space == Root ? (_front.Contains(handle) ? "LeoPipeline" : Root) : space.StartsWith(Root + ".", StringComparison.Ordinal) ? space.Split('.')[2] : "";
    }

    private TypeDefinitionHandle Outer(TypeDefinitionHandle handle)
    {
        while (_reader.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer) handle = outer;
        return handle;
    }

    private List<TypeDefinitionHandle> Used(PEReader file, TypeDefinition type)
    {
        _names.Found.Clear();
        See(type.BaseType);
        foreach (var one in type.GetInterfaceImplementations()) See(_reader.GetInterfaceImplementation(one).Interface);
        foreach (var field in type.GetFields()) _reader.GetFieldDefinition(field).DecodeSignature(_names, null);
        foreach (var handle in type.GetMethods())
        {
            var method = _reader.GetMethodDefinition(handle);
            method.DecodeSignature(_names, null);
            if (method.RelativeVirtualAddress == 0) continue;
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil) _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null);
            See(body);
        }

        return [.. _names.Found];
    }

    private void See(MethodBodyBlock body)
    {
        foreach (var handle in MethodCode.Mentioned(body)) See(handle);
    }

    private void See(EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition: _names.Found.Add((TypeDefinitionHandle)handle); break;
            case HandleKind.TypeSpecification: _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null); break;
            case HandleKind.MethodDefinition: See(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()); break;
            case HandleKind.FieldDefinition: See(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()); break;
            case HandleKind.MemberReference: See(_reader.GetMemberReference((MemberReferenceHandle)handle).Parent); break;
            case HandleKind.MethodSpecification:
                var generic = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                generic.DecodeSignature(_names, null);
                See(generic.Method);
                break;
        }
    }

    // Every signature is walked through for the types of this assembly.
    private sealed class Names : ISignatureTypeProvider<int, object?>
    {
        internal HashSet<TypeDefinitionHandle> Found { get; } = [];

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Found.Add(handle);
            return 0;
        }

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public int GetArrayType(int elementType, ArrayShape shape) => 0;
        public int GetByReferenceType(int elementType) => 0;
        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;
        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;
        public int GetGenericMethodParameter(object? genericContext, int index) => 0;
        public int GetGenericTypeParameter(object? genericContext, int index) => 0;
        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;
        public int GetPinnedType(int elementType) => 0;
        public int GetPointerType(int elementType) => 0;
        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;
        public int GetSZArrayType(int elementType) => 0;
        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
    }
}
