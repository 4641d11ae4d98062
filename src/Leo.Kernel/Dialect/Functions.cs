using Microsoft.AspNetCore.Html;

namespace Leo.Kernel.Dialect;

/// <summary>Functions that every cell can call, under the names that .NET Interactive gave them.</summary>
public static class Functions
{
    /// <summary>Shows a value in the forms that its type prefers, or in those asked for.</summary>
#pragma warning disable IDE1006 // The names of .NET Interactive, so that notebooks run in both.
    public static DisplayedValue display(object? value, params string[] mimeTypes) => new(value, mimeTypes);
#pragma warning restore IDE1006

    /// <summary>Text that is HTML.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Adds style rules to the page.</summary>
    public static void CSS(string content) => display(HTML($"<style>{content}</style>"));

    /// <summary>Runs a script in the page.</summary>
    public static void Javascript(string content) => display(HTML($"<script>{content}</script>"));

    /// <summary>Removes what the cell has shown; with <paramref name="wait"/> when the next thing is shown.</summary>
    public static void ClearOutput(bool wait = false) => NotebookHost.Output.Clear(wait);

    /// <summary>Asks the user for a line of text; with the hint <c>password</c> nobody sees it.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static Task<string?> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(NotebookHost.Output.Ask(prompt, typeHint == "password"));

    /// <summary>Asks the user for a line of text.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static string? input(string prompt = "") => NotebookHost.Output.Ask(prompt, password: false);
}
