using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Operators;

/// <summary><c>torch.f(x, …)</c> is <c>x.f(…)</c>: every static form is called and compared with the method.</summary>
public class StaticFormTests
{
    private static readonly string[] Unrepeatable = ["rand", "empty_like", "bernoulli", "multinomial", "poisson"];

    private static readonly Dictionary<string, (MethodInfo Static, MethodInfo Method)> BySignature =
        All().ToDictionary(p => p.Static.ToString()!);

    public static TheoryData<string> Pairs => [.. BySignature.Keys];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void StaticForm_OfAnOperator_DoesWhatItsMethodDoes(string signature)
    {
        using var scope = NewDisposeScope();
        var (function, method) = BySignature[signature];
        var types = method.GetParameters();
        var a = Run(() => function.Invoke(null, [Input(), .. function.GetParameters()[1..].Select(Argument)]));
        var b = Run(() => method.Invoke(Input(), [.. function.GetParameters()[1..].Select((p, i) => As(types[i], Argument(p)))]));
        Assert.Equal(b.Error, a.Error);
        Assert.Equal(b.Values, a.Values);
    }

    private static IEnumerable<(MethodInfo Static, MethodInfo Method)> All() =>
        from f in typeof(torch).GetMethods(BindingFlags.Public | BindingFlags.Static)
        let p = f.GetParameters()
        where p.Length > 0 && p[0].ParameterType == typeof(Tensor) && !p.Any(q => q.ParameterType.IsByRefLike) && !f.IsGenericMethod
        let m = typeof(Tensor).GetMethod(f.Name, BindingFlags.Public | BindingFlags.Instance, [.. p[1..].Select(q => q.ParameterType)])
        where m != null && m.ReturnType == f.ReturnType && !Unrepeatable.Any(f.Name.Contains)
        select (f, m);

    private static Tensor Input() => Golden.Input("prob:3,3", 0);

    private static object? Argument(ParameterInfo p) =>
        p.ParameterType == typeof(Tensor) ? Golden.Input("prob:3,3", 1)
        : p.ParameterType == typeof(Scalar) ? (Scalar)0.25
        : p.HasDefaultValue ? p.DefaultValue
        : p.ParameterType == typeof(long[]) ? new long[] { 0 }
        : p.ParameterType == typeof((long, long)) ? (0L, 1L)
        : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType)
        : null;

    // Where TorchSharp's static form takes an int, its method may take a long.
    private static object? As(ParameterInfo p, object? value) => value is int i && p.ParameterType == typeof(long) ? (long)i : value;

    private static (string? Error, string[]? Values) Run(Func<object?> call)
    {
        try
        {
            return (null, Flat(call()));
        }
        catch (TargetInvocationException e)
        {
            return (e.InnerException is ExternalException ? e.InnerException.Message : e.InnerException!.GetType().Name, null);
        }
    }

    private static string[] Flat(object? value) => value switch
    {
        Tensor t => [$"{t.dtype} [{string.Join(", ", t.shape)}] {string.Join(", ", Golden.Digest(t))}"],
        Tensor[] list => [.. list.SelectMany(Flat)],
        System.Runtime.CompilerServices.ITuple tuple => [.. Enumerable.Range(0, tuple.Length).SelectMany(i => Flat(tuple[i]))],
        _ => [value?.ToString() ?? "null"]
    };
}
