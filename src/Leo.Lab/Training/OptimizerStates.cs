using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>An optimiser's state as named tensors, so that it stands in a checkpoint readable like any weight.</summary>
/// <remarks>
/// Adam and AdamW give <c>step</c> [n] and, for each of n parameters, <c>i.exp_avg</c> and <c>i.exp_avg_sq</c>. Any
/// other optimiser gives one byte tensor <c>bytes</c> in TorchSharp's own format.
/// </remarks>
public static class OptimizerStates
{
    private const string Step = "step", Bytes = "bytes";

    /// <summary>Copies of the state; the caller, or its dispose scope, owns them.</summary>
    public static IReadOnlyDictionary<string, Tensor> Save(optim.Optimizer optimizer)
    {
        var helper = Helper(optimizer);
        var tensors = new Dictionary<string, Tensor>();
        if (optimizer is not (Adam or AdamW))
        {
            using var memory = new MemoryStream();
            using var writer = new BinaryWriter(memory);
            helper.save_state_dict(writer);
            writer.Flush();
            tensors[Bytes] = tensor(memory.ToArray(), dtype: ScalarType.Byte);
            return tensors;
        }
        var states = helper.state_dict().State;
        tensors[Step] = tensor(states.Select(s => Moments(s).Step).ToArray(), dtype: ScalarType.Int64);
        for (int i = 0; i < states.Count; i++)
        {
            foreach (var (name, moment) in Moments(states[i]).Tensors)
            {
                tensors[$"{i}.{name}"] = moment.detach().clone();
            }
        }
        return tensors;
    }

    /// <summary>Puts back what <see cref="Save"/> gave, for an optimiser of the same kind over the same parameters.</summary>
    /// <param name="optimizer">Target.</param>
    /// <param name="read">Gives a tensor by its name in <see cref="Save"/>'s result, for a shape that is needed (null for any), or throws.</param>
    public static void Load(optim.Optimizer optimizer, Func<string, IReadOnlyList<long>?, Tensor> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var helper = Helper(optimizer);
        if (optimizer is not (Adam or AdamW))
        {
            using var reader = new BinaryReader(new MemoryStream(read(Bytes, null).ToArray<byte>()));
            // What it makes is the optimiser's from now on.
            using var made = NewDisposeScope();
            helper.load_state_dict(reader);
            made.Detach(made.DisposablesView.ToArray());
            return;
        }
        var states = helper.state_dict().State;
        long[] steps = read(Step, [states.Count]).ToArray<long>();
        for (int i = 0; i < states.Count; i++)
        {
            SetStep(states[i], steps[i]);
            foreach (var (name, moment) in Moments(states[i]).Tensors)
            {
                moment.copy_(read($"{i}.{name}", moment.shape));
            }
        }
    }

    private static OptimizerHelper Helper(optim.Optimizer optimizer) => optimizer as OptimizerHelper
        ?? throw new ArgumentException($"{optimizer.GetType().Name} does not give its state.", nameof(optimizer));

    private static (long Step, IEnumerable<(string Name, Tensor Moment)> Tensors) Moments(OptimizerState state) => state switch
    {
        Adam.State s => (s.step, Present(s.exp_avg, s.exp_avg_sq, s.max_exp_avg_sq)),
        AdamW.State s => (s.step, Present(s.exp_avg, s.exp_avg_sq, s.max_exp_avg_sq)),
        _ => throw new ArgumentException($"{state.GetType()} is not a state of Adam."),
    };

    private static IEnumerable<(string, Tensor)> Present(Tensor average, Tensor square, Tensor? largestSquare)
    {
        yield return ("exp_avg", average);
        yield return ("exp_avg_sq", square);
        if (largestSquare is not null)
        {
            yield return ("max_exp_avg_sq", largestSquare);
        }
    }

    private static void SetStep(OptimizerState state, long step)
    {
        if (state is Adam.State adam)
        {
            adam.step = step;
        }
        else if (state is AdamW.State adamW)
        {
            adamW.step = step;
        }
    }
}
