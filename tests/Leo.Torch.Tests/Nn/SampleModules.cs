using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Nn;

#pragma warning disable CS0169, IDE0044, IDE0051, IDE0052 // fields are read by reflection

/// <summary>A block as Leo.Lab writes them: fields of every kind, private ones too.</summary>
internal sealed class SampleBlock : nn.Module<Tensor, Tensor>
{
    private readonly Linear first;
    public readonly Parameter scale;
    private readonly Tensor offset;
    private readonly Sequential tail;
    private readonly Linear? absent;
    private readonly Linear[] unseen = [];

    public SampleBlock(long width) : base(nameof(SampleBlock))
    {
        first = nn.Linear(width, width);
        scale = new Parameter(ones(width));
        offset = zeros(width);
        tail = nn.Sequential(("act", nn.ReLU()), ("out", nn.Linear(width, width, hasBias: false)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (tail.call(first.call(input) * scale) + offset).MoveToOuterDisposeScope();
    }
}

/// <summary>A network of blocks.</summary>
internal sealed class SampleNetwork : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> blocks = nn.ModuleList<nn.Module<Tensor, Tensor>>();
    private readonly ModuleDict<Linear> heads = nn.ModuleDict(("a", nn.Linear(4, 2)), ("b", nn.Linear(4, 3)));
    private readonly ParameterList weights = nn.ParameterList(new Parameter(ones(2)), new Parameter(ones(3), requires_grad: false));

    public SampleNetwork() : base(nameof(SampleNetwork))
    {
        blocks.append(new SampleBlock(4), new SampleBlock(4));
        register_buffer("count", zeros(1), persistent: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        foreach (var block in blocks) x = block.call(x);
        return heads["a"].call(x).MoveToOuterDisposeScope();
    }
}
