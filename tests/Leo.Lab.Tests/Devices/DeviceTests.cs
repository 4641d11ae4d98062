using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.Faces;
using Leo.Lab.Metrics.I3d;
using Leo.Lab.Metrics.People;
using Leo.Lab.Motion;
using Leo.Lab.Perceptual;
using Leo.Lab.StartFrames;
using Leo.Lab.Tests.Metrics;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Devices;

/// <summary>
/// Everything that computes, on libtorch's lazy device: a tensor that was made on the CPU throws where it meets the others, and what comes out is compared
/// with the CPU's.
/// </summary>
public sealed class DeviceTests
{
    private static readonly Device Lazy;

    static DeviceTests() => Lazy = LazyDevice.Device;

    public static TheoryData<string> Trainings => [.. SmallTrainings.Names.Except(["toy"])];

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Losses_OnADevice_AreTheCpus(string name)
    {
        var (here, there) = (Losses("cpu"), Losses("lazy"));
        Assert.Equal(here.Keys, there.Keys);
        Assert.All(here, loss => Assert.Equal(loss.Value, there[loss.Key], 1e-4 * Math.Max(1, Math.Abs(loss.Value))));

        // Of four steps with the first weights: what a step makes of them is the optimiser's, which does not look at devices.
        Dictionary<string, double> Losses(string device)
        {
            var told = new Dictionary<string, double>();
            using var small = new SmallTrainings();
            var (task, more) = small.Make(name, SmallTrainings.Settings(8) with { Device = device, Accumulate = 1 });
            using (task)
            {
                Assert.All(task.Companions.Values.Prepend(task.Model).SelectMany(m => m.parameters()), p => Assert.Equal(ComputeDevice.Find(device).type, p.device_type));
                task.Model.train();
                for (long step = 0; step < 4; step++)
                {
                    using var scope = NewDisposeScope();
                    foreach (var phase in task.Phases)
                    {
                        using var inner = NewDisposeScope();
                        var loss = phase.Loss(new StepContext(step, 0, step / 8.0, (term, value) => told[$"{step}.{term}"] = value));
                        if (loss is null)
                            continue;
                        Assert.Equal(ComputeDevice.Find(device).type, loss.device_type);
                        told[$"{step}.loss.{phase.Name}"] = Scalars.Of(loss.cpu());
                    }
                }
                foreach (var (term, value) in task.Validate())
                    told["validation." + term] = value;
            }
            more?.Dispose();
            return told;
        }
    }

    [Fact]
    public void Forgotten_Tensor_Throws()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("not a lazy tensor", Assert.ThrowsAny<Exception>(() => zeros(3).to(Lazy) + ones(3)).Message);
        Assert.Contains("not a lazy tensor", Assert.ThrowsAny<Exception>(() => nn.functional.conv2d(zeros(2, 4, 7, 7).to(Lazy), zeros(5, 4, 3, 3))).Message);
    }

    [Fact]
    public void Animator_EncodesAndRendersOnADevice_AndGivesTheCpuWhatItMade()
    {
        using var scope = NewDisposeScope();
        using var animator = Animator();
        using var generator = Seeds.Generator(0, "frames");
        var frames = rand([5, 3, 32, 32], generator: generator) * 2 - 1;
        var person = frames.narrow(0, 2, 1);
        var here = Made();
        ComputeDevice.Move(animator, Lazy);
        Assert.Equal(Lazy.type, animator.Device.type);
        var there = Made();

        Assert.All(here.Zip(there), pair =>
        {
            Assert.Equal(DeviceType.CPU, pair.Second.device_type);
            Assert.True((pair.First - pair.Second).abs().max().item<float>() < 1e-4, $"{pair.First} {pair.Second}");
        });

        List<Tensor> Made()
        {
            var pipeline = new AnimationPipeline(animator, 2);
            var moved = pipeline.Animate(person, frames, AnimationMode.Relative);
            var inside = pipeline.Inside(person, moved.Codes);
            return [pipeline.Codes(frames), moved.Frames, moved.Codes, moved.Flow, moved.Mask, inside.Frames, inside.Codes, .. inside.Scales.Select(s => s.Flow)];
        }
    }

    [Theory]
    [InlineData("ddpm")]
    [InlineData("ddim:5")]
    [InlineData("ddim:5:0.5")]
    [InlineData("dpm++:5")]
    public void Sampling_OnADevice_IsTheCpus(string sampler)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var spec = SamplerSpec.Parse(sampler);
        var units = new CodeNormalizer([0, 0, 0, 0], [1, 1, 1, 1]);
        var network = new UNetSettings { BaseChannels = 8, ChannelMult = [1, 2], AttentionRates = [1], Heads = 2, NormGroups = 4 };
        var steps = MotionSettings.Tiny.Diffusion with { Steps = 24 };
        using var motion = MotionModel.Create(new MotionSettings { Length = 16, Dim = 4, Network = network, Diffusion = steps }, units, 0);
        using var starts = new StartCodeModel(new StartCodeSettings { Dim = 4, Width = 8, Blocks = 1, Diffusion = steps }, units, 0);
        using var bridge = new TransitionModel(new TransitionSettings { Dim = 4, Length = 16, Network = network, Diffusion = steps }, units, 0);
        using var frames = new StartFrameModel(new StartFrameSettings { Size = 16, Dim = 4, Network = network, Diffusion = StartFrameSettings.Tiny.Diffusion with { Steps = 24 } }, units, 0);
        var here = Drawn();
        foreach (var model in new DiffusionModel[] { motion, starts, bridge, frames })
            ComputeDevice.Move(model.Network, Lazy);
        var there = Drawn();
        Assert.All(there, t => Assert.Equal(Lazy.type, t.device_type));
        Assert.All(here.Zip(there), pair => Assert.True((pair.First - pair.Second.cpu()).abs().max().item<float>() < 1e-4));

        List<Tensor> Drawn()
        {
            var alpha1 = starts.Sample([1, 2], spec);
            return [alpha1, new MotionSampler(motion, spec, new Transitions(bridge, starts, spec, Every: 2)).Sample(alpha1, 40, [1, 2]), frames.Sample(alpha1, [1, 2], spec, guidance: 1.5)];
        }
    }

    [Fact]
    public void PerceptualLoss_MovesWithItsNetworkAndFilters()
    {
        using var scope = NewDisposeScope();
        foreach (var features in new IPerceptualFeatures[] { new Vgg19Features([2, 2, 2, 2, 2]), new PuppetFeatures(new PuppetFeaturesSettings { Channels = [4, 8] }) })
        {
            using var loss = new PerceptualLoss(features, 64);
            loss.MoveTo(Lazy);
            Assert.Equal(Lazy.type, loss.Of(rand(2, 3, 64, 64).to(Lazy), zeros(2, 3, 64, 64).to(Lazy)).device_type);
        }
    }

    [Fact]
    public void Extractors_OnADevice_SeeWhatTheCpuSees()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        using (var filled = FormulaNetwork.Fill(new PersonNetwork()))
            Safetensors.Write(folder["person"], filled.state_dict().Where(s => !s.Key.EndsWith("tracked", StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value));
        Directory.CreateDirectory(folder["face"]);
        FaceFormula.Write(folder["face"]);
        using var generator = Seeds.Generator(0, "clip");
        var clip = rand([8, 3, 64, 48], generator: generator) * 255;
        using var puppets = PuppetI3dExtractor.Load();
        using var person = PersonExtractor.Load(folder["person"]);
        using var face = new FaceExtractor(folder["face"]);
        var here = Seen();
        puppets.MoveTo(Lazy);
        person.MoveTo(Lazy);
        face.MoveTo(Lazy);
        var there = Seen();
        Assert.Equal(here.Count, there.Count);
        Assert.All(here.Zip(there), pair =>
        {
            Assert.Equal(DeviceType.CPU, pair.Second.device_type);
            Assert.True((pair.First - pair.Second).abs().max().item<float>() <= 1e-4 * Math.Max(1, pair.First.abs().max().item<float>()));
        });

        List<Tensor> Seen() => [puppets.Features(clip, ClipResize.Stretch), .. person.Features(clip.narrow(0, 0, 2)).OfType<Tensor>(), .. face.Features(clip.narrow(0, 0, 2)).OfType<Tensor>()];
    }

    [Fact]
    public void I3d_OnADevice_SeesWhatTheCpuSees()
    {
        using var scope = NewDisposeScope();
        using var network = FormulaNetwork.Fill(new I3dNetwork());
        using var generator = Seeds.Generator(0, "clip");
        var clip = rand([1, 3, I3dNetwork.LeastFrames, I3dNetwork.Size, I3dNetwork.Size], generator: generator) * 2 - 1;
        using var quiet = no_grad();
        network.eval();
        network.Fold();
        var here = network.forward(clip);
        ComputeDevice.Move(network, Lazy);
        network.Fold();
        var there = network.forward(clip.to(Lazy)).cpu();
        Assert.True((here - there).abs().max().item<float>() <= 1e-4 * Math.Max(1, here.abs().max().item<float>()));
    }

    [Theory]
    [InlineData("gpu", "expected auto, cpu, cuda, cuda:N or mps, found 'gpu'")]
    [InlineData("cuda:x", "found 'cuda:x'")]
    [InlineData("cuda:-1", "found 'cuda:-1'")]
    [InlineData("", "found ''")]
    public void Find_NoSuchWord_SaysWhichThereAre(string name, string said) =>
        Assert.Contains(said, Assert.Throws<LeoException>(() => ComputeDevice.Find(name)).Message);

    [Fact]
    public void Find_DeviceThatIsNotThere_SaysSo()
    {
        if (cuda_is_available())
            return;
        Assert.Contains("cuda:3 was asked for, TorchSharp finds no CUDA device", Assert.Throws<LeoException>(() => ComputeDevice.Find("cuda:3")).Message);
        Assert.Equal(DeviceType.CPU, ComputeDevice.Find("auto").type);
    }

    [Fact]
    public void Settings_OfADeviceThatIsNone_AreRefused() =>
        Assert.Contains("Device", Assert.Throws<SettingsException>(() => new TrainingSettings { Device = "tpu" }.Validate()).Message);

    private static ImageAnimator Animator()
    {
        using var generator = Seeds.Generator(0, "animator");
        var animator = new ImageAnimator(new AnimatorSettings { Size = 32, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4, 4] }, generator);
        animator.eval();
        return animator;
    }
}
