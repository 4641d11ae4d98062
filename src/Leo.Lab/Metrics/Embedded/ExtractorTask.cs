using System.Text.Json;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>
/// Trains <see cref="PuppetI3dNetwork"/> to read from a clip of a puppet which motion it is, the pose at four moments, who it is, and –
/// of clips that were spoilt, as hard negatives – how, and how much.
/// </summary>
public sealed class ExtractorTask : TrainingTask
{
    private readonly ExtractorTrainingSettings settings;
    private readonly PuppetI3dNetwork network;
    private readonly Adam adam;
    private readonly Generator data;
    private readonly List<ExtractorSubject> subjects = [];

    /// <summary>Draws the puppets and makes network and optimiser; takes a minute with the usual numbers.</summary>
    /// <param name="settings">All settings; the seed is in <see cref="ExtractorTrainingSettings.Training"/>.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public ExtractorTask(ExtractorTrainingSettings settings)
    {
        settings.Validate();
        this.settings = settings;
        using var init = Seeds.Generator(settings.Training.Seed, "extractor.init");
        network = new PuppetI3dNetwork(settings.Network, init);
        data = Seeds.Generator(settings.Training.Seed, "extractor.data");
        foreach (var kind in Enum.GetValues<PuppetKind>()) subjects.Add(new ExtractorSubject(kind, settings, init));
        Companions = subjects.ToDictionary(s => s.Name, s => (nn.Module)s.Reader);
        adam = new FusedAdam([.. network.parameters(), .. subjects.SelectMany(s => s.Reader.parameters())], settings.Training.LearningRate);
        Phases = [new TrainingPhase("extractor", adam, Loss)];
        Generators = new Dictionary<string, Generator> { ["data"] = data };
    }

    /// <inheritdoc/>
    public override string Kind => PuppetI3dNetwork.Kind;

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(settings.Network);

    /// <inheritdoc/>
    public override string LossesJson
    {
        get
        {
            var losses = JsonSerializer.SerializeToNode(settings, Json.Compact)!.AsObject();
            losses.Remove("network");                                     // recorded on their own
            losses.Remove("training");
            return losses.ToJsonString();
        }
    }

    /// <inheritdoc/>
    public override nn.Module Model => network;

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
        foreach (var subject in subjects)
        {
            using var scope = NewDisposeScope();
            using var generator = Seeds.Generator(settings.Training.Seed, $"extractor.validate.{subject.Name}");
            var batch = subject.Next(generator, 2 * settings.HeldOutPeople, held: true);
            var features = network.forward(batch.Clips);
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
        adam.Dispose();
        network.Dispose();
        data.Dispose();
        foreach (var subject in subjects) subject.Dispose();
    }

    private Tensor Loss(StepContext context)
    {
        int size = settings.Training.BatchSize;
        var batches = subjects.Select(s => s.Next(data, size, held: false)).ToList();
        context.Drew(batches.Zip(subjects, (b, s) => b.Drawn.Select(d => $"{s.Name} video {d.Video} from frame {d.Start}")).SelectMany(names => names));
        var features = network.forward(cat([.. batches.Select(b => b.Clips)], 0));
        Tensor? total = null;
        foreach (var (i, subject) in subjects.Index())
        {
            var (pose, person, pattern, spoilt) = subject.Errors(features.narrow(0, i * size, size), batches[i]);
            context.Report($"{subject.Name}.pose", pose);
            context.Report($"{subject.Name}.person", person);
            context.Report($"{subject.Name}.motion", pattern);
            context.Report($"{subject.Name}.spoilt", spoilt);
            var term = pose * settings.PoseWeight + person * settings.PersonWeight + pattern * settings.PatternWeight + spoilt * settings.SpoiltWeight;
            total = total is null ? term : total + term;
        }
        return total!;
    }
}

/// <summary>How <see cref="PuppetI3dNetwork"/> is trained.</summary>
public sealed record ExtractorTrainingSettings
{
    /// <summary>The network's shape.</summary>
    public PuppetI3dSettings Network { get; init; } = new();

    /// <summary>Steps, batch (so many faces and as many bodies), learning rate.</summary>
    /// <value>4000 steps of 16 + 16 clips, 1e-3 falling to 1e-5 along a cosine.</value>
    public TrainingSettings Training { get; init; } = new()
    {
        Steps = 4000,
        BatchSize = 16,
        LearningRate = 1e-3,
        FinalLearningRate = 1e-5,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 100,
        ClipGradNorm = 5,
        EmaRates = [0.995],
        ValidateEvery = 500,
    };

    /// <summary>People of each kind to learn from, a video of each; 1.6 MB of memory for each of both.</summary>
    /// <value>1200</value>
    public int People { get; init; } = 1200;

    /// <summary>Other people of each kind, to validate on.</summary>
    /// <value>64</value>
    public int HeldOutPeople { get; init; } = 64;

    /// <summary>Frames of each video.</summary>
    /// <value>64</value>
    public int VideoFrames { get; init; } = 64;

    /// <summary>Frames of a clip.</summary>
    /// <value>16</value>
    public int Frames { get; init; } = 16;

    /// <summary>Strides of the clips, drawn with equal chance.</summary>
    /// <value>1, 2 and 4</value>
    public IReadOnlyList<int> Strides { get; init; } = [1, 2, 4];

    /// <summary>Share of the clips that are spoilt.</summary>
    /// <value>0.5</value>
    public double Spoilt { get; init; } = 0.5;

    /// <summary>Weight of the error in pose.</summary>
    /// <value>1</value>
    public double PoseWeight { get; init; } = 1;

    /// <summary>Weight of the error in what makes a person.</summary>
    /// <value>0.5</value>
    public double PersonWeight { get; init; } = 0.5;

    /// <summary>Weight of taking one motion for another.</summary>
    /// <value>0.5</value>
    public double PatternWeight { get; init; } = 0.5;

    /// <summary>Weight of the error in how spoilt a clip is; a strength varies by 0.03 where a pose varies by 1.</summary>
    /// <value>30</value>
    public double SpoiltWeight { get; init; } = 30;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        Network.Validate();
        Training.Validate();
        var faults = new SettingsFaults()
            .AtLeast(People, 2)
            .AtLeast(HeldOutPeople, 2)
            .Between(Frames, 4, 128)
            .Require(Strides is { Count: > 0 } && Strides.All(s => s >= 1), nameof(Strides), "numbers of at least 1", $"[{string.Join(", ", Strides ?? [])}]")
            .Between(Spoilt, 0, 1)
            .Between(PoseWeight, 0, 1e6).Between(PersonWeight, 0, 1e6).Between(PatternWeight, 0, 1e6).Between(SpoiltWeight, 0, 1e6)
            .Require(PoseWeight + PersonWeight + PatternWeight + SpoiltWeight > 0, nameof(PoseWeight), "above 0, or another weight", "all 0");
        if (Strides is { Count: > 0 })
            faults.Between(VideoFrames, ((Frames - 1) * Strides.Max()) + 1, 1024);
        faults.Throw("extractor training settings");
    }
}
