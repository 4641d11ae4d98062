using System.Diagnostics;
using System.Reflection;

namespace Leo.Lab.Tests.Torch;

/// <summary>Runs what may abort the process in a process of its own: this assembly, started by <see cref="Main"/>.</summary>
internal static class Child
{
    private const string Done = "ended without an exception";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Runs a lambda that captures nothing.</summary>
    /// <returns>Type and message of the exception that ended it.</returns>
    public static string Error(Action work)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, work.Method.DeclaringType!.FullName!, work.Method.Name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var child = Process.Start(start)!;
        var (output, error) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        if (!child.WaitForExit(Longest))
        {
            child.Kill();
            Assert.Fail($"was still running after {Longest}");
        }
        Assert.True(child.ExitCode == 0, $"The process ended with {child.ExitCode}: {error.Result}");
        Assert.NotEqual(Done, output.Result.Trim());
        return output.Result.Trim();
    }

    private static int Main(string[] arguments)
    {
        NativeTorch.Require();                                             // before TorchSharp searches by itself
        var type = typeof(Child).Assembly.GetType(arguments[0], throwOnError: true)!;
        var method = type.GetMethod(arguments[1], BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        try
        {
            method.Invoke(method.IsStatic ? null : Activator.CreateInstance(type, nonPublic: true), null);
            Console.WriteLine(Done);
        }
        catch (TargetInvocationException e)
        {
            Console.WriteLine($"{e.InnerException!.GetType().Name}: {e.InnerException.Message}");
        }
        return 0;
    }
}
