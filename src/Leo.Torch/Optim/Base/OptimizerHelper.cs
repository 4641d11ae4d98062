using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all optimisers share: groups, the state of each parameter, saving and loading.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private static readonly Op ZeroAll = new("aten::_foreach_zero_");

    /// <summary>The options of groups that set none of their own.</summary>
    protected OptimizerOptions _defaults = new();

    /// <summary>State by the parameter's handle.</summary>
    protected OrderedDict<IntPtr, OptimizerState> _state = new();

    /// <summary>For derived classes.</summary>
    public OptimizerHelper() { }

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(g => g.Parameters);

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

    /// <inheritdoc/>
    public override void zero_grad()
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        Tensor[] grads = [.. parameters().Select(p => p.grad).OfType<Tensor>()];
        if (grads.Length > 0) Op.Do(ZeroAll, [grads]);
    }

    /// <summary>Moves the state of all parameters.</summary>
    public void to(Device device)
    {
        foreach (var p in parameters()) _state[p.Handle].to(device);
    }

    /// <summary>Options and state, not copied.</summary>
    public virtual StateDictionary state_dict()
    {
        var dict = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dict.Options.Add(group.Options);
            var places = new List<int>();
            foreach (var p in group.Parameters)
            {
                places.Add(dict.State.Count);
                dict.State.Add(_state[p.Handle]);
            }
            dict.StateIndexRef.Add(places);
        }
        return dict;
    }

    /// <summary>Copies options and state from another optimiser of the same parameters.</summary>
    /// <exception cref="ArgumentException">Numbers of groups or parameters differ.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        CheckCounts(own, state_dict.Options.Count, state_dict.State.Count);
        for (int i = 0; i < own.Options.Count; i++)
            if (!ReferenceEquals(own.Options[i], state_dict.Options[i])) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (int i = 0; i < own.State.Count; i++)
            if (!ReferenceEquals(own.State[i], state_dict.State[i])) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    /// <summary>Writes options and state to a file in TorchSharp's format.</summary>
    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    /// <summary>Writes options and state in TorchSharp's format.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        var dict = state_dict();
        writer.Write(GetType().Name);
        writer.Encode(dict.Options.Count);
        writer.Encode(dict.State.Count);
        foreach (var options in dict.Options) options.SaveStateDict(writer);
        foreach (var state in dict.State) state.SaveStateDict(writer);
    }

    /// <summary>Reads options and state from a file in TorchSharp's format.</summary>
    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <summary>Reads options and state in TorchSharp's format.</summary>
    /// <exception cref="InvalidDataException">They are another optimiser's.</exception>
    /// <exception cref="ArgumentException">Numbers of groups or parameters differ.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        string kind = reader.ReadString();
        if (kind != GetType().Name) throw new InvalidDataException($"This is the state of {kind}, not of {GetType().Name}.");
        long options = reader.Decode(), states = reader.Decode();
        var own = state_dict();
        CheckCounts(own, options, states);
        foreach (var o in own.Options) o.LoadStateDict(reader);
        foreach (var s in own.State) s.LoadStateDict(reader);
    }

    /// <summary>Runs the closure, then the body on each group, outside autograd and in a scope of its own.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var recording = enable_grad();
            loss = loss_closure();
        }
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups) body((T)group);
        return loss;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        foreach (var (_, state) in _state) (state as IDisposable)?.Dispose();
        _state.Clear();
    }

    private protected void AddGroup<TState>(ParamGroup group, Func<Parameter, TState> newState) where TState : OptimizerState
    {
        group.Options.LearningRate ??= _defaults.LearningRate;
        group.InitialLearningRate = group.LearningRate;
        // What was given as a query is run once: every step must see the same parameters.
        group.Parameters = group.Parameters.ToList();
        _parameter_groups.Add(group);
        foreach (var p in group.Parameters)
        {
            var state = newState(p);
            state.Initialize(group.Options);
            _state[p.Handle] = state;
        }
    }

    private protected static void Demand(bool valid, string name, double value)
    {
        if (!valid) throw new ArgumentException($"{value} is no valid {name}.", name);
    }

    private static void CheckCounts(StateDictionary own, long options, long states)
    {
        if (options != own.Options.Count)
            throw new ArgumentException($"The state has {options} parameter groups, the optimiser has {own.Options.Count}.");
        if (states != own.State.Count)
            throw new ArgumentException($"The state has {states} parameters, the optimiser has {own.State.Count}.");
    }
}
