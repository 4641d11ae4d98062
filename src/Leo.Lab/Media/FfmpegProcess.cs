using System.ComponentModel;
using System.Diagnostics;

namespace Leo.Lab.Media;

/// <summary>
/// A running ffmpeg or ffprobe: arguments go as a list (no shell sees them), standard error is drained on the side so that a
/// talkative run never blocks, and disposing ends the process.
/// </summary>
internal sealed class FfmpegProcess : IDisposable
{
    /// <summary>Containers that people keep videos in, from plain files. Playlists, which would name further files, are not among them.</summary>
    public static readonly string[] OnlyMedia =
        ["-protocol_whitelist", "file", "-format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,mpeg,mpegvideo,mpegts,m4v"];

    private const int LinesKept = 40;
    private readonly Process process;
    private readonly Task drain;
    private readonly List<string> errors = [];

    private FfmpegProcess(Process process)
    {
        this.process = process;
        drain = Task.Run(DrainErrors);
    }

    public Stream Output => process.StandardOutput.BaseStream;

    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>The first lines of standard error and every kind of damage among the rest. Complete after <see cref="WaitForExit"/>.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (errors)
                return [.. errors];
        }
    }

    /// <exception cref="MediaException">The program is not installed.</exception>
    public static FfmpegProcess Start(string program, IEnumerable<string> arguments, bool feedInput = false)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = feedInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        try
        {
            return new FfmpegProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new MediaException(
                program,
                $"the program cannot be started ({MediaErrors.OneLine(e.Message)})",
                "Install the package ffmpeg (Debian, Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg)");
        }
    }

    /// <summary>ffmpeg's name for a file: absolute and marked as one, so that no name is taken for an option, a protocol or a list.</summary>
    public static string FileUrl(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Waits for the end and gives the exit code; standard error is complete afterwards.</summary>
    public int WaitForExit()
    {
        process.WaitForExit();
        drain.Wait();
        return process.ExitCode;
    }

    public void Dispose()
    {
        try
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            drain.Wait();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile.
        }

        process.Dispose();
    }

    private void DrainErrors()
    {
        var reader = process.StandardError;
        var damage = false;
        while (reader.ReadLine() is { } line)
        {
            lock (errors)
            {
                var isDamage = MediaErrors.IsDamage(line);
                if (errors.Count < LinesKept || (isDamage && !damage))
                    errors.Add(line);
                damage |= isDamage;
            }
        }
    }
}
