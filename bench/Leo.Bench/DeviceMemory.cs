using System.Diagnostics;
using System.Globalization;

namespace Leo.Bench;

/// <summary>What the driver's <c>nvidia-smi</c> tells; TorchSharp has no way to ask.</summary>
internal static class DeviceMemory
{
    /// <summary>Megabytes of a CUDA device that are in use, by whomever; 0 on a CPU.</summary>
    internal static double Used(string device) => device == "cpu" ? 0
        : double.TryParse(Ask("memory.used", device), CultureInfo.InvariantCulture, out double megabytes) ? megabytes : double.NaN;

    /// <summary>Name of a device, its memory and the driver's version, in a line.</summary>
    internal static string Describe(string device) => device == "cpu" ? "CPU" : Ask("name,memory.total,driver_version", device);

    private static string Ask(string what, string device)
    {
        string index = device.Split(':') is [_, var number] ? number : "0";
        try
        {
            using var process = Process.Start(new ProcessStartInfo("nvidia-smi", [$"--query-gpu={what}", "--format=csv,noheader,nounits", $"--id={index}"]) { RedirectStandardOutput = true })!;
            string answer = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return answer;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "nvidia-smi is not there to ask";
        }
    }
}
