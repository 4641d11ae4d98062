using Microsoft.Playwright;

namespace Leo.Browser.Tests;

/// <summary>A page, and all that it asked for, complained about or opened.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private const string NoteViolations =
        "globalThis.violations = []; document.addEventListener('securitypolicyviolation', e => violations.push(`${e.violatedDirective} ${e.blockedURI}`));";

    private readonly IBrowserContext _context;

    private WatchedPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(90_000);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Errors.Add(message.Text); };
        page.Dialog += async (_, dialog) =>
        {
            Errors.Add($"dialog {dialog.Type}: {dialog.Message}");
            await dialog.AcceptAsync();
        };
    }

    public IPage Page { get; }

    public List<string> Requests { get; } = [];

    public List<string> Errors { get; } = [];

    public static async Task<WatchedPage> Open(IBrowserContext context, string? script)
    {
        await context.AddInitScriptAsync(NoteViolations + script);
        return new WatchedPage(context, await context.NewPageAsync());
    }

    public Task<string[]> Violations() => Page.EvaluateAsync<string[]>("violations");

    /// <summary>Waits until an expression is true. Playwright's own waiting evaluates text inside the page, which a content-security policy forbids.</summary>
    public async Task Until(string expression)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(90);
        while (!await Page.EvaluateAsync<bool>(expression))
        {
            Assert.True(DateTime.UtcNow < end, expression);
            await Task.Delay(100);
        }
    }

    public Task Press(string key) => Page.Keyboard.PressAsync(key);

    public async Task Begin(int rater)
    {
        await Page.WaitForSelectorAsync("#start:not([hidden])");
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync($"{rater}");
        await Press("Enter");
    }

    /// <summary>Waits until question <paramref name="number"/> may be answered.</summary>
    public async Task Watch(int number)
    {
        await Page.WaitForSelectorAsync($"#count[data-at='{number}']");
        await Page.WaitForSelectorAsync("[data-choice]:not([disabled])");
    }

    /// <summary>Presses a key that saves a file, and reads the file.</summary>
    public async Task<string> Save(string key, string path)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => Press(key));
        await download.SaveAsAsync(path);
        return download.SuggestedFilename;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
