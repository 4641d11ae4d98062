using System.Diagnostics;
using System.Globalization;
using Leo.Lab;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Everything that is wanted of a GPU, in one command of at most eight minutes: is it right, how fast is it, does it learn as the CPU does.</summary>
internal static class GpuRun
{
    internal const string Name = "gpu", WorkerName = "gpu-worker";

    /// <summary>Measures, prints one table and writes it as JSON.</summary>
    /// <returns>Whether every number was within its tolerance.</returns>
    /// <exception cref="BenchException">There is no such device.</exception>
    internal static bool Run(BenchOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        string device = options.Device ?? "cuda";
        if (device != "cpu" && !device.StartsWith("cuda", StringComparison.Ordinal))
            throw new BenchException($"--device {device} is none of cuda, cuda:N, cpu.", 2);
        try
        {
            ComputeDevice.Find(device);
        }
        catch (LeoException e)
        {
            throw new BenchException($"{e.Message}; {Name} --device cpu tries the measurement itself.", 1);
        }
        set_num_threads(options.Threads[0]);
        var plan = GpuPlan.For(device, options.Seconds, options.TrainingSteps);
        var report = new GpuReport { Machine = $"{DeviceMemory.Describe(device)}; libtorch {NativeTorchVersion()}; {Machine.Describe()}" };
        Say(report.Machine);
        Say("numbers beside known ones …");
        report.Checks.AddRange(GpuChecks.Run(plan));
        Say($"a training of {plan.TrainingSteps} steps beside the CPU's …");
        report.Training.AddRange(GpuTrainings.Run(plan, HasTime));
        foreach (var precision in plan.Precisions.Skip(report.Training.Count))
            report.LeftOut.Add($"the training in {precision.ToString().ToLowerInvariant()}");
        foreach (string preset in plan.Presets)
        {
            foreach (var precision in plan.Precisions)
            {
                string what = $"{preset} in {precision.ToString().ToLowerInvariant()}";
                if (HasTime())
                {
                    Say($"{what} …");
                    report.Speed.Add(Speed(preset, precision, plan, options.Threads[0], TimeSpan.FromMinutes(8) - Stopwatch.GetElapsedTime(start)));
                }
                else
                {
                    report.LeftOut.Add($"steps and frames of {what}");
                }
            }
        }
        report.Seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 1);
        foreach (string line in report.Table())
            Console.WriteLine(line);
        string file = Path.GetFullPath(options.Out ?? "bench-gpu.json");
        File.WriteAllText(file, Json.Write(report) + "\n");
        Say(string.Create(CultureInfo.InvariantCulture, $"{(report.Good ? "all within tolerance" : "NOT all within tolerance")}, {report.Seconds:0} s, {file}"));
        return report.Good;

        bool HasTime() => Stopwatch.GetElapsedTime(start) < plan.Limit;
    }

    /// <summary>The process that measures one preset in one precision; prints a line of JSON.</summary>
    internal static void Serve(BenchOptions options)
    {
        set_num_threads(options.Threads[0]);
        Console.WriteLine(Json.WriteLine(GpuSpeedWorker.Run(options.Work, options.Precision, options.Device!, options.Seconds!.Value)));
    }

    private static GpuSpeed Speed(string preset, Precision precision, GpuPlan plan, int threads, TimeSpan left)
    {
        string own = Environment.ProcessPath ?? throw new BenchException("This program's own path is not known.");
        string[] host = Path.GetFileNameWithoutExtension(own) == "dotnet" ? [typeof(GpuRun).Assembly.Location] : [];
        var start = new ProcessStartInfo(own,
        [
            .. host, WorkerName, preset, "--precision", $"{precision}", "--device", plan.Device, "--threads", $"{threads}",
            "--seconds", plan.Seconds.ToString(CultureInfo.InvariantCulture),
        ]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(left))
        {
            process.Kill(entireProcessTree: true);
            return Failed("took more time than there was");
        }
        string last = error.Result.Trim().Split('\n')[^1];
        return process.ExitCode == 0 ? Json.Read<GpuSpeed>(answer.Result, preset) : Failed(last.Length > 0 ? last : $"ended with exit code {process.ExitCode}");

        GpuSpeed Failed(string why) => new() { Preset = preset, Precision = precision, Failed = why };
    }

    private static string NativeTorchVersion() => TorchSharp.torch.__version__;

    private static void Say(string text) => Console.Error.WriteLine(text);
}
