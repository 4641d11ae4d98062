using System.Text;
using Leo.Cli;
using Leo.Fuzz.Mutation;
using Leo.Lab;
using Leo.Lab.Checkpoints;
using Leo.Lab.Motion;
using Leo.Lab.Training;

namespace Leo.Fuzz.Targets;

/// <summary>A run folder whose settings, metrics, request and checkpoints were changed by others.</summary>
internal sealed class RunFolderTarget : FuzzTarget
{
    private static readonly RunSettings Settings = new() { Kind = "motion", Training = new TrainingSettings(), Model = System.Text.Json.Nodes.JsonNode.Parse(Json.WriteLine(MotionSettings.Tiny))! };

    private static readonly string Metrics = Json.WriteLine(new TrainingMetrics { Step = 10, Seconds = 1, LearningRate = 1e-4, Skipped = 0, Scalars = new Dictionary<string, double> { ["loss"] = 1.5 } });

    public override string Name => "run-folder";

    public override int InputsInTests => 600; // each writes and flushes files

    public override void Make(FuzzRandom random, string folder)
    {
        string run = Path.Combine(folder, "run");
        Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
        File.WriteAllBytes(Path.Combine(run, "settings.json"), JsonMutation.Apply(random, Json.Write(Settings)));
        File.WriteAllBytes(Path.Combine(run, "request.json"), JsonMutation.Apply(random, """{"preset":"tiny","set":["a=1"],"steps":5,"minutes":1.5,"seed":0}"""));
        File.WriteAllBytes(Path.Combine(run, "metrics.jsonl"), [.. Encoding.UTF8.GetBytes(Metrics + "\n"), .. JsonMutation.Apply(random, Metrics), .. "\n{\"st"u8]);
        File.WriteAllBytes(Path.Combine(run, "skipped.jsonl"), [.. JsonMutation.Apply(random, """{"step":3,"phase":"p","what":"loss","value":"NaN","clips":["a"]}"""), .. "\n"u8]);
        File.WriteAllBytes(Path.Combine(run, "run.lock"), JsonMutation.Apply(random, """{"pid":1,"host":"x"}"""));
        foreach (string name in (string[])["step-10.safetensors", "step-99999999999999999999.safetensors", $"step-{random.Number()}.safetensors", "latest", random.Pick(Hostile.Words)])
        {
            if (random.Chance(0.4) && name.Length is > 0 and < 200 && name.IndexOfAny(['/', '\0']) < 0 && name is not ("." or ".."))
                File.WriteAllBytes(Path.Combine(run, "checkpoints", name), random.Bytes(random.Below(40)));
        }
    }

    public override void Read(string folder, string output)
    {
        string run = Path.Combine(folder, "run");
        Try(() => RunFolder.ReadMetrics(run));
        Try(() => RunFolder.ReadSkipped(run));
        Try(() => RunRequest.Read(run));
        Try(() => CheckpointSummary.Read(run));
        using var held = RunFolder.CreateOrResume(run);
        Try(() => held.Rewind(5));
        held.Begin(Settings);
    }
}
