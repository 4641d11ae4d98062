using System.Text.Json.Nodes;
using Leo.Kernel.Client;
using Leo.Kernel.Wire;
using Leo.Lab.Checkpoints;
using Leo.Lab.Training;

namespace Leo.Cli.Tests;

/// <summary>A training in a cell of a real kernel, stopped by the stop button.</summary>
public sealed class InterruptedCellTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-cell-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Training_InACellThatIsInterrupted_SavesTheRunAndEndsTheCell()
    {
        using var process = KernelProcess.Start(_folder);
        using var client = new KernelClient(process.Connection);
        client.WaitUntilReady(Long, () => !process.HasExited);
        List<WireMessage> heard = [];
        client.Published = heard.Add;

        string define = Send(client, Task);
        Assert.True(client.Wait(define, Long).Text("status") == "ok", Said(heard));
        string train = Send(client, """
            var run = RunFolder.Create("run");
            var settings = new TrainingSettings { Steps = 1_000_000_000, LearningRate = 1e-3 };
            var result = new TrainingLoop(new Slow(), settings, run, new Print()).Run(Notebook.Interrupted);
            run.Dispose();
            $"{result.Reason}"
            """);
        client.Listen(Long, () => Said(heard).Contains("step 5\n", StringComparison.Ordinal) || heard.Any(m => m.Type == "error"));
        client.Send("interrupt_request", [], control: true);
        var reply = client.Wait(train, Long);

        Assert.True(reply.Text("status") == "ok", Said(heard));
        Assert.Equal("Cancelled", (string?)heard.Single(m => m.Type == "execute_result" && m.ParentId == train).Content["data"]!["text/plain"]);
        using var resumed = RunFolder.Resume(Path.Combine(_folder, "run"));
        using var saved = SafetensorsFile.Open(Assert.Single(resumed.Checkpoints.NewestFirst()));
        Assert.Contains("model.weight", saved.Names);
        client.Shutdown();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    private static string Task => $$"""
        #r "{{typeof(Leo.Lab.LeoException).Assembly.Location}}"
        using Leo.Lab.Display; using Leo.Lab.Training; using TorchSharp; using static TorchSharp.torch;
        class Slow : TrainingTask
        {
            readonly TorchSharp.Modules.Linear _line = nn.Linear(2, 1);
            public Slow() => Phases = [new TrainingPhase("fit", optim.Adam(_line.parameters()), _ => _line.forward(ones(4, 2)).square().mean())];
            public override string Kind => "slow";
            public override string SettingsJson => "{}";
            public override nn.Module Model => _line;
            public override IReadOnlyList<TrainingPhase> Phases { get; }
        }
        class Print : ITrainingProgress
        {
            public void Begin(long step, TrainingSettings settings) { }
            public void Step(in TrainingTick tick) { if (tick.Step == 5) Console.WriteLine("step 5"); }
            public void Metrics(TrainingMetrics metrics) { }
            public void Note(string text) { }
            public void End(TrainingResult result) { }
        }
        """;

    private static string Send(KernelClient client, string code) => client.Send("execute_request", new JsonObject { ["code"] = code, ["silent"] = false });

    private static string Said(List<WireMessage> heard) => string.Concat(heard.Select(m => m.Text("text") + m.Text("evalue")));
}
