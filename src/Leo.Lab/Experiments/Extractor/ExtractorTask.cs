using Leo.Lab.Data.Puppets;
using Leo.Lab.Metrics.I3d;
using Leo.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments.Extractor;

/// <summary>
/// Trains <see cref="PuppetI3dNetwork"/> to read from a clip of a puppet which motion it is, the pose at four moments, who it is, and –
/// of clips that were spoilt, as hard negatives – how, and how much.
/// </summary>
public sealed class ExtractorTask : TrainingTask
{
    private readonly ExtractorRecipe _settings;
    private readonly PuppetI3dNetwork _network;
    private readonly Adam _adam;
    private readonly Generator _data;
    private readonly Device _device;
    private readonly List<ExtractorSubject> _subjects = [];

    /// <summary>Draws the puppets and makes network and optimiser; takes a minute with the usual numbers.</summary>
    /// <param name="settings">All settings; the seed is in <see cref="ExtractorRecipe.Training"/>.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public ExtractorTask(ExtractorRecipe settings)
    {
        settings.Validate();
        _settings = settings;
        using var init = Seeds.Generator(settings.Training.Seed, "extractor.init");
        _network = new PuppetI3dNetwork(settings.Network, init);
        _data = Seeds.Generator(settings.Training.Seed, "extractor.data");
        _device = ComputeDevice.Find(settings.Training.Device);
        foreach (var kind in Enum.GetValues<PuppetKind>()) _subjects.Add(new ExtractorSubject(kind, settings, init));
        ComputeDevice.Move(_network, _device);
        _subjects.ForEach(s => ComputeDevice.Move(s.Reader, _device));
        Companions = _subjects.ToDictionary(s => s.Name, s => (nn.Module)s.Reader);
        _adam = new FusedAdam([.. _network.parameters(), .. _subjects.SelectMany(s => s.Reader.parameters())], settings.Training.LearningRate);
        Phases = [new TrainingPhase("extractor", _adam, Loss)];
        Generators = new Dictionary<string, Generator> { ["data"] = _data };
    }

    /// <inheritdoc/>
    public override string Kind => PuppetI3dNetwork.Kind;

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(_settings.Network);

    /// <inheritdoc/>
    public override TrainingSettings Training => _settings.Training;

    /// <inheritdoc/>
    public override string LossesJson => _settings.Options().ToJsonString();

    /// <inheritdoc/>
    public override nn.Module Model => _network;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Companions { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<TrainingPhase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <summary>On people not seen, the same clips at every time: mean square errors of what is read, in variances, and the share of motions told rightly.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        var scores = new Dictionary<string, double>();
        foreach (var subject in _subjects)
        {
            using var scope = NewDisposeScope();
            using var generator = Seeds.Generator(_settings.Training.Seed, $"extractor.validate.{subject.Name}");
            var batch = subject.Next(generator, 2 * _settings.HeldOutPeople, held: true).To(_device);
            var features = _network.forward(batch.Clips);
            var (pose, person, _, spoilt) = subject.Errors(features, batch);
            scores[$"{subject.Name}.pose"] = pose.item<float>();
            scores[$"{subject.Name}.person"] = person.item<float>();
            scores[$"{subject.Name}.spoilt"] = spoilt.item<float>();
            scores[$"{subject.Name}.motion"] = subject.PatternAccuracy(features, batch);
        }
        return scores;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        _adam.Dispose();
        _network.Dispose();
        _data.Dispose();
        foreach (var subject in _subjects) subject.Dispose();
    }

    private Tensor Loss(StepContext context)
    {
        int size = _settings.Training.BatchSize;
        var batches = _subjects.Select(s => s.Next(_data, size, held: false).To(_device)).ToList();
        context.Drew(batches.Zip(_subjects, (b, s) => b.Drawn.Select(d => $"{s.Name} video {d.Video} from frame {d.Start}")).SelectMany(names => names));
        var features = _network.forward(cat([.. batches.Select(b => b.Clips)], 0));
        Tensor? total = null;
        foreach (var (i, subject) in _subjects.Index())
        {
            var (pose, person, pattern, spoilt) = subject.Errors(features.narrow(0, i * size, size), batches[i]);
            context.Report($"{subject.Name}.pose", pose);
            context.Report($"{subject.Name}.person", person);
            context.Report($"{subject.Name}.motion", pattern);
            context.Report($"{subject.Name}.spoilt", spoilt);
            var term = pose * _settings.PoseWeight + person * _settings.PersonWeight + pattern * _settings.PatternWeight + spoilt * _settings.SpoiltWeight;
            total = total is null ? term : total + term;
        }
        return total!;
    }
}
