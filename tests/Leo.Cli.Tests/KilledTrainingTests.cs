using System.Diagnostics;
using System.Text;
using Leo.Lab.Checkpoints;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Cli.Tests;

/// <summary>A training process that is really killed (SIGKILL), at steps drawn from a seed, and gone on with.</summary>
public sealed class KilledTrainingTests : IDisposable
{
    private const int Steps = 60, Killed = 128 + 9;
    private const string Tiny = "--set=animator.size=16 --set=animator.styleDim=8 --set=animator.motionDim=4 --set=animator.channels=[4,4,4] --set=batchSize=2 --set=checkpointEvery=3 --set=logEvery=1 --set=validateEvery=0 --set=sampleEvery=0";
    private const string WithDiscriminator = "--set=adversarialWeight=0.1 --set=adversarialStart=5 --set=r1Weight=1 --set=r1Every=4";
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", 1)]
    [InlineData(WithDiscriminator, 2)]
    public void Animator_KilledTwiceAndResumed_EndsWithTheBytesOfARunThatWasNot(string more, int seed)
    {
        Good($"data puppets --kind faces --out {At("data")} --train 2 --test 1 --videos 1 --frames 8 --size 32");
        string train = $"train animator --data {At("data")} --steps {Steps} --seed {seed} {Tiny} {more}";
        // Each in a process of its own: threads and the ambient generator are the process's, and other tests run in this one.
        Complete($"{train} --run {At("whole")}");
        var random = new Random(seed);
        for (int kill = 0; kill < 2; kill++)
            Kill($"{train} --run {At("killed")} --resume", atStep: random.Next(1, 20) + 20 * kill, after: TimeSpan.FromMilliseconds(random.Next(20)));
        Complete($"{train} --run {At("killed")} --resume");

        var (whole, killed) = (Tensors("whole"), Tensors("killed"));
        Assert.Equal(whole.Keys, killed.Keys);
        Assert.DoesNotContain(whole.Keys, name => whole[name] != killed[name]);
        Good($"export {At("whole")} --out {At("whole.safetensors")}");
        Good($"export {At("killed")} --out {At("killed.safetensors")}");
        Assert.Equal(File.ReadAllBytes(At("whole.safetensors")), File.ReadAllBytes(At("killed.safetensors")));
        Assert.Equal(Enumerable.Range(1, Steps).Select(s => (long)s), RunFolder.ReadMetrics(At("killed")).Select(m => m.Step));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Kill(string line, int atStep, TimeSpan after)
    {
        var (code, said) = Child(line, child =>
        {
            while (!child.HasExited && !RunFolder.ReadMetrics(At("killed")).Any(m => m.Step >= atStep)) Thread.Sleep(2);
            Thread.Sleep(after);
            child.Kill();
        });
        Assert.True(code == Killed, $"leo {line}\nended by itself with {code}\n{said}");
    }

    private static void Complete(string line)
    {
        var (code, said) = Child(line, _ => { });
        Assert.True(code == ExitCode.Success, $"leo {line}\n{said}");
    }

    private static (int Code, string Said) Child(string line, Action<Process> meanwhile)
    {
        var start = new ProcessStartInfo("dotnet", $"{Path.Combine(AppContext.BaseDirectory, "leo.dll")} {line}") { RedirectStandardOutput = true, RedirectStandardError = true };
        using var child = Process.Start(start)!;
        var said = new StringBuilder();
        child.ErrorDataReceived += (_, e) => said.AppendLine(e.Data);
        child.BeginErrorReadLine();
        child.BeginOutputReadLine();
        meanwhile(child);
        child.WaitForExit();
        return (child.ExitCode, said.ToString());
    }

    // Every tensor of the training checkpoint: weights, averages, both optimisers, generators. The header also holds the seconds.
    private SortedDictionary<string, string> Tensors(string run)
    {
        using var scope = NewDisposeScope();
        using var checkpoint = Checkpoint.Open(At(run));
        Assert.Equal(Steps, checkpoint.Step);
        var tensors = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in checkpoint.File.Names) tensors.Add(name, Convert.ToHexString(checkpoint.File.Read(name).bytes));
        return tensors;
    }

    private static void Good(string line)
    {
        var (code, _, error) = Commandline.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(code == ExitCode.Success, $"leo {line}\n{error}");
    }
}
