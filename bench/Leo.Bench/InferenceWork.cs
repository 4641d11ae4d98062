using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Work without training: something made from random weights, the same at every step.</summary>
internal abstract class InferenceWork(int threads) : IDisposable
{
    /// <summary>The inference work of this name, or null where it names a training.</summary>
    internal static InferenceWork? Create(string name, int threads, Precision precision = Precision.Float32) =>
        name == RenderWork.Name ? RenderWork.Create(threads, precision)
        : name == I3dWork.Name ? I3dWork.Create(threads)
        : SamplingWork.Names.Contains(name) ? SamplingWork.Named(name, threads)
        : DistanceWork.Names.Contains(name) ? DistanceWork.Named(name, threads)
        : null;

    /// <summary>What the check compares, in words.</summary>
    internal abstract string What { get; }

    /// <summary>All settings but the threads, as Python reads them.</summary>
    private protected abstract JsonObject Settings();

    /// <summary>Data and, under <c>model.</c>, weights, by the names that Python knows.</summary>
    private protected abstract Dictionary<string, Tensor> Tensors();

    /// <summary>Makes it once, [N, …].</summary>
    private protected abstract Tensor Make();

    /// <summary>Writes what another program needs to do the same.</summary>
    internal void Export(string path)
    {
        using var scope = NewDisposeScope();
        var settings = Settings();
        settings["training"] = new JsonObject { ["threads"] = threads };
        Safetensors.Write(path, Tensors(), new Dictionary<string, string> { ["settings"] = settings.ToJsonString() });
    }

    /// <summary>Works as often as each line on stdin says; tells mean and norm of the result where training tells losses.</summary>
    internal void Serve()
    {
        set_num_threads(threads);
        Console.WriteLine("{}");
        while (Console.ReadLine() is { } line)
        {
            List<double> took = [], means = [], norms = [];
            var before = Environment.CpuUsage.TotalTime;
            for (int left = int.Parse(line, CultureInfo.InvariantCulture); left > 0; left--)
            {
                long start = Stopwatch.GetTimestamp();
                using var scope = NewDisposeScope();
                var made = Make();
                took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                means.Add(made.abs().mean().item<float>());
                norms.Add(made.norm().item<float>());
            }
            double used = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            Console.WriteLine(Json.WriteLine(new StepReply([.. took], [.. means], [.. norms], used, Machine.PeakKilobytes())));
        }
    }

    public abstract void Dispose();
}
