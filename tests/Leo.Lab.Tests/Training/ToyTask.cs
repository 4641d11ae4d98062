using Leo.Lab.Media;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

/// <summary>A task with everything that a step can change: two models, two optimisers, two generators, a buffer, a position.</summary>
internal sealed class ToyTask : TrainingTask
{
    private readonly ToyModel _model, _critic;
    private readonly Generator _data, _noise;
    private readonly optim.Optimizer _adam, _adamW;
    private readonly Tensor _scale = tensor([2f]);
    private Tensor? _fake;
    private long _position;

    internal ToyTask(long seed = 1, int width = 5)
    {
        Width = width;
        using var init = Seeds.Generator(seed, "init");
        _model = new ToyModel(width, init);
        _critic = new ToyModel(width, init);
        _data = Seeds.Generator(seed, "data");
        _noise = Seeds.Generator(seed, "noise");
        _adam = optim.Adam(_model.parameters(), lr: 1e-2);
        _adamW = optim.AdamW(_critic.parameters(), lr: 1e-2, amsgrad: true);
        Phases = [new TrainingPhase("fit", _adam, Fit), new TrainingPhase("critic", _adamW, Criticise) { LearningRateScale = 0.5 }];
        Companions = new Dictionary<string, nn.Module> { ["critic"] = _critic };
        Generators = new Dictionary<string, Generator> { ["data"] = _data, ["noise"] = _noise };
        Extras = new Dictionary<string, Tensor> { ["scale"] = _scale };
    }

    internal int Width { get; }

    /// <summary>Called with the number of steps finished before the step that begins.</summary>
    internal Action<long>? OnStep { get; set; }

    /// <summary>Steps whose loss is not a number.</summary>
    internal Func<long, bool> Spoilt { get; set; } = _ => false;

    internal List<string> Events { get; } = [];

    /// <summary>Whether samples are pictures, too.</summary>
    internal bool Draws { get; init; }

    public override string Kind => "toy";

    public override string SettingsJson => $$"""{"width":{{Width}}}""";

    public override nn.Module Model => _model;

    public override IReadOnlyDictionary<string, nn.Module> Companions { get; }

    public override IReadOnlyList<TrainingPhase> Phases { get; }

    public override IReadOnlyDictionary<string, Generator> Generators { get; }

    public override IReadOnlyDictionary<string, Tensor> Extras { get; }

    public override IReadOnlyDictionary<string, Tensor> SaveState() => new Dictionary<string, Tensor> { ["position"] = tensor(_position) };

    public override void LoadState(IReadOnlyDictionary<string, Tensor> state) => _position = state["position"].item<long>();

    public override void Sample(string folder, long step)
    {
        Events.Add($"sample {step} training={_model.training}");
        File.WriteAllText(Path.Combine(folder, $"{step}.txt"), "");
        if (Draws)
        {
            byte level = (byte)(Scalars.Of(_model.first.norm()) * 50);
            ImageFile.Write(Path.Combine(folder, $"toy-{step:D7}.png"), new Image(3, 2, [.. Enumerable.Range(0, 18).Select(i => (byte)(level + (i * step)))]));
        }
    }

    public override IReadOnlyDictionary<string, double> Validate()
    {
        Events.Add("validate");
        return new Dictionary<string, double> { ["norm"] = Scalars.Of(_model.first.norm()), ["broken"] = double.NaN };
    }

    private Tensor Fit(StepContext context)
    {
        if (context.Micro == 0)
        {
            OnStep?.Invoke(context.Step);
        }
        _position++;
        context.Drew([$"toy {_position}"]);
        var x = randn([4, 3], generator: _data);
        var y = _model.forward(x + (randn([4, 3], generator: _noise) * 0.1f));
        _fake = y.detach().MoveToOuterDisposeScope();
        var loss = (y - (x.narrow(1, 0, 2) * _scale * (1 + (_position % 3)))).pow(2).mean();
        context.Report("fit", loss);
        context.Report("position", _position);
        return Spoilt(context.Step) ? loss * float.NaN : loss;
    }

    private Tensor? Criticise(StepContext context)
    {
        // Every third step is left out, as a lazy regulariser would be.
        if (context.Step % 3 == 2)
        {
            return null;
        }
        var x = cat([_fake!, _fake!.narrow(1, 0, 1)], 1);
        return _critic.forward(x).pow(2).mean();
    }

    protected override void Dispose(bool disposing)
    {
        _adam.Dispose();
        _adamW.Dispose();
        _model.Dispose();
        _critic.Dispose();
        _data.Dispose();
        _noise.Dispose();
        _scale.Dispose();
    }
}
