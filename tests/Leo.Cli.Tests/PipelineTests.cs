using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

/// <summary>The commands one after the other, on a network and data as small as they can be: that they fit together, not that they are good.</summary>
public sealed class PipelineTests : IDisposable
{
    private const string Small = "--set=animator.size=32 --set=animator.styleDim=8 --set=animator.motionDim=4 --set=animator.channels=[4,4,4,4] --set=batchSize=2";
    private const string Short = "--set=motion.length=8 --set=network.baseChannels=8 --set=network.channelMult=[1,2] --set=network.attentionRates=[] --set=network.normGroups=4 --set=batchSize=2 --set=validateEvery=0 --set=sampleEvery=0 --set=diffusion.steps=50";
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-pipeline-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FromPuppetsToSamples_EveryCommandTakesWhatTheOneBeforeMade()
    {
        Good($"data puppets --kind faces --out {At("data")} --train 2 --test 1 --videos 1 --frames 16 --size 32");
        Good($"train animator --data {At("data")} --run {At("animator")} --steps 2 {Small}");
        var resumed = Good($"train animator --data {At("data")} --run {At("animator")} --steps 3 --resume {Small} --json");
        Assert.Equal(3, (long)resumed["step"]!);
        Good($"extract --checkpoint {At("animator")} --data {At("data")} --out {At("codes.safetensors")}");
        Good($"train motion --data {At("codes.safetensors")} --run {At("motion")} --steps 2 {Short}");
        Good($"train start-code --data {At("codes.safetensors")} --run {At("start")} --steps 2 --set=batchSize=4 --set=width=8 --set=blocks=1 --set=validateEvery=0 --set=diffusion.steps=50");
        Good($"train transition --data {At("codes.safetensors")} --run {At("transition")} --steps 2 {Short.Replace("motion.length", "transition.length")}");
        Good($"train start-frame --data {At("data")} --animator {At("animator")} --run {At("start-frame")} --steps 2 --set=startFrame.size=32 {Short[Short.IndexOf("--set=network", StringComparison.Ordinal)..]}");
        Good($"export {At("motion")} --out {At("motion.safetensors")}");

        string source = Directory.GetFiles(At("data/test"), "*.mp4")[0];
        string sample = $"sample --animator {At("animator")} --motion {At("motion.safetensors")} --source {source} --frames 12 --count 2 --sampler ddim:5 --format safetensors";
        Good($"{sample} --seed 1 --out {At("s1")}");
        Good($"{sample} --seed 1 --out {At("s1-again")}");
        Good($"{sample} --seed 2 --out {At("s2")}");
        Good($"{sample} --start-code {At("start")} --out {At("free")}");
        Good($"{sample} --seed 1 --start-code {At("start")} --transition {At("transition")} --out {At("changing")}");

        Good($"{sample.Replace($"--source {source}", "")} --seed 1 --start-code {At("start")} --start-frame {At("start-frame")} --guidance 1.5 --out {At("nobody")}");
        using var scope = NewDisposeScope();
        var first = Codes("s1/sample-00.safetensors");
        Assert.Equal([12, 4], first.shape);
        Assert.True(first.equal(Codes("s1-again/sample-00.safetensors")).all().item<bool>());
        Assert.False(first.equal(Codes("s2/sample-00.safetensors")).all().item<bool>());
        Assert.False(first.equal(Codes("s1/sample-01.safetensors")).all().item<bool>());
        // α₁ is the source's own code, whatever the seed; drawn from p(α) it is another one.
        Assert.True(first[0].equal(Codes("s2/sample-01.safetensors")[0]).all().item<bool>());
        Assert.False(first[0].equal(Codes("free/sample-00.safetensors")[0]).all().item<bool>());
        // Drawn people start in the poses that the same seed draws for a given one.
        Assert.True(Codes("nobody/sample-01.safetensors").shape is [12, 4]);
        // With a transition the first sequence is as without, and what follows is not.
        var changing = Codes("changing/sample-00.safetensors");
        Assert.True(first.narrow(0, 0, 8).equal(changing.narrow(0, 0, 8)).all().item<bool>());
        Assert.False(first.narrow(0, 8, 4).equal(changing.narrow(0, 8, 4)).all().item<bool>());
    }

    [Fact]
    public void Animate_BareCheckpointAndTensors_GivesFramesCodesFlowAndMask()
    {
        string model = BareAnimator("bare.safetensors");
        Frames("source.safetensors", 1, seed: 1);
        Frames("driving.safetensors", 3, seed: 2);

        Good($"animate --checkpoint {model} --source {At("source.safetensors")} --driving {At("driving.safetensors")} --out {At("out.safetensors")}");

        using var file = SafetensorsFile.Open(At("out.safetensors"));
        Assert.Equal([3, 3, 16, 16], file.Shape("frames"));
        Assert.Equal([3, 4], file.Shape("codes"));
        Assert.Equal([3, 2, 16, 16], file.Shape("flow"));
        Assert.Equal([3, 1, 16, 16], file.Shape("mask"));
    }

    [Fact]
    public void Animate_Relative_StartsWithTheSourcesOwnCode()
    {
        string model = BareAnimator("bare.safetensors");
        Frames("source.safetensors", 1, seed: 1);
        Frames("driving.safetensors", 3, seed: 2);
        string pair = $"animate --checkpoint {model} --source {At("source.safetensors")}";

        Good($"{pair} --driving {At("driving.safetensors")} --relative --out {At("relative.safetensors")}");
        Good($"{pair} --driving {At("source.safetensors")} --out {At("self.safetensors")}");

        using var scope = NewDisposeScope();
        Assert.True((Tensor("relative.safetensors", "frames")[0] - Tensor("self.safetensors", "frames")[0]).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Animate_WithoutDriving_GivesOneFrameWithoutCodes()
    {
        string model = BareAnimator("bare.safetensors");
        Frames("source.safetensors", 1, seed: 1);

        var json = Good($"animate --checkpoint {model} --source {At("source.safetensors")} --out {At("still.safetensors")} --json");

        Assert.Equal(1, (long)json["frames"]!);
        using var file = SafetensorsFile.Open(At("still.safetensors"));
        Assert.False(file.Contains("codes"));
    }

    [Fact]
    public void Animate_ToAVideo_WritesItAndTheFlow()
    {
        string model = BareAnimator("bare.safetensors");
        Frames("driving.safetensors", 4, seed: 2);

        Good($"animate --checkpoint {model} --source {At("driving.safetensors")} --driving {At("driving.safetensors")} --out {At("out.mp4")} --flow {At("flow.gif")}");

        Assert.Equal(4, (int)Good($"inspect {At("out.mp4")} --json")["frame_count"]!);
        Assert.True(File.Exists(At("flow.gif")));
    }

    [Fact]
    public void Animate_FramesOfAnotherSize_IsOneLineThatNamesTheFile()
    {
        string model = BareAnimator("bare.safetensors");
        using (var scope = NewDisposeScope())
            Safetensors.Write(At("large.safetensors"), new Dictionary<string, Tensor> { ["frames"] = zeros(1, 3, 32, 32) });

        var (code, _, error) = Commandline.Run("animate", "--checkpoint", model, "--source", At("large.safetensors"), "--out", At("out.mp4"));

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("large.safetensors", Assert.Single(Commandline.Lines(error)));
    }

    [Fact]
    public void Train_IntoAFolderThatHoldsARun_IsRefusedWithoutResume()
    {
        Good($"data puppets --kind faces --out {At("data")} --train 1 --test 1 --videos 1 --frames 4 --size 32");
        Good($"train animator --data {At("data")} --run {At("run")} --steps 1 {Small}");

        var (code, _, error) = Commandline.Run($"train animator --data {At("data")} --run {At("run")} --steps 1 {Small}".Split(' '));

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("the folder holds a run already", error);
    }

    [Fact]
    public void TrainPerceptual_ThenAnimatorWithIt_SaysWhatTheTermIs()
    {
        Good($"train perceptual --run {At("perceptual")} --steps 2 --set=channels=[4,4] --set=people=2 --set=heldOutPeople=2 --set=pictures=1 --set=size=32 --set=batchSize=2");
        Good($"export {At("perceptual")} --out {At("perceptual.safetensors")} --half");
        Good($"data puppets --kind faces --out {At("data")} --train 1 --test 1 --videos 1 --frames 4 --size 32");
        string train = $"train animator --data {At("data")} --steps 1 {Small}";

        var (code, _, error) = Commandline.Run($"{train} --run {At("with")} --perceptual {At("perceptual.safetensors")}".Split(' '));
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("perceptual term: puppets at scales 1, 1/2, 1/4, 1/8; weight 0.1", error);

        (code, _, error) = Commandline.Run($"{train} --run {At("missing")} --vgg {At("no.pth")}".Split(' '));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("no.pth", Commandline.Lines(error)[^1]);

        (code, _, error) = Commandline.Run($"{train} --run {At("both")} --vgg a --perceptual puppets".Split(' '));
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--perceptual and --vgg", error);
    }

    [Fact]
    public void Inspect_Checkpoint_TellsKindSettingsAndTensors()
    {
        using (var animator = new ImageAnimator(Settings))
            animator.Save(At("animator.safetensors"), step: 12);

        var json = Good($"inspect {At("animator.safetensors")} --tensors --json");

        Assert.Equal("animator", (string)json["kind"]!);
        Assert.Equal(12, (long)json["step"]!);
        Assert.Contains(json["tensors"]!.AsArray(), t => (string)t!["name"]! == "dec.direction.weight");
    }

    private static AnimatorSettings Settings => new() { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] };

    private string At(string name) => Path.Combine(_folder, name);

    private Tensor Codes(string name) => Tensor(name, "codes");

    private Tensor Tensor(string file, string name)
    {
        using var open = SafetensorsFile.Open(At(file));
        return open.Read(name);
    }

    private void Frames(string name, int count, long seed)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(seed, "frames");
        Safetensors.Write(At(name), new Dictionary<string, Tensor> { ["frames"] = rand([count, 3, 16, 16], generator: generator) * 2 - 1 });
    }

    // Official names alone: neither kind nor settings.
    private string BareAnimator(string name)
    {
        using var generator = Seeds.Generator(0, "bare");
        using var animator = new ImageAnimator(Settings, generator);
        Safetensors.Write(At(name), animator.state_dict());
        return At(name);
    }

    private static JsonNode Good(string line)
    {
        var (code, output, error) = Commandline.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(code == ExitCode.Success, $"leo {line}\n{error}");
        string last = Commandline.Lines(output)[^1];
        return last.StartsWith('{') ? JsonNode.Parse(last)! : new JsonObject();
    }
}
