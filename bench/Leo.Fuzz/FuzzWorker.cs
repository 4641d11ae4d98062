using System.Diagnostics;
using System.Globalization;
using System.Text;
using Leo.Kernel;
using Leo.Lab;

namespace Leo.Fuzz;

/// <summary>
/// The child process: makes inputs one after the other and has them read. It tells the parent each number before it begins, so that
/// a crash or a hang names its input; and looks after each whether anything was written where nothing may be.
/// </summary>
internal sealed class FuzzWorker
{
    private readonly FuzzTarget _target;
    private readonly long _seed;
    private readonly string _root, _input, _output;
    private string? _refused;

    /// <param name="target">What to feed.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="folder">A folder of its own.</param>
    public FuzzWorker(FuzzTarget target, long seed, string folder)
    {
        (_target, _seed, _root) = (target, seed, Path.GetFullPath(folder));
        (_input, _output) = (Path.Combine(_root, "work", "in"), Path.Combine(_root, "work", "out"));
        Directory.CreateDirectory(Path.Combine(_root, "canary"));
        File.WriteAllText(Path.Combine(_root, "canary", "song"), "tweet");
        Directory.CreateDirectory(_input);
        Environment.CurrentDirectory = Path.Combine(_root, "work"); // where a command's file would land
    }

    /// <summary>Whether an error is one that a user is meant to see.</summary>
    public static bool IsTyped(Exception e) =>
        e is LeoException or KernelException && !e.Message.AsSpan().ContainsAny('\r', '\n') && e.Message.Length < 20_000;

    /// <summary>Runs a stretch of inputs; each line that is written is a number, a finding (!), what an input was refused with (~), or the summary (=).</summary>
    public void Run(long first, long count, TextWriter news)
    {
        double slowest = 0;
        long refusals = 0;
        for (long number = first; number < first + count; number++)
        {
            news.WriteLine(number.ToString(CultureInfo.InvariantCulture));
            news.Flush();
            Empty(_input);
            Empty(_output);
            _refused = null;
            string? finding = Try(number, out double seconds) ?? Strays();
            slowest = Math.Max(slowest, seconds);
            refusals += _refused is null ? 0 : 1;
            if (_refused is not null)
                news.WriteLine($"~ {_refused}");
            if (finding is not null)
                news.WriteLine($"! {number.ToString(CultureInfo.InvariantCulture)} {finding.ReplaceLineEndings(" ")}");
        }
        news.WriteLine(FormattableString.Invariant($"= {refusals} {PeakKilobytes() >> 10} {slowest:0.000}"));
        news.Flush();
    }

    private string? Try(long number, out double seconds)
    {
        var watch = new Stopwatch();
        try
        {
            _target.Make(new FuzzRandom(_target.Name, _seed, number), _input);
            watch.Start();
            _target.Read(_input, _output);
            return null;
        }
        catch (Exception e) when (IsTyped(e))
        {
            _refused = e.Message;
            return null;
        }
        catch (Exception e)
        {
            return Describe(e);
        }
        finally
        {
            seconds = watch.Elapsed.TotalSeconds;
        }
    }

    private static string Describe(Exception e)
    {
        var place = new StackTrace(e, fNeedFileInfo: false).GetFrames().Select(f => f.GetMethod())
            .FirstOrDefault(m => m?.DeclaringType?.FullName?.StartsWith("Leo.", StringComparison.Ordinal) == true);
        string message = e.Message.Length <= 300 ? e.Message : e.Message[..300];
        return $"{e.GetType().Name} in {place?.DeclaringType?.Name}.{place?.Name}: {message}";
    }

    // The whole tree is: canary/song, work/in, work/out. Whatever else there is was put there by an input.
    private string? Strays()
    {
        var found = new List<string>();
        foreach (string path in Directory.EnumerateFileSystemEntries(_root).Concat(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "canary"))).Concat(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "work"))))
        {
            string name = Path.GetRelativePath(_root, path).Replace('\\', '/');
            if (name is not ("canary" or "work" or "canary/song" or "work/in" or "work/out"))
                found.Add(name);
        }
        foreach (string name in found)
            Delete(Path.Combine(_root, name));
        string song = Path.Combine(_root, "canary", "song");
        if (!File.Exists(song) || File.ReadAllText(song, Encoding.UTF8) != "tweet")
            found.Add("canary/song (changed)");
        return found.Count == 0 ? null : $"written outside of the output folder: {string.Join(", ", found)}";
    }

    private static void Empty(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else File.Delete(path);
    }

    private static long PeakKilobytes() => !File.Exists("/proc/self/status")
        ? Process.GetCurrentProcess().PeakWorkingSet64 >> 10
        : long.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
