using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Diffusion;
using Leo.Lab.Experiments;
using Leo.Lab.Media;
using Leo.Lab.Motion;
using Leo.Lab.StartFrames;
using Leo.Lab.Tests.Motion;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests;

/// <summary>The front door, on parts with random weights: 32 pixels, codes of four numbers, sequences of 16.</summary>
public sealed class LeoPipelineTests : IDisposable
{
    private const string Few = "ddim:4:1";
    private readonly ImageAnimator _animator = Animator(4);
    private readonly MotionModel _motion = MotionModelTests.Shaken(MotionModelTests.Narrow);
    private readonly StartCodeModel _startCodes = StartCodes();
    private readonly StartFrameModel _startFrames = StartFrames(32);
    private readonly TransitionModel _transition = new TransitionModel(
        new TransitionSettings { Length = 16, Dim = 4, Network = MotionModelTests.Narrow.Network }, new CodeNormalizer([0, 0, 0, 0], [1, 1, 1, 1]), 0).Shaken();

    private LeoPipeline Leo => new(_animator, _motion, _startCodes, _startFrames, _transition);

    public void Dispose()
    {
        _animator.Dispose();
        _motion.Dispose();
        _startCodes.Dispose();
        _startFrames.Dispose();
        _transition.Dispose();
    }

    [Theory]
    [InlineData("faces")]
    [InlineData("bodies")]
    public void Load_Shipped_HasAllParts(string name)
    {
        using var leo = LeoPipeline.Load(name);
        Assert.True(leo is { Motion: not null, StartCodes: not null, StartFrames: not null, Transition: not null, Size: 64 });
        using var scope = NewDisposeScope();
        var video = leo.Sample(rand(3, 64, 64) * 2 - 1, frames: 2, sampler: "ddim:2").Single();
        Assert.Equal([2, 3, 64, 64], video.Frames.shape);
    }

    [Fact]
    public void Frames_From0To1_CarryANoteInWhatIsMadeOfThem()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Tensor right = rand(2, 3, 32, 32) * 2 - 1, wrong = rand(2, 3, 32, 32);
        Safetensors.Write(folder["wrong.safetensors"], new Dictionary<string, Tensor> { ["frames"] = wrong });
        using var leo = Leo;

        Assert.Empty(leo.Animate(right[0], right).Notes);
        Assert.Contains("rescale them: frames * 2 - 1", Assert.Single(leo.Animate(wrong[0], right).Notes), StringComparison.Ordinal);
        Assert.Single(leo.Animate(right[0], wrong).Notes);
        Assert.StartsWith(folder["wrong.safetensors"], Assert.Single(leo.Sample(folder["wrong.safetensors"], frames: 2, sampler: Few)[0].Notes), StringComparison.Ordinal);
        Assert.Single(leo.Edit(wrong, still => still).Edited.Notes);
        Assert.Single(leo.Edit(right, (FrameInput)wrong[0]).Edited.Notes);
        Assert.Contains("value / 127.5 - 1", Assert.Throws<ArgumentException>(() => leo.Animate((wrong * 255)[0], right)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Folder_TakesEachFileForWhatItSaysItIs()
    {
        using var folder = new TempFolder();
        _animator.Save(folder["who.safetensors"]);
        _motion.Save(folder["how.safetensors"]);
        using (var leo = LeoPipeline.Load(folder.Path))
            Assert.True(leo is { Motion: not null, StartCodes: null, StartFrames: null, Transition: null, Size: 32 });

        _motion.Save(folder["other.safetensors"]);
        var twice = Assert.Throws<LeoException>(() => LeoPipeline.Load(folder.Path));
        Assert.Contains("two parts of kind motion: how.safetensors and other.safetensors", twice.Message);
        Assert.Contains("animator-nobody-tiny.safetensors", Assert.ThrowsAny<LeoException>(() => LeoPipeline.Load("nobody")).Message);
    }

    [Fact]
    public void CheckParts_CodesOrFramesOfAnotherLength_NamesThePart()
    {
        using var other = Animator(3);
        using var larger = StartFrames(64);
        Assert.Contains("the motion model: its codes have 4 numbers, those of the animator 3", Assert.Throws<LeoException>(() => new LeoPipeline(other, _motion)).Message);
        Assert.Contains("the model of starting codes: its codes have 4", Assert.Throws<LeoException>(() => new LeoPipeline(other, startCodes: _startCodes)).Message);
        Assert.Contains("the Transition DM: its codes have 4", Assert.Throws<LeoException>(() => new LeoPipeline(other, transition: _transition)).Message);
        Assert.Contains("draws frames of 64×64, the animator takes 32×32", Assert.Throws<LeoException>(() => new LeoPipeline(_animator, startFrames: larger)).Message);

        using var folder = new TempFolder();
        other.Save(folder["animator.safetensors"]);
        _motion.Save(folder["motion.safetensors"]);
        Assert.Contains("motion.safetensors: its codes have 4 numbers, those of", Assert.Throws<LeoException>(() => LeoPipeline.Load(folder.Path)).Message);
    }

    [Fact]
    public void MissingPart_SaysWhichAndHowToGiveIt()
    {
        var bare = new LeoPipeline(_animator);
        var moving = new LeoPipeline(_animator, _motion);
        using var scope = NewDisposeScope();
        var picture = Noise(1);
        var error = Assert.Throws<MissingPartException>(() => bare.Sample(picture));
        Assert.Equal("Motion", error.Part);
        Assert.Contains("takes a motion model, and none is loaded. Give one to LeoPipeline.Load: new LeoParts(animator) { Motion = file }; `leo train clmdm` makes one.", error.Message);
        Assert.Equal("Motion", Assert.Throws<MissingPartException>(() => bare.SampleTo("never.mp4", picture, 8)).Part);
        Assert.Equal("StartFrames", Assert.Throws<MissingPartException>(() => moving.SampleNobody()).Part);
        Assert.Equal("StartCodes", Assert.Throws<MissingPartException>(() => moving.Sample(picture, new SampleRequest { Count = 1, DrawFirst = true })).Part);
        Assert.Equal("Transition", Assert.Throws<MissingPartException>(() => moving.Sample(picture, new SampleRequest { Count = 1, TransitionEvery = 1 })).Part);
        Assert.False(File.Exists("never.mp4"));
    }

    [Fact]
    public void Animate_AllWays_MakeTheSameFrames()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        Tensor source = Noise(1), driving = Noise(2, 35);
        FrameSink.Save(folder["source.safetensors"], source, 25);
        FrameSink.Save(folder["driving.safetensors"], driving, 12);
        foreach (var mode in Enum.GetValues<AnimationMode>())
        {
            var made = Leo.Animate(source, driving, mode);
            var read = Leo.Animate(folder["source.safetensors"], folder["driving.safetensors"], mode);
            // One loop renders everything: not a bit differs.
            var inside = Leo.AnimateInside(source, driving, mode);
            Assert.Equal(made.Frames.bytes.ToArray(), read.Frames.bytes.ToArray());
            Assert.Equal(made.Frames.bytes.ToArray(), inside.Frames.bytes.ToArray());
            Assert.Equal(made.Flow.bytes.ToArray(), inside.Finest.Flow.bytes.ToArray());
            Assert.Equal((25, 12), (made.FramesPerSecond, read.ToVideo().FramesPerSecond));
        }
        Assert.Equal(Leo.Animate(source, driving).Codes.bytes.ToArray(), Leo.Encode(driving).bytes.ToArray());
        Assert.Equal([1, 3, 32, 32], Leo.AnimateInside(source, null).Frames.shape);
    }

    [Fact]
    public void Edit_MovesTheEditedFrameByTheOriginalsCodes()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var video = Noise(2, 5);
        var made = Leo.Edit(video, StillEdits.Poster);
        var still = StillEdits.Poster(video.narrow(0, 0, 1));
        Assert.Equal(Leo.Animate(still, video).Frames.bytes.ToArray(), made.Edited.Frames.bytes.ToArray());
        Assert.Equal(made.Edited.Frames.bytes.ToArray(), Leo.Edit(video, still).Edited.Frames.bytes.ToArray());
        Assert.Equal(video.bytes.ToArray(), made.Original.bytes.ToArray());
        made.Save(folder["edited.mp4"]);
        Assert.Equal(5, VideoReader.Probe(folder["edited.mp4"]).FrameCount);
    }

    [Fact]
    public void Sample_SeveralPictures_StartsEachInItsOwnPoseAndKeepsSeeds()
    {
        using var scope = NewDisposeScope();
        var pictures = Noise(3, 3);
        var videos = Leo.Sample(pictures, frames: 20, seed: 5, sampler: Few);
        Assert.Equal(3, videos.Count);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal([20, 3, 32, 32], videos[k].Frames.shape);
            Assert.True(videos[k].Codes[0].allclose(Leo.Encode(pictures[k])[0], 1e-4, 1e-4));
        }
        // Large sets are made in parts: the last two of them are the last two of three.
        var part = Leo.Sample(pictures.narrow(0, 1, 2), new SampleRequest { First = 1, Count = 2, Frames = 20, Seed = 5, Sampler = SamplerSpec.Parse(Few) });
        Assert.True(part[1].Frames.allclose(videos[2].Frames, 1e-3, 1e-3));
        Assert.Throws<ArgumentException>(() => Leo.Sample(pictures, count: 2));
    }

    [Fact]
    public void SampleNobody_StartsInTheVeryCodeThatItsPictureWasDrawnFor()
    {
        using var scope = NewDisposeScope();
        var request = new SampleRequest { Count = 2, Frames = 20, Seed = 4, Sampler = SamplerSpec.Parse(Few) };
        int calls = 0;
        using var hook = Count(() => calls++);
        var start = Leo.StartFromNobody(request);
        Assert.Equal(4, calls);                                    // p(α) once: its four steps
        Assert.Equal(_startCodes.Sample(request.Seeds, request.Sampler).bytes.ToArray(), start.FirstCodes.bytes.ToArray());
        Assert.Equal(_startFrames.Sample(start.FirstCodes, request.Seeds, request.Sampler).bytes.ToArray(), start.Pictures.bytes.ToArray());

        var videos = Leo.SampleNobody(frames: 20, count: 2, seed: 4, sampler: Few);
        Assert.Equal(start.FirstCodes[1].bytes.ToArray(), videos[1].Codes[0].bytes.ToArray());
        Assert.Equal(Leo.Render(start.Picture(1), videos[1].Codes).Frames.bytes.ToArray(), videos[1].Frames.bytes.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void SampleTo_AnyLength_WritesTheFramesOfSample(int frames)
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var picture = Noise(6);
        Leo.SampleTo(folder["streamed/%05d.png"], picture, frames, seed: 7, sampler: Few);
        var request = new SampleRequest { Count = 1, Frames = frames, Seed = 7, Sampler = SamplerSpec.Parse(Few), TransitionEvery = 1 };
        Leo.SampleTo(folder["changing/%05d.png"], picture, request);

        Assert.Equal(Leo.Sample(picture, frames, seed: 7, sampler: Few)[0].ToVideo().Rgb, Read("streamed"));
        Assert.Equal(Leo.Sample(picture, request)[0].ToVideo().Rgb, Read("changing"));

        byte[] Read(string name) => VideoReader.Read(folder[name]).Rgb;
    }

    [Fact]
    public void SampleTo_TenThousandFrames_KeepsNoneOfThem()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(new AnimatorSettings { Size = 8, StyleDim = 4, MotionDim = 4, Channels = [2, 2] });
        var leo = new LeoPipeline(animator, _motion);
        var picture = zeros(1, 3, 8, 8);
        var live = new List<long>();
        leo.SampleTo(folder["long.mp4"], picture, new SampleRequest { Count = 1, Frames = 10_000, Sampler = SamplerSpec.Parse("ddim:1") }, progress: (done, _) => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));

        Assert.Equal(10_000, VideoReader.Probe(folder["long.mp4"]).FrameCount);
        Assert.Equal(625, live.Count);
        // A sequence of 15 new codes is under way in most passes of 16 frames, and never two.
        Assert.True(live.Skip(10).Max() <= live.Take(10).Max(), $"{live[0]} tensors at first, {live.Take(10).Max()} in the first ten passes, {live.Max()} at most");
    }

    [Fact]
    public void SampleTo_StoppedOnTheWay_LeavesNoFile()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var request = new SampleRequest { Count = 1, Frames = 64, Sampler = SamplerSpec.Parse(Few) };
        Assert.Throws<OperationCanceledException>(() => Leo.SampleTo(folder["stopped.mp4"], Noise(6), request, progress: (done, _) => throw new OperationCanceledException()));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.Throws<ArgumentException>(() => Leo.SampleTo(folder["two.mp4"], Noise(6), request with { Count = 2 }));
    }

    [Fact]
    public void FrameInput_InMemory_MustBeOfTheModelsSizeAndRange()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("expected [T, 3, 32, 32]", Assert.Throws<ArgumentException>(() => Leo.Encode(zeros(1, 3, 16, 16))).Message);
        Assert.Contains("floats in [-1, 1]", Assert.Throws<ArgumentException>(() => Leo.Encode(full(new long[] { 3, 32, 32 }, 255f))).Message);
        var frames = Noise(1, 2);
        Assert.Equal([2, 4], Leo.Encode(FrameTensors.ToVideo(frames, 25)).shape);
        Assert.Equal([1, 4], Leo.Encode(FrameTensors.ToImage(frames[0])).shape);
        Assert.Equal([2, 3, 32, 32], frames.shape);
    }

    [Fact]
    public void SubjectEvaluation_DrawsEachFirstCodeOnce()
    {
        using var folder = new TempFolder();
        PuppetStudio.Write(folder["data"], new PuppetOptions { Kind = PuppetKind.Faces, TrainIdentities = 2, TestIdentities = 2, VideosPerIdentity = 1, Frames = 20, Size = 32 });
        using var data = SubjectData.Open("faces", folder["data"], 32, folder["cache"]);
        var leo = new LeoPipeline(_animator, _motion, _startCodes, _startFrames);
        var options = new EndToEndOptions { SampleCount = 2, SampleFrames = 16, LongFrames = 20, Sampler = SamplerSpec.Parse(Few) };
        int calls = 0;
        using var hook = Count(() => calls++);

        var evaluation = new SubjectEvaluation(data, leo, options, new Silent(), default);
        evaluation.Run();

        // Four steps for given people whose pose is drawn, four for people who are drawn too.
        Assert.Equal(8, calls);
        Assert.Equal((2, 2, 2), (evaluation.Exhibits.Samples.Count, evaluation.Exhibits.FreeSamples.Count, evaluation.Exhibits.Nobody.Count));
    }

    private IDisposable Count(Action called)
    {
        var hook = _startCodes.Network.register_forward_hook((module, x, t, y) =>
        {
            called();
            return y;
        });
        return new Removing(hook.remove);
    }

    private static ImageAnimator Animator(int motionDim)
    {
        using var generator = Seeds.Generator(0, "pipeline");
        var animator = new ImageAnimator(new AnimatorSettings { Size = 32, StyleDim = 8, MotionDim = motionDim, Channels = [4, 4, 4, 4] }, generator);
        animator.eval();
        return animator;
    }

    private static StartCodeModel StartCodes() =>
        new StartCodeModel(new StartCodeSettings { Dim = 4, Width = 8, Blocks = 1 }, new CodeNormalizer([0, 0, 0, 0], [1, 1, 1, 1]), 0).Shaken();

    private static StartFrameModel StartFrames(int size) => new StartFrameModel(
        new StartFrameSettings { Size = size, Dim = 4, Network = new() { BaseChannels = 8, ChannelMult = [1, 2], AttentionRates = [], NormGroups = 4 } }, new CodeNormalizer([0, 0, 0, 0], [1, 1, 1, 1]), 0).Shaken();

    private static Tensor Noise(long seed, long count = 1)
    {
        using var generator = Seeds.Generator(seed, "pipeline.frames");
        return rand([count, 3, 32, 32], generator: generator) * 2 - 1;
    }

    private sealed class Removing(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }

    private sealed class Silent : IWorkProgress
    {
        public void Say(string line)
        {
        }

        public void Track(string title, string unit, Action<Action<long, long>> work) => work((_, _) => { });

        public void Train(string title, Action<ITrainingProgress> work) => throw new InvalidOperationException(title);
    }
}
