using System.Diagnostics;
using System.Globalization;
using Leo.Lab;

namespace Leo.Bench;

/// <summary>A process that makes training steps when asked and waits, idle, when not.</summary>
internal sealed class Contender : IDisposable
{
    private readonly Process _process;

    private Contender(string name, string program, IEnumerable<string> arguments)
    {
        Name = name;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start) ?? throw new BenchException($"{name}: {program} did not start.");
        ReadLine();
    }

    internal string Name { get; }

    /// <summary>Whether the field has a way of its own to write this work, beside the one that Leo.Lab has.</summary>
    internal static bool HasUsual(string work) => work is "animator" or "official" or RenderWork.Name;

    /// <summary>Leo.Lab's training loop.</summary>
    internal static Contender Leo(string work, int threads, bool record = false, Precision precision = Precision.Float32, string? name = null)
    {
        string own = Environment.ProcessPath ?? throw new BenchException("This program's own path is not known.");
        string[] host = Path.GetFileNameWithoutExtension(own) == "dotnet" ? [typeof(Contender).Assembly.Location] : [];
        return new(name ?? (precision == Precision.Float32 ? "C#, Leo.Lab" : $"C#, {precision.ToString().ToLowerInvariant()}"), own, [.. host, "worker", work, "--threads", $"{threads}", "--precision", $"{precision}", .. record ? new[] { "--record" } : []]);
    }

    /// <summary>PyTorch on what <see cref="Work.Export"/> wrote.</summary>
    internal static Contender Python(string work, string setup, bool usual = false) => new(
        $"Python, {(usual ? "usual" : "same")} formulation",
        Environment.GetEnvironmentVariable("LEO_BENCH_PYTHON") ?? "/usr/bin/python3",
        [Path.Combine(Machine.BenchFolder, "python", "contender.py"), work, setup, .. usual ? new[] { "--usual" } : []]);

    internal StepReply Steps(int count)
    {
        _process.StandardInput.WriteLine(count.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        return Json.Read<StepReply>(ReadLine(), Name);
    }

    /// <summary>Files of libtorch and of the BLAS that the process has mapped.</summary>
    internal IReadOnlyList<string> Libraries() => Machine.Libraries(_process.Id);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(30_000)) _process.Kill();
        _process.Dispose();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine()
        ?? throw new BenchException($"{Name}: the process ended before it answered; what it said is above.");
}
