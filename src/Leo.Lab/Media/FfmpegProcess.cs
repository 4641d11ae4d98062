using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Leo.Lab.Media;

/// <summary>
/// A running ffmpeg or ffprobe: arguments go as a list (no shell sees them), standard error is drained on the side so that a
/// talkative run never blocks, memory and the time without progress are bounded, and disposing ends the process.
/// </summary>
internal sealed class FfmpegProcess : IDisposable
{
    /// <summary>Containers that people keep videos in, from plain files. Playlists, which would name further files, are not among them.</summary>
    public static readonly string[] OnlyMedia =
        ["-protocol_whitelist", "file", "-format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,mpeg,mpegvideo,mpegts,m4v,flv,asf,ogg"];

    /// <summary>Pixels of the largest picture that is decoded: 8192 × 8192. Headers may declare any, and the decoder would ask for the memory.</summary>
    public const long MostPixels = 1L << 26;

    private const int LinesKept = 40, LongestLine = 1000;

    // One piece of output, or of input where an encoder is fed. Machines are busy, so it is far more than any takes.
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly TimeSpan _limit;
    private readonly Task _drain;
    private readonly Timer _patience;
    private readonly List<string> _errors = [];
    private readonly ILineListener? _log;

    private FfmpegProcess(Process process, TimeSpan limit, ILineListener? log)
    {
        (_process, _limit, _log) = (process, limit, log);
        _drain = Task.Run(DrainErrors);
        _patience = new Timer(_ => GiveUp());
        Output = new WatchedStream(process.StandardOutput.BaseStream, Watch);
    }

    /// <summary>Standard output; reading it is watched.</summary>
    public Stream Output { get; }

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The first lines of standard error and every kind of damage among the rest. Complete after <see cref="WaitForExit"/>.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
                return [.. _errors];
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">ffmpeg or ffprobe.</param>
    /// <param name="arguments">As a list.</param>
    /// <param name="feedInput">Whether <see cref="Input"/> is written to.</param>
    /// <param name="limit">How long one piece of work may take before the process is ended. <value>Default three minutes.</value></param>
    /// <param name="log">Gets all lines of standard error, and keeps those for itself that are no complaint.</param>
    /// <exception cref="MediaException">The program is not installed.</exception>
    public static FfmpegProcess Start(string program, IEnumerable<string> arguments, bool feedInput = false, TimeSpan? limit = null, ILineListener? log = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = feedInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        start.Environment.Remove("FFREPORT"); // it would write a file
        try
        {
            var process = Process.Start(start)!;
            ProcessLimits.Set(process);
            return new FfmpegProcess(process, limit ?? DefaultLimit, log);
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

    /// <summary>Watches until it is disposed: a process that gets nowhere is ended, and <see cref="Errors"/> says so.</summary>
    public IDisposable Watch()
    {
        _patience.Change(_limit, Timeout.InfiniteTimeSpan);
        return new Watching(_patience);
    }

    /// <summary>Waits for the end and gives the exit code; standard error is complete afterwards.</summary>
    public int WaitForExit()
    {
        using (Watch())
            _process.WaitForExit();
        _drain.Wait();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.WaitForExit();
            _drain.Wait();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile.
        }

        _patience.Dispose();
        _process.Dispose();
    }

    private void GiveUp()
    {
        lock (_errors)
            _errors.Insert(0, MediaErrors.GotNowhere(_limit));
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself meanwhile.
        }
    }

    private void DrainErrors()
    {
        var reader = _process.StandardError;
        bool damage = false;
        while (reader.ReadLine() is { } line)
        {
            if (_log?.Take(line) == true)
                continue;
            lock (_errors)
            {
                bool isDamage = MediaErrors.IsDamage(line);
                if (_errors.Count < LinesKept || (isDamage && !damage))
                    _errors.Add(line.Length <= LongestLine ? line : line[..LongestLine]);
                damage |= isDamage;
            }
        }

        _log?.End();
    }

    private sealed class Watching(Timer patience) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                patience.Change(Timeout.Infinite, Timeout.Infinite);
            }
            catch (ObjectDisposedException)
            {
                // Disposed from another thread while this one waited; there is nothing left to watch.
            }
        }
    }
}

/// <summary>Listens to standard error.</summary>
internal interface ILineListener
{
    /// <summary>Reads a line.</summary>
    /// <returns>True if it is no complaint.</returns>
    bool Take(string line);

    /// <summary>Nothing more will come.</summary>
    void End();
}

/// <summary>A stream of which every read is watched by a clock.</summary>
/// <param name="inner">Where bytes come from.</param>
/// <param name="watch">Starts the clock; disposing stops it.</param>
internal sealed class WatchedStream(Stream inner, Func<IDisposable> watch) : ForwardStream(inner)
{
    public override int Read(Span<byte> buffer)
    {
        using (watch())
            return Inner.Read(buffer);
    }
}

/// <summary>What a started program may take, where the system can be told (Linux): a hostile file then costs the program, not the machine.</summary>
internal static partial class ProcessLimits
{
    /// <summary>Bytes of memory. Decoding the largest picture that is let through takes about half.</summary>
    public const ulong MostMemory = 4UL << 30;

    // Numbers of Linux' resource.h.
    private const int Data = 2, Core = 4;

    /// <summary>Sets the limits; a process that has ended already is left alone.</summary>
    public static void Set(Process process)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            Set(process.Id, Data, MostMemory);
            Set(process.Id, Core, 0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or InvalidOperationException)
        {
            // A C library without the call, or an end before it; there is nothing to limit.
        }
    }

    private static void Set(int process, int resource, ulong most)
    {
        ulong[] limit = [most, most];
        _ = prlimit(process, resource, limit, 0);
    }

    [LibraryImport("libc")]
    private static partial int prlimit(int process, int resource, ulong[] limit, nint old);
}

/// <summary>
/// Reads the sequence of binary PPM pictures that ffmpeg writes to its pipe: raw RGB24, each frame with its own width and height,
/// so that the size never has to be foretold from headers, rotation flags and crops.
/// </summary>
internal sealed class PpmStream(Stream stream)
{
    private readonly BufferedStream _input = new(stream, 1 << 16);

    /// <summary>Reads a frame's header.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">Something else than PPM arrives.</exception>
    public bool TryReadHeader(out int width, out int height)
    {
        (width, height) = (0, 0);
        int first = _input.ReadByte();
        if (first < 0)
            return false;
        if (first != 'P' || _input.ReadByte() != '6')
            throw new InvalidDataException("not a PPM picture");
        width = ReadNumber();
        height = ReadNumber();
        if (ReadNumber() != 255 || width < 1 || height < 1)
            throw new InvalidDataException("not an 8-bit PPM picture");
        return true;
    }

    /// <summary>Reads the pixels that follow a header.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within the frame.</exception>
    public void ReadPixels(Span<byte> rgb) => _input.ReadExactly(rgb);

    // White space, digits, one white-space character.
    private int ReadNumber()
    {
        int c = _input.ReadByte();
        while (c is ' ' or '\n' or '\r' or '\t')
            c = _input.ReadByte();
        int value = 0;
        for (; c is >= '0' and <= '9'; c = _input.ReadByte())
            value = checked((value * 10) + (c - '0'));
        return value;
    }
}
