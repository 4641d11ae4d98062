using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What batch and instance normalisation share: scale, shift and running statistics of each channel.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    /// <summary>For derived classes.</summary>
    public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype, string name) : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            weight = new Parameter(empty(num_features, dtype, device));
            bias = new Parameter(empty(num_features, dtype, device));
        }
        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype, device);
            running_var = ones(num_features, dtype, device);
            num_batches_tracked = tensor(0L, device: device);
        }
        reset_parameters();
    }

    /// <summary>Scale of each channel.</summary>
    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetOwnParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    /// <summary>Shift of each channel.</summary>
    public Parameter? bias
    {
        get => OwnParameter(nameof(bias));
        set => SetOwnParameter(nameof(bias), value);
    }

    /// <summary>Running mean of each channel, or null.</summary>
    public Tensor? running_mean
    {
        get => OwnBuffer(nameof(running_mean));
        set => SetOwnBuffer(nameof(running_mean), value);
    }

    /// <summary>Running variance of each channel, or null.</summary>
    public Tensor? running_var
    {
        get => OwnBuffer(nameof(running_var));
        set => SetOwnBuffer(nameof(running_var), value);
    }

    /// <summary>Number of batches seen in training, or null.</summary>
    public Tensor? num_batches_tracked
    {
        get => OwnBuffer(nameof(num_batches_tracked));
        set => SetOwnBuffer(nameof(num_batches_tracked), value);
    }

    /// <summary>Number of channels.</summary>
    public long num_features { get; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>Weight of a new batch in the running statistics; null makes them plain means over all batches.</summary>
    public double? momentum { get; set; }

    /// <summary>Are there scale and shift?</summary>
    public bool affine { get; }

    /// <summary>Are there running statistics?</summary>
    public bool track_running_stats { get; }

    /// <summary>Forgets the running statistics.</summary>
    public void reset_running_stats()
    {
        if (!track_running_stats) return;
        nn.init.zeros_(running_mean!);
        nn.init.ones_(running_var!);
        nn.init.zeros_(num_batches_tracked!);
    }

    /// <summary>Forgets the running statistics; sets scale to 1 and shift to 0.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        nn.init.ones_(weight);
        nn.init.zeros_(bias!);
    }

    /// <summary>Refuses inputs with a wrong number of dimensions.</summary>
    protected abstract void ValidateInputDimensions(Tensor input);

    private protected void Demand(Tensor input, int few, int many)
    {
        if (input.ndim != few && input.ndim != many)
            throw new ArgumentException($"{GetName()} takes {(few == many ? $"{few}" : $"{few} or {many}")} dimensions, not {input.ndim}.",
                nameof(input));
    }
}
