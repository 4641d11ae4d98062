using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Media;
using Leo.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>
/// Trains <see cref="PuppetFeatures"/> to read, from one picture of a drawn puppet, its pose and everything that makes the person.
/// </summary>
/// <remarks>
/// Why this task: a measure of likeness has to notice what people notice – a closed eye, a turned head, a raised hand, the
/// wrong stripes – however few pixels it takes. These are just the numbers that the puppets are drawn from, so they are known.
/// </remarks>
public sealed class PerceptualTask : TrainingTask
{
    private readonly PerceptualRecipe _settings;
    private readonly PuppetFeatures _features;
    private readonly Adam _adam;
    private readonly Generator _data;
    private readonly Device _device;
    private readonly List<Subject> _subjects = [];

    /// <summary>Draws the puppets and makes network and optimiser; takes half a minute with the usual numbers.</summary>
    /// <param name="settings">All settings; the seed is in <see cref="PerceptualRecipe.Training"/>.</param>
    /// <exception cref="SettingsException">The settings are not valid.</exception>
    public PerceptualTask(PerceptualRecipe settings)
    {
        settings.Validate();
        _settings = settings;
        long seed = settings.Training.Seed;
        using var init = Seeds.Generator(seed, "perceptual.init");
        _features = new PuppetFeatures(settings.Features, init);
        _data = Seeds.Generator(seed, "perceptual.data");
        _device = ComputeDevice.Find(settings.Training.Device);
        ComputeDevice.Move(_features, _device);
        foreach (var kind in Enum.GetValues<PuppetKind>()) _subjects.Add(new Subject(kind, settings, init, _device));
        Companions = _subjects.ToDictionary(s => s.Name, s => (nn.Module)s.Reader);
        _adam = new FusedAdam([.. _features.parameters(), .. _subjects.SelectMany(s => s.Reader.parameters())], settings.Training.LearningRate);
        Phases = [new TrainingPhase("perceptual", _adam, Loss)];
        Generators = new Dictionary<string, Generator> { ["data"] = _data };
    }

    /// <inheritdoc/>
    public override string Kind => PuppetFeatures.Kind;

    /// <inheritdoc/>
    public override string SettingsJson => Json.WriteLine(_settings.Features);

    /// <inheritdoc/>
    public override TrainingSettings Training => _settings.Training;

    /// <inheritdoc/>
    public override string LossesJson => _settings.Options().ToJsonString();

    /// <inheritdoc/>
    public override nn.Module Model => _features;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Companions { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<TrainingPhase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Generator> Generators { get; }

    /// <summary>
    /// R² on people not seen, the mean over the numbers that vary: <c>faces.pose</c>, <c>faces.person</c>, <c>bodies.pose</c>,
    /// <c>bodies.person</c>.
    /// </summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        var scores = new Dictionary<string, double>();
        foreach (var subject in _subjects)
        {
            using var scope = NewDisposeScope();
            int[] indices = Enumerable.Range(0, subject.HeldOut.Count).ToArray();
            var parts = indices.Chunk(64).Select(some => subject.Read(_features, subject.HeldOut.At(some).Images.to(_device))).ToList();
            var read = cat(parts, 0);
            var (pose, person) = subject.Split(read);
            var (truePose, truePerson) = subject.Split(subject.Standard(subject.HeldOut.Truth()));
            scores[$"{subject.Name}.pose"] = R2(pose, truePose);
            scores[$"{subject.Name}.person"] = R2(person, truePerson);
        }
        return scores;
    }

    /// <summary>Writes a picture: a row for each of a few held-out puppets, the layers' mean maps beside it.</summary>
    public override void Sample(string folder, long step)
    {
        using var scope = NewDisposeScope();
        var images = cat([.. _subjects.Select(s => s.HeldOut.At([0, s.HeldOut.Count / 2]).Images)], 0).to(_device);
        var columns = new List<Tensor> { images };
        foreach (var map in _features.Features(images))
        {
            var mean = map.mean([1L], keepdim: true);
            long repeat = images.shape[3] / mean.shape[3];
            columns.Add((mean / mean.amax([1L, 2L, 3L], keepdim: true) * 2 - 1).repeat_interleave(repeat, 2).repeat_interleave(repeat, 3).expand(-1, 3, -1, -1));
        }
        var rows = cat(columns, 3).unbind(0);
        ImageFile.Write(Path.Combine(folder, $"step-{step:D7}.png"), FrameTensors.ToImage(cat(rows, 1)));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        _adam.Dispose();
        _features.Dispose();
        _data.Dispose();
        foreach (var subject in _subjects) subject.Dispose();
    }

    private Tensor Loss(StepContext context)
    {
        var batches = _subjects.Select(s => s.Train.Next(_settings.Training.BatchSize, _data)).ToList();
        var drawn = _subjects.Select(s => (s.Name, s.Train.Drawn)).ToList();
        context.Drew(drawn.SelectMany(d => d.Drawn.Select(picture => $"{d.Name} picture {picture}")));
        var images = cat([.. batches.Select(b => b.Images)], 0).to(_device);
        // The loss pyramid shows the network small pictures too.
        if (context.Step % 4 == 3) images = nn.functional.avg_pool2d(images, 2);
        var map = _features.Maps(images)[^1];
        Tensor? total = null;
        foreach (var (i, subject) in _subjects.Index())
        {
            var read = subject.Reader.forward(map.narrow(0, i * _settings.Training.BatchSize, _settings.Training.BatchSize));
            var (pose, person) = subject.Split((read - subject.Standard((batches[i].Poses, batches[i].People))).square());
            var (poseError, personError) = (pose.mean(), person.mean());
            context.Report($"{subject.Name}.pose", poseError);
            context.Report($"{subject.Name}.person", personError);
            var term = poseError * _settings.PoseWeight + personError * _settings.IdentityWeight;
            total = total is null ? term : total + term;
        }
        return total!;
    }

    // Targets are in standard deviations of the training set, so 1 − R² is nearly the mean square; constants are left out.
    private static double R2(Tensor read, Tensor truth)
    {
        var residual = (read - truth).square().sum(0L);
        var spread = (truth - truth.mean([0L], keepdim: true)).square().sum(0L);
        var varies = (spread > 1e-6).to(float32);
        return (((1 - residual / spread.clamp(1e-6)) * varies).sum() / varies.sum()).item<float>();
    }

    /// <summary>One kind of puppet: pictures, their truth's mean and deviation, and the reader of it.</summary>
    private sealed class Subject : IDisposable
    {
        private readonly Tensor _mean, _deviation;

        public Subject(PuppetKind kind, PerceptualRecipe settings, Generator init, Device device)
        {
            Name = kind.ToString().ToLowerInvariant();
            long seed = Seeds.Derive(settings.Training.Seed, "perceptual.puppets");
            Train = new PuppetPictures(kind, seed, 0, settings.People, settings.Pictures, settings.Size);
            HeldOut = new PuppetPictures(kind, seed, settings.People, settings.HeldOutPeople, settings.Pictures, settings.Size);
            Reader = new PuppetReader(settings.Features.Channels[^1], Train.PoseCount + Train.PersonCount, init);
            ComputeDevice.Move(Reader, device);
            using var scope = NewDisposeScope();
            var (poses, people) = Train.Truth();
            var truth = cat([poses, people], 1);
            var mean = truth.mean([0L], keepdim: true);
            _mean = mean.to(device).alias().DetachFromDisposeScope();
            // What never varies keeps scale 1: its standardised value is 0.
            var deviation = (truth - mean).square().mean([0L], keepdim: true).sqrt();
            _deviation = where(deviation > 1e-4, deviation, ones_like(deviation)).to(device).DetachFromDisposeScope();
        }

        public string Name { get; }

        public PuppetPictures Train { get; }

        public PuppetPictures HeldOut { get; }

        public PuppetReader Reader { get; }

        public Tensor Standard((Tensor Poses, Tensor People) truth) => (cat([truth.Poses, truth.People], 1).to(_mean.device) - _mean) / _deviation;

        public (Tensor Pose, Tensor Person) Split(Tensor numbers) =>
            (numbers.narrow(1, 0, Train.PoseCount), numbers.narrow(1, Train.PoseCount, Train.PersonCount));

        public Tensor Read(PuppetFeatures features, Tensor images) => Reader.forward(features.Maps(images)[^1]);

        public void Dispose()
        {
            Reader.Dispose();
            _mean.Dispose();
            _deviation.Dispose();
        }
    }
}
