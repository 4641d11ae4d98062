using Leo.Kernel;
using Leo.Lab;

namespace Leo.Cli.Commands;

/// <summary><c>leo kernel</c>: the Jupyter kernel for C#.</summary>
internal static class KernelCommand
{
    public static LeoCommand Create(Shell shell) =>
        new LeoCommand("kernel", "The Jupyter kernel for C# that the notebooks run on.", "leo kernel install").Groups(Install(shell));

    private static LeoCommand Install(Shell shell)
    {
        var prefix = CommonOptions.OptionalPath("--prefix", "folder", "Install for a Python environment or another prefix (below its share/jupyter) instead of for the user.");
        return new LeoCommand("install", "Tell Jupyter's front ends, VS Code among them, how to start the kernel: .NET (C#). It stays where this program is.",
            "leo kernel install",
            "leo kernel install --prefix ~/venv")
        .With(prefix)
        .Does(parsed =>
        {
            string path = KernelSpec.PathFor(parsed.GetValue(prefix));
            AtomicFile.WriteText(path, KernelSpec.Text());
            shell.Print($"wrote {path}");
            if (CommonOptions.WantsJson(parsed)) shell.PrintJson(new { Command = "kernel install", Path = path, Argv = KernelSpec.CommandLine() });
            return ExitCode.Success;
        }, tensors: false);
    }
}
