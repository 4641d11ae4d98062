using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Leo.Lab.Data.Fetching;

/// <summary>What an npm process says while it runs.</summary>
internal sealed class NpmOutput
{
    private const int MostKept = 1 << 20, LongestFault = 300;
    private readonly StringBuilder said = new();
    private string lastError = "";

    /// <summary>Why npm failed, in its own words and on one line: <c>E404: Not Found - GET …</c>. Null if it did not say.</summary>
    public string? Fault
    {
        get
        {
            string fault = FromJson() ?? lastError;
            fault = string.Join(' ', fault.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
            return fault.Length == 0 ? null : fault.Length > LongestFault ? fault[..LongestFault] : fault;
        }
    }

    /// <summary>Reads until the process has ended, or ends it.</summary>
    /// <returns>False if it was ended because it said nothing for too long.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, and the process ended.</exception>
    public bool Follow(Process process, TimeSpan patience, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using (silence.Token.UnsafeRegister(static p => End((Process)p!), process))
        {
            silence.CancelAfter(patience);
            Task.WhenAll(
                Read(process.StandardOutput, Keep, silence, patience),
                Read(process.StandardError, line => lastError = IsFault(line) ? line : lastError, silence, patience)).GetAwaiter().GetResult();
            process.WaitForExit();
        }
        cancellation.ThrowIfCancellationRequested();
        return !silence.IsCancellationRequested;
    }

    private static async Task Read(StreamReader from, Action<string> take, CancellationTokenSource silence, TimeSpan patience)
    {
        while (await from.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            silence.CancelAfter(patience);
            take(line);
        }
    }

    // With what it started, which would hold the pipes open.
    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static bool IsFault(string line) => line.Trim().Length > 0 && !line.StartsWith("npm http", StringComparison.Ordinal) && !line.Contains("A complete log of this run", StringComparison.Ordinal);

    private void Keep(string line)
    {
        if (said.Length + line.Length < MostKept)
            said.Append(line).Append('\n');
    }

    // With --json npm also says its faults so: {"error": {"code", "summary", "detail"}}.
    private string? FromJson()
    {
        try
        {
            using var document = JsonDocument.Parse(said.ToString());
            var error = document.RootElement.GetProperty("error");
            string code = Text(error, "code"), summary = Text(error, "summary");
            return code.Length > 0 && summary.Length > 0 ? $"{code}: {summary}" : code + summary;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // it broke off before
        }
    }

    private static string Text(JsonElement error, string name) => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
