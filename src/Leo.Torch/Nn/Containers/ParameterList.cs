using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A list of parameters, named by their places.</summary>
public class ParameterList : nn.Module, IList<Parameter>
{
    private readonly List<Parameter> list = [];
    private bool registered;

    /// <summary>With these parameters.</summary>
    public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => append(parameters);

    /// <summary>The parameter at a place.</summary>
    public Parameter this[int index]
    {
        get => list[index];
        set => list[index] = value;
    }

    /// <summary>Number of parameters.</summary>
    public int Count => list.Count;

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>Adds at the end.</summary>
    public void Add(Parameter item) => list.Add(item);

    /// <summary>Adds at the end.</summary>
    public void extend(IEnumerable<Parameter> parameters) => list.AddRange(parameters);

    /// <summary>Adds at the end.</summary>
    public void append(params Parameter[] parameters) => list.AddRange(parameters ?? []);

    /// <summary>Removes all.</summary>
    public void Clear() => list.Clear();

    /// <summary>Is it in the list?</summary>
    public bool Contains(Parameter item) => list.Contains(item);

    /// <summary>Copies the parameters in order.</summary>
    public void CopyTo(Parameter[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

    /// <summary>The parameters in order.</summary>
    public IEnumerator<Parameter> GetEnumerator() => list.GetEnumerator();

    /// <summary>Its place, or -1.</summary>
    public int IndexOf(Parameter item) => list.IndexOf(item);

    /// <summary>Adds at a place.</summary>
    public void Insert(int index, Parameter item) => list.Insert(index, item);

    /// <summary>Removes; false if it was not there.</summary>
    public bool Remove(Parameter item) => list.Remove(item);

    /// <summary>Removes what is at a place.</summary>
    public void RemoveAt(int index) => list.RemoveAt(index);

    IEnumerator IEnumerable.GetEnumerator() => list.GetEnumerator();

    /// <summary>The parameters, named by their places.</summary>
    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
        => list.Select((p, i) => (i.ToString(), p));

    /// <summary>Is there a parameter at this place, written as text?</summary>
    public override bool has_parameter(string target) => get_parameter(target) is not null;

    /// <summary>The parameter at this place, written as text, or null.</summary>
    public override Parameter? get_parameter(string target)
        => int.TryParse(target, out int i) && i >= 0 && i < list.Count ? list[i] : null;

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        if (registered) return;
        for (int i = 0; i < list.Count; i++) register_parameter(i.ToString(), list[i]);
        registered = true;
    }
}
