using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// What all convolutions share: shape, parameters and padding. Weight and bias start uniform within ±1/√fan-in, as PyTorch's.
/// </summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    /// <summary>Padding as <c>functional.pad</c> takes it: the last dimension first, each side by itself.</summary>
    protected long[] _reversed_padding_repeated_twice = [];

    /// <summary>For derived classes.</summary>
    protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding,
        Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias,
        PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null) : base(name)
    {
        if (groups <= 0) throw new ArgumentException("There must be at least one group.", nameof(groups));
        if (in_channels % groups != 0)
            throw new ArgumentException($"{in_channels} input channels cannot be divided into {groups} groups.", nameof(in_channels));
        if (out_channels % groups != 0)
            throw new ArgumentException($"{out_channels} output channels cannot be divided into {groups} groups.", nameof(out_channels));
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException("A transposed convolution can only be padded with zeros.", nameof(padding_mode));
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;
        if (padding_type is { } type) SetPadding(type);
        else SetPadding(padding ?? new long[kernel_size.Length]);

        long[] filters = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
        weight = new Parameter(empty([.. filters, .. kernel_size], dtype, device));
        if (bias) this.bias = new Parameter(empty(out_channels, dtype, device));
        reset_parameters();
    }

    /// <summary>The filters: [out, in / groups, …], or [in, out / groups, …] when transposed.</summary>
    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetOwnParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    /// <summary>[out], or null.</summary>
    public Parameter? bias
    {
        get => OwnParameter(nameof(bias));
        set => SetOwnParameter(nameof(bias), value);
    }

    /// <summary>Channels of the input.</summary>
    public long in_channels { get; }

    /// <summary>Channels of the output.</summary>
    public long out_channels { get; }

    /// <summary>Is it a transposed convolution?</summary>
    public bool transposed { get; }

    /// <summary>Padding by rule, or null where it is by number.</summary>
    public Padding? padding_type { get; private set; }

    /// <summary>Padding at each side of each dimension, or null where it is by rule.</summary>
    public long[]? padding { get; private set; }

    /// <summary>What padding is filled with.</summary>
    public PaddingModes padding_mode { get; set; }

    /// <summary>Groups of channels that do not see each other.</summary>
    public long groups { get; set; }

    /// <summary>Size of the filters.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Steps between outputs.</summary>
    public long[] stride { get; set; }

    /// <summary>Steps between the filter's taps.</summary>
    public long[] dilation { get; set; }

    /// <summary>Extra size at one side of a transposed convolution's output.</summary>
    public long[] output_padding { get; set; }

    /// <summary>Draws weight and bias anew.</summary>
    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is not null) nn.init.UniformByFanIn(bias, weight);
    }

    /// <summary>Pads by number.</summary>
    public void SetPadding(long[] padding)
    {
        padding_type = null;
        this.padding = padding;
        _reversed_padding_repeated_twice = [.. padding.Reverse().SelectMany(p => new[] { p, p })];
    }

    /// <summary>Pads by rule.</summary>
    /// <exception cref="ArgumentException">The convolution is transposed, or strided and to keep its input's size.</exception>
    public void SetPadding(Padding padding)
    {
        if (transposed) throw new ArgumentException("A transposed convolution is padded by number.", nameof(padding));
        if (padding == Padding.Same && stride.Any(s => s != 1))
            throw new ArgumentException("Padding.Same needs a stride of 1.", nameof(padding));
        this.padding = null;
        padding_type = padding;
        int n = kernel_size.Length;
        _reversed_padding_repeated_twice = new long[2 * n];
        for (int i = 0; padding == Padding.Same && i < n; i++)
        {
            long total = dilation[i] * (kernel_size[i] - 1);
            _reversed_padding_repeated_twice[2 * (n - 1 - i)] = total / 2;
            _reversed_padding_repeated_twice[2 * (n - 1 - i) + 1] = total - total / 2;
        }
    }

    /// <summary>Has the input the right channels, with or without a batch dimension?</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var shape = input.shape;
        return shape.Length == dimensions + 2 && shape[1] == in_channels || shape.Length == dimensions + 1 && shape[0] == in_channels;
    }

    private protected Tensor Convolve(Op byNumber, Op byRule, Tensor input)
    {
        if (!ValidateShape(input, kernel_size.Length)) throw WrongShape(input);
        if (padding_mode != PaddingModes.Zeros)
        {
            using var padded = nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
            return Op.Call(byNumber, padded, weight, bias, stride, new long[kernel_size.Length], dilation, groups);
        }
        return padding_type is { } rule
            ? Op.Call(byRule, input, weight, bias, stride, nn.functional.Name(rule), dilation, groups)
            : Op.Call(byNumber, input, weight, bias, stride, padding, dilation, groups);
    }

    private protected ArgumentException WrongShape(Tensor input)
    {
        int n = kernel_size.Length;
        return new ArgumentException($"{GetName()} takes [N, {in_channels}, …] or [{in_channels}, …] with {n} dimensions after the channels, "
            + $"not [{string.Join(", ", input.shape)}].", nameof(input));
    }
}
