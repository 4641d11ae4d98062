using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Leo.Lab.Checkpoints;
using Leo.Lab.Motion;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Reliability;

/// <summary>A small training of a real model by the real program, to be disturbed and compared with itself left alone.</summary>
internal sealed class TrainingTrial : IDisposable
{
    public const int Steps = 24, CheckpointEvery = 3;

    private readonly string _train;
    private readonly Lazy<string> _undisturbed;

    public TrainingTrial(string model, int seed)
    {
        string small = $"--steps {Steps} --seed {seed} --set=batchSize=2 --set=checkpointEvery={CheckpointEvery} --set=logEvery=1 --set=validateEvery=0 --set=sampleEvery=0";
        if (model == "animator")
        {
            LeoProcess.Complete($"data puppets --kind faces --out {At("data")} --train 2 --test 1 --videos 1 --frames 8 --size 32");
            _train = $"train animator --data {At("data")} {small} --set=animator.size=16 --set=animator.styleDim=8 --set=animator.motionDim=4 --set=animator.channels=[4,4,4]"
                + " --set=adversarialWeight=0.1 --set=adversarialStart=5 --set=r1Weight=1 --set=r1Every=4";
        }
        else
        {
            var random = new Random(seed);
            new CodeSequences([.. Enumerable.Range(0, 3).Select(v => new CodeSequence($"{v}.mp4", 3, [.. Enumerable.Range(0, 3 * 20).Select(_ => random.NextSingle())]))], 25).Save(At("codes"));
            _train = $"train {model} --data {At("codes")} {small} --set=network.baseChannels=8 --set=network.channelMult=[1,2] --set=network.attentionRates=[] --set=network.normGroups=4"
                + " --set=motion.length=8 --set=diffusion.steps=50 --set=diffusion.stepSampling=lossSecondMoment --set=training.schedule=cosine --set=warmupSteps=5";
        }
        _undisturbed = new(() =>
        {
            LeoProcess.Complete($"{_train} --run {At("whole")}");
            return Result("whole");
        });
    }

    /// <summary>Where all of it is; nothing else is.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("leo-trial-").FullName;

    /// <summary>What the run left alone ended with.</summary>
    public string Undisturbed => _undisturbed.Value;

    public string At(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Trains, or goes on, until it ends by itself or is disturbed.</summary>
    public (int Code, string Out, string Error) Train(string run, IReadOnlyDictionary<string, string>? environment = null, Action<Process>? meanwhile = null) =>
        LeoProcess.Run($"{_train} --run {At(run)} --resume", environment, meanwhile);

    /// <summary>Trains until a step is in the log, waits a little, and sends a signal.</summary>
    public (int Code, string Out, string Error) Disturb(string run, int signal, int atStep, TimeSpan after) => Train(run, meanwhile: child =>
    {
        while (!child.HasExited && Lines(run) < atStep) Thread.Sleep(2);
        Thread.Sleep(after);
        LeoProcess.Signal(child, signal);
    });

    /// <summary>Goes on to the end.</summary>
    /// <returns>What it said.</returns>
    public string Complete(string run)
    {
        var (code, _, error) = Train(run);
        return code == 0 ? error : throw new InvalidOperationException($"{run} ended with {code}\n{error}");
    }

    /// <summary>All that a run ended with – every tensor, the counters, every line of metrics – but the times.</summary>
    public string Result(string run)
    {
        using var scope = NewDisposeScope();
        using var checkpoint = Checkpoint.Open(At(run));
        checkpoint.File.Verify();
        var tensors = checkpoint.File.Names.Order(StringComparer.Ordinal).Select(name => $"{name} {Convert.ToHexString(SHA256.HashData(checkpoint.File.Read(name).bytes))}");
        var lines = RunFolder.ReadMetrics(At(run)).Select(m => $"{m.Step} {m.LearningRate:R} {m.Skipped} {string.Join(' ', m.Scalars.Select(s => $"{s.Key}={s.Value:R}"))}");
        var loop = JsonNode.Parse(checkpoint.File.Metadata["loop"])!.AsObject();
        loop.Remove("seconds");
        return string.Join('\n', [$"step {checkpoint.Step}", loop.ToJsonString(), .. tensors, .. lines]);
    }

    /// <summary>The newest checkpoint file.</summary>
    public string Newest(string run) => new CheckpointFolder(Path.Combine(At(run), "checkpoints")).NewestFirst()[0];

    /// <summary>Damages a file as a power cut or a failing disk does.</summary>
    /// <returns>What was done, in words.</returns>
    public static string Damage(string file, Random random)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int at = random.Next(bytes.Length);
        switch (random.Next(3))
        {
            case 0:
                File.WriteAllBytes(file, bytes[..at]);
                return $"cut at byte {at} of {bytes.Length}";
            case 1:
                bytes.AsSpan(at).Clear();
                // Zeros over zeros are no damage.
                bytes[at] = (byte)(File.ReadAllBytes(file)[at] ^ 1);
                File.WriteAllBytes(file, bytes);
                return $"zeros from byte {at} of {bytes.Length}";
            default:
                int bit = random.Next(8);
                bytes[at] ^= (byte)(1 << bit);
                File.WriteAllBytes(file, bytes);
                return $"bit {bit} of byte {at} of {bytes.Length} flipped";
        }
    }

    private int Lines(string run)
    {
        string file = Path.Combine(At(run), "metrics.jsonl");
        try
        {
            return File.Exists(file) ? File.ReadLines(file).Count() : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
