using Leo.Kernel;
using Leo.Lab;

namespace Leo.Cli;

/// <summary>Errors that a user can act on, each as one line; anything else is a defect and keeps its stack trace.</summary>
internal static class ErrorLine
{
    /// <summary>The line for <paramref name="e"/>, or null where it is a defect of the program.</summary>
    public static string? For(Exception e)
    {
        string? text = e switch
        {
            LeoException or KernelException => e.Message,
            FileNotFoundException { FileName: { } file } => $"{file}: there is no such file. Check the path.",
            IOException or UnauthorizedAccessException => $"{e.Message} Check the path, its permissions and the free space.",
            _ => null,
        };
        return text is null ? null : Join(text);
    }

    /// <summary>A text of several lines as one.</summary>
    public static string Join(string text) =>
        string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
