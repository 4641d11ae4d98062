using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What <see cref="Adam"/> or <see cref="AdamW"/> remembers of one parameter.</summary>
public abstract class AdamState : OptimizerState, IDisposable
{
    /// <summary>Steps taken.</summary>
    public long step;
    /// <summary>Decaying mean of the gradient.</summary>
    public Tensor exp_avg = null!;
    /// <summary>Decaying mean of the squared gradient.</summary>
    public Tensor exp_avg_sq = null!;
    /// <summary>The largest so far of the latter; null without AMSGrad.</summary>
    public Tensor? max_exp_avg_sq;

    /// <summary>Of that parameter; call <see cref="Initialize"/>.</summary>
    private protected AdamState(Parameter parameter) : base(parameter) { }

    /// <inheritdoc/>
    public override void Initialize(OptimizerOptions options)
    {
        step = 0;
        Zero(ref exp_avg!);
        Zero(ref exp_avg_sq!);
        if (((AdamOptions)options).amsgrad == true) Zero(ref max_exp_avg_sq);
        else Clear(ref max_exp_avg_sq);
    }

    /// <inheritdoc/>
    public override void to(Device device)
    {
        Move(ref exp_avg!, device);
        Move(ref exp_avg_sq!, device);
        Move(ref max_exp_avg_sq, device);
    }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(step);
        exp_avg.Save(writer);
        exp_avg_sq.Save(writer);
        SaveConditionalStateTensor(writer, max_exp_avg_sq);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        step = reader.ReadInt64();
        exp_avg.Load(reader);
        exp_avg_sq.Load(reader);
        LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source)
    {
        var other = (AdamState)source;
        step = other.step;
        Copy(ref exp_avg!, other.exp_avg);
        Copy(ref exp_avg_sq!, other.exp_avg_sq);
        Copy(ref max_exp_avg_sq, other.max_exp_avg_sq);
    }

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other)
        => other is AdamState s && s.step == step && Close(exp_avg, s.exp_avg) && Close(exp_avg_sq, s.exp_avg_sq)
            && Close(max_exp_avg_sq, s.max_exp_avg_sq);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        exp_avg?.Dispose();
        exp_avg_sq?.Dispose();
        max_exp_avg_sq?.Dispose();
    }
}
