using System.Text.RegularExpressions;
using Leo.Lab.Diffusion;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// The U-Net of Nichol &amp; Dhariwal 2021 over time (LEO §4, implementation details: "a 1D U-Net"). Parameters have the
/// names and shapes of improved-diffusion's one-dimensional <c>UNetModel</c>, so its checkpoints load.
/// </summary>
public sealed partial class UNet1d : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's names.
    private readonly ModuleList<nn.Module<Tensor, Tensor>> time_embed;
    private readonly ModuleList<nn.Module<Tensor, Tensor, Tensor>> input_blocks = [];
    private readonly nn.Module<Tensor, Tensor, Tensor> middle_block;
    private readonly ModuleList<nn.Module<Tensor, Tensor, Tensor>> output_blocks = [];
    private readonly ModuleList<nn.Module<Tensor, Tensor>> @out;
#pragma warning restore IDE1006

    /// <summary>Builds the network; outside any dispose scope, or its weights die with the scope.</summary>
    /// <param name="channels">Channels in and out: the dimension of a motion code.</param>
    /// <param name="settings">The widths.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    public UNet1d(int channels, UNetSettings settings, long seed)
        : base(nameof(UNet1d))
    {
        Channels = channels;
        Settings = settings;
        var (width, embedding) = (settings.BaseChannels, 4 * settings.BaseChannels);
        time_embed = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.Linear(width, embedding), nn.SiLU(), nn.Linear(embedding, embedding));

        // Down: every block's output waits on the stack for its counterpart on the way up.
        var stack = new Stack<int>([width]);
        var (now, rate) = (width, 1);
        input_blocks.Add(new TimestepSequential(nn.Conv1d(channels, width, 3, 1, 1)));
        for (var level = 0; level < settings.ChannelMult.Count; level++)
        {
            for (var i = 0; i < settings.ResBlocks; i++)
            {
                input_blocks.Add(new TimestepSequential([.. Block(now, settings.ChannelMult[level] * width, rate)]));
                now = settings.ChannelMult[level] * width;
                stack.Push(now);
            }

            if (level < settings.ChannelMult.Count - 1)
            {
                input_blocks.Add(new TimestepSequential(new Downsample1d(now)));
                stack.Push(now);
                rate *= 2;
            }
        }

        middle_block = new TimestepSequential(
            new ResBlock1d(now, now, embedding, settings),
            new AttentionBlock1d(now, settings),
            new ResBlock1d(now, now, embedding, settings));

        for (var level = settings.ChannelMult.Count - 1; level >= 0; level--)
        {
            for (var i = 0; i <= settings.ResBlocks; i++)
            {
                var layers = Block(now + stack.Pop(), settings.ChannelMult[level] * width, rate);
                now = settings.ChannelMult[level] * width;
                if (level > 0 && i == settings.ResBlocks)
                {
                    layers.Add(new Upsample1d(now));
                    rate /= 2;
                }

                output_blocks.Add(new TimestepSequential([.. layers]));
            }
        }

        @out = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, now), nn.SiLU(), nn.Conv1d(now, channels, 3, 1, 1));
        RegisterComponents();
        WeightInit.Reset(this, seed, name => ZeroInitialised().IsMatch(name));

        List<nn.Module> Block(int from, int to, int atRate)
        {
            List<nn.Module> layers = [new ResBlock1d(from, to, embedding, settings)];
            if (settings.AttentionRates.Contains(atRate))
            {
                layers.Add(new AttentionBlock1d(to, settings));
            }

            return layers;
        }
    }

    /// <summary>Channels in and out.</summary>
    public int Channels { get; }

    /// <summary>The widths.</summary>
    public UNetSettings Settings { get; }

    /// <summary>Denoises.</summary>
    /// <param name="x">Sequences [B, channels, T], T a multiple of <see cref="UNetSettings.LengthMultiple"/>.</param>
    /// <param name="t">Training steps [B].</param>
    /// <returns>[B, channels, T].</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public override Tensor forward(Tensor x, Tensor t)
    {
        if (x.dim() != 3 || x.shape[1] != Channels || x.shape[2] % Settings.LengthMultiple() != 0 || t.dim() != 1 || t.shape[0] != x.shape[0])
        {
            throw new ArgumentException(
                $"UNet1d: expected [B, {Channels}, multiple of {Settings.LengthMultiple()}] and [B], found [{string.Join(", ", x.shape)}] and [{string.Join(", ", t.shape)}].", nameof(x));
        }

        using var scope = NewDisposeScope();
        var emb = Run(time_embed, TimestepEmbedding.Create(t, Settings.BaseChannels)); // [B] → [B, 4·base]
        var stack = new Stack<Tensor>();
        var h = x;
        foreach (var block in input_blocks)
        {
            h = block.call(h, emb);
            stack.Push(h);
        }

        h = middle_block.call(h, emb);
        foreach (var block in output_blocks)
        {
            h = block.call(cat([h, stack.Pop()], 1), emb);
        }

        return Run(@out, h).MoveToOuterDisposeScope();
    }

    private static Tensor Run(ModuleList<nn.Module<Tensor, Tensor>> layers, Tensor x)
    {
        foreach (var layer in layers)
        {
            x = layer.call(x);
        }

        return x;
    }

    // The last convolution of every residual branch, and of the network: at first each block is the identity.
    [GeneratedRegex(@"(\.out_layers\.3|\.proj_out|^out\.2)\.(weight|bias)$")]
    private static partial Regex ZeroInitialised();
}
