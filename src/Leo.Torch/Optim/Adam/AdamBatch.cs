using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// One step of Adam or AdamW on many parameters, with few calls of libtorch. Parameters are taken in runs small enough
/// for the processor's cache, as the step is a chain of passes over the same memory.
/// </summary>
internal sealed class AdamBatch(double lr, double beta1, double beta2, double eps, double weightDecay, bool decoupled, bool maximize,
    bool amsgrad)
{
    private const long RunLength = 1 << 15;

    private static readonly Op MulAll = new("aten::_foreach_mul_.Scalar"), AddScaled = new("aten::_foreach_add_.List"),
        AddProduct = new("aten::_foreach_addcmul_.Scalar"), SqrtAll = new("aten::_foreach_sqrt"),
        DivEach = new("aten::_foreach_div_.ScalarList"), AddAll = new("aten::_foreach_add_.Scalar"),
        AddQuotient = new("aten::_foreach_addcdiv_.ScalarList"), MaxAll = new("aten::_foreach_maximum_.List"),
        NegAll = new("aten::_foreach_neg"), AddDecay = new("aten::_foreach_add.List");

    private readonly List<Tensor> parameters = [], grads = [], means = [], squares = [], largest = [];
    private readonly List<double> roots = [], rates = [];
    private long length;

    /// <summary>Takes one parameter along; a full run is worked off at once.</summary>
    internal void Add(Parameter parameter, Tensor grad, Tensor mean, Tensor square, Tensor? max, long step)
    {
        parameters.Add(parameter);
        grads.Add(grad);
        means.Add(mean);
        squares.Add(square);
        if (amsgrad) largest.Add(max ?? throw new InvalidOperationException("AMSGrad was switched on after the state was made."));
        roots.Add(Math.Sqrt(1 - Math.Pow(beta2, step)));
        rates.Add(-(lr / (1 - Math.Pow(beta1, step))));
        length += parameter.numel();
        if (length >= RunLength) Run();
    }

    /// <summary>Works off what was taken along.</summary>
    internal void Run()
    {
        if (parameters.Count == 0) return;
        using var scope = NewDisposeScope();
        Tensor[] p = [.. parameters], g = [.. grads], m = [.. means], v = [.. squares];
        if (maximize) g = Op.CallList(NegAll, [g]);
        if (decoupled && weightDecay != 0) Op.Do(MulAll, p, 1 - lr * weightDecay);
        if (!decoupled && weightDecay != 0) g = Op.CallList(AddDecay, g, p, weightDecay);
        Op.Do(MulAll, m, beta1);
        Op.Do(AddScaled, m, g, 1 - beta1);
        Op.Do(MulAll, v, beta2);
        Op.Do(AddProduct, v, g, g, 1 - beta2);
        var second = v;
        if (amsgrad)
        {
            second = [.. largest];
            Op.Do(MaxAll, second, v);
        }
        var denominators = Op.CallList(SqrtAll, [second]);
        Op.Do(DivEach, denominators, roots.ToArray());
        Op.Do(AddAll, denominators, eps);
        Op.Do(AddQuotient, p, m, denominators, rates.ToArray());
        parameters.Clear();
        grads.Clear();
        means.Clear();
        squares.Clear();
        largest.Clear();
        roots.Clear();
        rates.Clear();
        length = 0;
    }
}
