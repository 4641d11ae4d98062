namespace TorchSharp.Utils;

/// <summary>The name under which a field is registered, where it is not the field's own.</summary>
public class ComponentNameAttribute : Attribute
{
    /// <summary>The name, which is the state-dict key.</summary>
    public string? Name { get; set; }
}
