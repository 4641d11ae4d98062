using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Animation of one source by 16 driving frames, at 256×256 and LIA's official widths, with random weights.</summary>
internal sealed class RenderWork : IDisposable
{
    internal const string Name = "render";
    private const int Frames = 16;

    private readonly ImageAnimator animator;
    private readonly FixedPairs frames;
    private readonly int threads;

    private RenderWork(ImageAnimator animator, int threads) =>
        (this.animator, this.threads, frames) = (animator, threads, new FixedPairs(Frames, animator.Settings.Size));

    internal static RenderWork Create(int threads)
    {
        using var generator = Seeds.Generator(Work.Seed, "bench.render");
        var animator = new ImageAnimator(AnimatorSettings.Paper, generator);
        animator.eval();
        return new RenderWork(animator, threads);
    }

    internal void Export(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["source"] = frames.Source.narrow(0, 0, 1), ["driving"] = frames.Driving };
        foreach (var (name, value) in animator.state_dict()) tensors["model." + name] = value;
        var settings = new JsonObject
        {
            ["animator"] = JsonNode.Parse(Json.WriteLine(animator.Settings)),
            ["training"] = new JsonObject { ["threads"] = threads },
        };
        Safetensors.Write(path, tensors, new Dictionary<string, string> { ["settings"] = settings.ToJsonString() });
    }

    /// <summary>Renders as often as each line on stdin says; tells mean and norm of the frames where training tells losses.</summary>
    internal void Serve()
    {
        set_num_threads(threads);
        var pipeline = new AnimationPipeline(animator);
        Console.WriteLine("{}");
        while (Console.ReadLine() is { } line)
        {
            List<double> took = [], means = [], norms = [];
            var before = Environment.CpuUsage.TotalTime;
            for (int left = int.Parse(line, CultureInfo.InvariantCulture); left > 0; left--)
            {
                long start = Stopwatch.GetTimestamp();
                using var scope = NewDisposeScope();
                using var source = frames.Source.narrow(0, 0, 1);
                var image = pipeline.Animate(source, frames.Driving).Frames;
                took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                means.Add(image.abs().mean().item<float>());
                norms.Add(image.norm().item<float>());
            }
            double used = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            Console.WriteLine(Json.WriteLine(new StepReply([.. took], [.. means], [.. norms], used, Machine.PeakKilobytes())));
        }
    }

    public void Dispose()
    {
        animator.Dispose();
        frames.Dispose();
    }
}
