using Microsoft.Playwright;

namespace Leo.Browser.Tests;

/// <summary>The machine's own Chromium, for all tests of a class; Playwright downloads nothing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find() });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A new profile without a network, whose only page notes everything that a page should not do.</summary>
    public async Task<WatchedPage> Open(string? script = null, ColorScheme colours = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new() { Offline = true, AcceptDownloads = true, ColorScheme = colours, ViewportSize = new() { Width = 1280, Height = 800 } });
        return await WatchedPage.Open(context, script);
    }

    /// <summary>A new profile whose page reaches a server on this machine and nothing else.</summary>
    /// <param name="origin">The server.</param>
    public async Task<WatchedPage> OpenLocal(string origin)
    {
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 1000 } });
        await context.RouteAsync(url => !url.StartsWith(origin, StringComparison.Ordinal), route => route.AbortAsync());
        return await WatchedPage.Open(context, null);
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("These tests need a Chromium on the PATH; ./lab test installs it.");
}
