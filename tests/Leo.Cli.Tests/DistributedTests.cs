using System.Diagnostics;
using System.Globalization;
using Leo.Lab.Training;
using Leo.Reliability;

namespace Leo.Cli.Tests;

/// <summary>The real program in several processes under the system's own <c>mpirun</c>.</summary>
public sealed class DistributedTests(DistributedTests.Trial trial) : IClassFixture<DistributedTests.Trial>
{
    private const int Steps = 50;
    private const string Few = "--seed 3 --set=batchSize=8 --set=logEvery=1 --set=checkpointEvery=10 --set=validateEvery=0 --set=sampleEvery=0";

    public sealed class Trial : IDisposable
    {
        private readonly Lazy<string> _data, _animator, _codes, _motion;

        public Trial()
        {
            _data = new(() =>
            {
                LeoProcess.Complete($"data puppets --kind faces --out {At("data")} --train 4 --test 2 --videos 1 --frames 16 --size 32");
                return At("data");
            });
            _animator = new(() => Trained("animator"));
            _codes = new(() =>
            {
                LeoProcess.Complete($"extract --checkpoint {_animator!.Value} --data {_data.Value} --out {At("codes")}");
                return At("codes");
            });
            _motion = new(() => Trained("clmdm"));
        }

        internal string Folder { get; } = Directory.CreateTempSubdirectory("leo-mpi-").FullName;

        internal string Data => _data.Value;

        internal string Codes => _codes.Value;

        /// <summary>The run that one process made.</summary>
        internal string Whole(string model) => model == "animator" ? _animator.Value : _motion.Value;

        internal string At(string name) => Path.Combine(Folder, name);

        // Batches of 8 are two groups for the discriminator; 30 diffusion steps, so that their losses decide which are drawn before the run ends.
        internal string Line(string model) => model == "animator"
            ? $"train animator --data {Data} {Few} --set=animator.size=16 --set=animator.styleDim=8 --set=animator.motionDim=4 --set=animator.channels=[4,4,4] --set=adversarialWeight=0.1 --set=adversarialStart=5 --set=r1Weight=1 --set=r1Every=4"
            : $"train clmdm --data {Codes} {Few} --set=network.baseChannels=8 --set=network.channelMult=[1,2] --set=network.attentionRates=[] --set=network.normGroups=4 --set=motion.length=8 --set=startShift=0.5 --set=training.schedule=constant --set=diffusion.steps=30 --set=diffusion.stepSampling=lossSecondMoment";

        public void Dispose() => Directory.Delete(Folder, recursive: true);

        private string Trained(string model)
        {
            LeoProcess.Complete($"{Line(model)} --steps {Steps} --run {At(model)}");
            return At(model);
        }
    }

    [MpiTheory]
    [InlineData("animator")]
    [InlineData("clmdm")]
    public void Losses_OfTwoProcesses_AreThoseOfOne(string model)
    {
        MpiProcesses.Complete(2, $"{trial.Line(model)} --steps {Steps} --run {trial.At(model + "-2")}");
        RequireSameLosses(model, model + "-2");
    }

    [MpiFact]
    public void Run_GoneOnWithByOtherNumbersOfProcesses_HasTheSameLosses()
    {
        string line = $"{trial.Line("clmdm")} --run {trial.At("resumed")} --resume";
        MpiProcesses.Complete(2, $"{line} --steps 13");
        MpiProcesses.Complete(4, $"{line} --steps 26");
        LeoProcess.Complete($"{line} --steps {Steps}");
        RequireSameLosses("clmdm", "resumed");
    }

    [MpiTheory]
    [InlineData(LeoProcess.Kill)]
    [InlineData(LeoProcess.Interrupt)]
    public void Run_ThatIsKilledOrInterrupted_EndsAtOnceAndGoesOn(int signal)
    {
        string run = $"signal-{signal}", line = $"{trial.Line("clmdm")} --run {trial.At(run)} --resume --steps {Steps}";
        var (code, output, error) = MpiProcesses.Run(2, line, meanwhile: mpirun =>
        {
            while (!mpirun.HasExited && RunFolder.ReadMetrics(trial.At(run)).Count < 12)
                Thread.Sleep(2);
            using var victim = signal == LeoProcess.Kill ? Process.GetProcessById(MpiProcesses.ProcessOf(mpirun, 1)) : null;
            LeoProcess.Signal(victim ?? mpirun, signal);
        });
        Assert.NotEqual(0, code);
        Assert.InRange(RunFolder.ReadMetrics(trial.At(run)).Count, 12, Steps - 1);
        if (signal == LeoProcess.Kill)
            Assert.Matches($"process rank 1 with PID .* on node {Environment.MachineName} exited on signal 9", output + error);
        LeoProcess.Complete(line);
        RequireSameLosses("clmdm", run);
    }

    [MpiFact]
    public void FullDisk_IsSaidByTheFirstProcess_AndTheRunGoesOnWhenThereIsRoom()
    {
        string line = $"{trial.Line("clmdm")} --run {trial.At("full")} --resume --steps {Steps}";
        var (code, output, error) = MpiProcesses.Run(2, line, FaultyDisk.Full(trial.Folder, 150_000));
        Assert.NotEqual(0, code);
        string said = Assert.Single(Commandline.Lines(output + error), l => l.StartsWith("error: ", StringComparison.Ordinal));
        Assert.StartsWith($"error: rank 0 on {Environment.MachineName}: ", said, StringComparison.Ordinal);
        Assert.Contains("the disk is full", said, StringComparison.Ordinal);
        MpiProcesses.Complete(2, line);
        RequireSameLosses("clmdm", "full");
    }

    [MpiTheory]
    [InlineData("animator", "a batch of 8 cannot be divided over 4 processes, as 4 examples each are looked at together")]
    [InlineData("clmdm", "no MPI library can be loaded (tried /none.so)")]
    public void Start_ThatCannotBe_IsRefusedInOneLine(string model, string why)
    {
        var nowhere = why.Contains("none.so", StringComparison.Ordinal) ? new Dictionary<string, string> { ["LEO_MPI"] = "/none.so" } : null;
        var (code, output, error) = MpiProcesses.Run(4, $"{trial.Line(model)} --run {trial.At("refused")}", nowhere);
        Assert.NotEqual(0, code);
        string said = Assert.Single(Commandline.Lines(output + error), l => l.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.False(RunFolder.Exists(trial.At("refused")));
    }

    // With --threads, for mpirun may leave a process fewer cores, and sums are then made in another order.
    [MpiFact]
    public void Metrics_OfTwoProcesses_AreThoseOfOneToTheLastDigit()
    {
        string evaluate = $"evaluate --real {trial.Data}/train --fake {trial.Data}/test --metrics fvd,kvd,acd --extractor puppet-i3d --content palette --frames 10 --clips 1 --samples 2 --trials 2 --threads 1 --json";
        var (code, one, error) = LeoProcess.Run(evaluate);
        Assert.True(code == 0, error);
        Assert.Equal(one.Trim(), MpiProcesses.Complete(2, evaluate).Trim());
    }

    [MpiTheory]
    [InlineData("features --extractor palette --videos {data} --frames 4 --clips 2 --threads 1 --out {out}")]
    [InlineData("extract --checkpoint {animator} --data {data} --part all --threads 1 --out {out}")]
    [InlineData("sample --animator {animator} --motion {motion} --source {person} --count 3 --frames 12 --format safetensors --threads 1 --out {out}")]
    public void Files_OfTwoProcesses_AreThoseOfOne(string line)
    {
        string name = line.Split(' ')[0];
        LeoProcess.Complete(Filled(line, name + "-1"));
        MpiProcesses.Complete(2, Filled(line, name + "-2"));
        string[] files = Directory.Exists(trial.At(name + "-1")) ? [.. Directory.EnumerateFiles(trial.At(name + "-1")).Select(Path.GetFileName).Order()!] : [""];
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(trial.At(name + "-1"), file)), File.ReadAllBytes(Path.Combine(trial.At(name + "-2"), file))));
        Assert.False(Directory.Exists(trial.At(name + "-2.parts")));
    }

    private string Filled(string line, string output) => line
        .Replace("{data}", trial.Data, StringComparison.Ordinal)
        .Replace("{animator}", trial.Whole("animator"), StringComparison.Ordinal)
        .Replace("{motion}", line.Contains("{motion}", StringComparison.Ordinal) ? trial.Whole("clmdm") : "", StringComparison.Ordinal)
        .Replace("{person}", line.Contains("{person}", StringComparison.Ordinal) ? Directory.EnumerateFiles(Path.Combine(trial.Data, "test"), "*.mp4").Order().First() : "", StringComparison.Ordinal)
        .Replace("{out}", trial.At(output), StringComparison.Ordinal);

    // Sums of floats in another order differ in their last digits. The norm of a gradient is no loss: where images of a group are nearly alike, the root in the
    // minibatch standard deviation magnifies them there, so the data have to vary enough for the losses to stay together.
    private void RequireSameLosses(string model, string run)
    {
        var (one, several) = (RunFolder.ReadMetrics(trial.Whole(model)), RunFolder.ReadMetrics(trial.At(run)));
        Assert.Equal(Enumerable.Range(1, Steps).Select(s => (long)s), several.Select(m => m.Step));
        foreach (var (a, b) in one.Zip(several))
        {
            Assert.Equal(a.Scalars.Keys.Order(), b.Scalars.Keys.Order());
            foreach (var (name, value) in a.Scalars.Where(s => !s.Key.StartsWith("gradNorm.", StringComparison.Ordinal)))
                Assert.True(Math.Abs(value - b.Scalars[name]) <= 1e-5 * Math.Max(1, Math.Abs(value)), string.Create(CultureInfo.InvariantCulture, $"step {a.Step}, {name}: {value} and {b.Scalars[name]}"));
        }
    }
}
