using System.Text.RegularExpressions;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// The U-Net of Nichol &amp; Dhariwal 2021, over time for sequences of codes (LEO §4, implementation details: "a 1D U-Net") and over
/// the plane for images (LEO §3.3, the starting frame). Parameters have the names and shapes of improved-diffusion's
/// <c>UNetModel</c>, so its checkpoints load; a condition adds <c>cond_embed</c> to them.
/// </summary>
public sealed partial class UNet : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's names.
    private readonly ModuleList<nn.Module<Tensor, Tensor>> time_embed;
    private readonly ModuleList<nn.Module<Tensor, Tensor>>? cond_embed;
    private readonly ModuleList<UNetBlock> input_blocks = [];
    private readonly UNetBlock middle_block;
    private readonly ModuleList<UNetBlock> output_blocks = [];
    private readonly ModuleList<nn.Module<Tensor, Tensor>> @out;
#pragma warning restore IDE1006
    private readonly UNetScript _script;

    /// <summary>Builds the network; outside any dispose scope, or its weights die with the scope.</summary>
    /// <param name="dims">1 for sequences, 2 for images.</param>
    /// <param name="channels">Channels in: the dimension of a motion code, or 3.</param>
    /// <param name="settings">The widths.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    /// <param name="outChannels">Channels out; null for as many as in. Twice as many where the variance is learnt.</param>
    /// <param name="conditionDim">Dimension of a vector that the network may be told besides the step; 0 for none.</param>
    public UNet(int dims, int channels, UNetSettings settings, long seed, int? outChannels = null, int conditionDim = 0)
        : base(nameof(UNet))
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(dims is 1 or 2, true, nameof(dims));
        (Dims, Channels, OutChannels, ConditionDim, Settings) = (dims, channels, outChannels ?? channels, conditionDim, settings);
        var (width, embedding) = (settings.BaseChannels, 4 * settings.BaseChannels);
        time_embed = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.Linear(width, embedding), nn.SiLU(), nn.Linear(embedding, embedding));

        if (conditionDim > 0)
        {
            cond_embed = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Linear(conditionDim, embedding), nn.SiLU(), nn.Linear(embedding, embedding));
        }

        // Down: every block's output waits on the stack for its counterpart on the way up.
        var stack = new Stack<int>([width]);
        var (now, rate) = (width, 1);
        input_blocks.Add(new UNetBlock(Convolution.Create(dims, channels, width, replicate: settings.ReplicateEdges)));
        for (int level = 0; level < settings.ChannelMult.Count; level++)
        {
            for (int i = 0; i < settings.ResBlocks; i++)
            {
                input_blocks.Add(new UNetBlock([.. Block(now, settings.ChannelMult[level] * width, rate)]));
                now = settings.ChannelMult[level] * width;
                stack.Push(now);
            }

            if (level < settings.ChannelMult.Count - 1)
            {
                input_blocks.Add(new UNetBlock(new UNetDownsample(dims, now, settings)));
                stack.Push(now);
                rate *= 2;
            }
        }

        middle_block = new UNetBlock(
            new UNetResBlock(dims, now, now, embedding, settings),
            new UNetAttention(now, settings),
            new UNetResBlock(dims, now, now, embedding, settings));

        for (int level = settings.ChannelMult.Count - 1; level >= 0; level--)
        {
            for (int i = 0; i <= settings.ResBlocks; i++)
            {
                var layers = Block(now + stack.Pop(), settings.ChannelMult[level] * width, rate);
                now = settings.ChannelMult[level] * width;
                if (level > 0 && i == settings.ResBlocks)
                {
                    layers.Add(new UNetUpsample(dims, now, settings));
                    rate /= 2;
                }

                output_blocks.Add(new UNetBlock([.. layers]));
            }
        }

        @out = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, now), nn.SiLU(), Convolution.Create(dims, now, OutChannels, replicate: settings.ReplicateEdges));
        RegisterComponents();
        WeightInit.Reset(this, seed, name => ZeroInitialised().IsMatch(name));
        _script = Write();

        List<nn.Module> Block(int from, int to, int atRate)
        {
            List<nn.Module> layers = [new UNetResBlock(dims, from, to, embedding, settings)];
            if (settings.AttentionRates.Contains(atRate))
            {
                layers.Add(new UNetAttention(to, settings));
            }

            return layers;
        }
    }

    /// <summary>1 for sequences, 2 for images.</summary>
    public int Dims { get; }

    /// <summary>Channels in.</summary>
    public int Channels { get; }

    /// <summary>Channels out.</summary>
    public int OutChannels { get; }

    /// <summary>Dimension of the condition; 0 for none.</summary>
    public int ConditionDim { get; }

    /// <summary>The widths.</summary>
    public UNetSettings Settings { get; }

    /// <summary>Denoises, told nothing but the step.</summary>
    /// <param name="x">Sequences [B, channels, T] or images [B, channels, H, W], sides multiples of <see cref="UNetSettings.LengthMultiple"/>.</param>
    /// <param name="t">Training steps [B].</param>
    /// <returns>[B, outChannels, …].</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public override Tensor forward(Tensor x, Tensor t) => Denoise(x, t, null, null);

    /// <summary>Denoises under a condition; without one, or where it is dropped, the network knows only the step (classifier-free guidance, Ho &amp; Salimans 2022).</summary>
    /// <param name="x">Sequences [B, channels, T] or images [B, channels, H, W], sides multiples of <see cref="UNetSettings.LengthMultiple"/>.</param>
    /// <param name="t">Training steps [B].</param>
    /// <param name="condition">[B, conditionDim], or null.</param>
    /// <param name="keep">[B], 1 where the condition is told and 0 where it is dropped; null tells it everywhere.</param>
    /// <returns>[B, outChannels, …].</returns>
    /// <exception cref="ArgumentException">Another shape, or a condition for a network without.</exception>
    public Tensor Denoise(Tensor x, Tensor t, Tensor? condition, Tensor? keep)
    {
        Check(x, t, condition);
        return _script.Call(x, t, condition, keep, training);
    }

    private UNetScript Write()
    {
        var script = new UNetScript(Dims, Settings);
        script.Line($"emb = embed(sinusoids(t), {script.Weights(time_embed[0], time_embed[2])})"); // [B] → [B, 4·base]
        if (cond_embed is not null)
        {
            script.Line("if condition is not None:");
            script.Line($"    told = embed(condition, {script.Weights(cond_embed[0], cond_embed[2])})");
            script.Line("    emb = emb + (told if keep is None else told * keep.unsqueeze(1))");
        }

        script.Line("emb = torch.silu(emb)");
        var (stack, h) = (new Stack<string>(), "x");
        foreach (var block in input_blocks)
        {
            h = block.Write(script, h);
            stack.Push(h);
        }

        h = middle_block.Write(script, h);
        foreach (var block in output_blocks)
        {
            h = block.Write(script, script.Let($"torch.cat([{h}, {stack.Pop()}], 1)"));
        }

        script.Return($"convolution(activate({h}, {script.Weights(@out[0])}), {script.Weights(@out[2])}, 1)");
        return script;
    }

    private void Check(Tensor x, Tensor t, Tensor? condition)
    {
        int multiple = Settings.LengthMultiple();
        long[] shape = x.shape, steps = t.shape;
        if (shape.Length != Dims + 2 || shape[1] != Channels || shape.Skip(2).Any(side => side % multiple != 0) || steps.Length != 1 || steps[0] != shape[0])
        {
            string sides = string.Join(", ", Enumerable.Repeat($"multiple of {multiple}", Dims));
            throw new ArgumentException(
                $"UNet: expected [B, {Channels}, {sides}] and [B], found [{string.Join(", ", shape)}] and [{string.Join(", ", steps)}].", nameof(x));
        }

        if (condition is not null && (ConditionDim == 0 || condition.dim() != 2 || condition.shape[0] != shape[0] || condition.shape[1] != ConditionDim))
        {
            throw new ArgumentException(
                $"UNet: expected {(ConditionDim == 0 ? "no condition" : $"a condition [{shape[0]}, {ConditionDim}]")}, found [{string.Join(", ", condition.shape)}].", nameof(condition));
        }
    }

    // The last convolution of every residual branch, and of the network: at first each block is the identity.
    [GeneratedRegex(@"(\.out_layers\.3|\.proj_out|^out\.2)\.(weight|bias)$")]
    private static partial Regex ZeroInitialised();
}
