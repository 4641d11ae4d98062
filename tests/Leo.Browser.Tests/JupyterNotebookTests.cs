using Microsoft.Playwright;

namespace Leo.Browser.Tests;

/// <summary>A notebook of the series as its reader has it: in Jupyter Notebook, run cell by cell, stopped in the middle of a training.</summary>
public sealed class JupyterNotebookTests(Chromium chromium) : IClassFixture<Chromium>
{
    // Idle cores need a twentieth of it.
    private const float Patience = 600_000;

    private const string CellIsDone = "i => { const c = Jupyter.notebook.get_cell(i); return c.cell_type !== 'code' || Number.isInteger(c.input_prompt_number) && !Jupyter.notebook.kernel_busy; }";

    [Fact]
    public async Task ImageAnimator_CellByCell_PlaysDrawsAndStopsItsTraining()
    {
        using var server = new JupyterServer("02-image-animator.ipynb");
        await server.Ready();
        await using var watched = await chromium.OpenLocal(server.Origin);
        var page = watched.Page;
        await page.GotoAsync(server.Url);
        await page.WaitForFunctionAsync("globalThis.Jupyter?.notebook?.kernel?.is_connected()", null, new() { Timeout = Patience });
        await page.EvaluateAsync("() => { Jupyter.notebook.select(0); Jupyter.notebook.command_mode(); Jupyter.notebook.focus_cell(); }");
        string[] kinds = await page.EvaluateAsync<string[]>("Jupyter.notebook.get_cells().map(c => c.cell_type === 'code' && c.get_text().includes('Notebook.Interrupted') ? 'training' : c.cell_type)");

        for (int i = 0; i < kinds.Length; i++)
        {
            Assert.Equal(i, await page.EvaluateAsync<int>("Jupyter.notebook.get_selected_index()"));
            await page.Keyboard.PressAsync("Shift+Enter");
            if (kinds[i] == "training")
                await Stop(page, i);
            await page.WaitForFunctionAsync(CellIsDone, i, new() { Timeout = Patience });
        }

        Assert.Empty(await page.EvaluateAsync<string[]>("Jupyter.notebook.get_cells().flatMap(c => c.output_area?.outputs ?? []).filter(o => o.output_type === 'error').map(o => o.evalue)"));
        // After the last cell Jupyter opens an empty one.
        int[] silent = await page.EvaluateAsync<int[]>("n => Jupyter.notebook.get_cells().slice(0, n).flatMap((c, i) => c.cell_type === 'code' && c.output_area.outputs.length === 0 ? [i] : [])", kinds.Length);
        Assert.Empty(silent);
        await Plays(page);
        await Answers(page);
        await page.EvaluateAsync("document.querySelector('.leo-figure').scrollIntoView({ block: 'center' })");
        await page.ScreenshotAsync(new() { Path = Path.Combine(JupyterServer.Pictures, "figure.png") });
        Assert.DoesNotContain(watched.Requests, url => new[] { server.Origin, "data:", "blob:", "about:" }.All(own => !url.StartsWith(own, StringComparison.Ordinal)));
    }

    // As a reader does: wait until the card counts steps, leave the cell, press I twice.
    private static async Task Stop(IPage page, int cell)
    {
        string card = $"Jupyter.notebook.get_cell({cell}).element[0].querySelector('.leo-card')";
        await page.WaitForFunctionAsync($"() => Number({card}?.querySelector('[role=progressbar]')?.ariaValueNow) > 10", null, new() { Timeout = Patience });
        await page.EvaluateAsync($"{card}.scrollIntoView({{ block: 'center' }})");
        await page.ScreenshotAsync(new() { Path = Path.Combine(JupyterServer.Pictures, "training.png") });
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("i");
        await page.Keyboard.PressAsync("i");
        await page.WaitForFunctionAsync($"() => {card}.querySelector('.leo-stopped') && {card}.textContent.includes('Saved: ')", null, new() { Timeout = Patience });
        double part = await page.EvaluateAsync<double>($"Number({card}.querySelector('[role=progressbar]').ariaValueNow)");
        Assert.InRange(part, 10, 99);
    }

    private static async Task Plays(IPage page)
    {
        int videos = await page.EvaluateAsync<int>("document.querySelectorAll('video').length");
        Assert.Equal(12, videos);
        for (int i = 0; i < videos; i++)
        {
            await page.EvaluateAsync("i => document.querySelectorAll('video')[i].scrollIntoView({ block: 'center' })", i);
            await page.WaitForFunctionAsync("i => { const v = document.querySelectorAll('video')[i]; return v.readyState >= 2 && !v.paused && v.currentTime > 0; }", i, new() { Timeout = Patience });
            // It moves on: another frame is seen than a moment ago.
            double time = await page.EvaluateAsync<double>("i => document.querySelectorAll('video')[i].currentTime", i);
            await page.WaitForFunctionAsync("([i, t]) => document.querySelectorAll('video')[i].currentTime !== t", new object[] { i, time }, new() { Timeout = Patience });
        }
        await page.ScreenshotAsync(new() { Path = Path.Combine(JupyterServer.Pictures, "videos.png") });
    }

    // Every figure is drawn, and the last one, a curve, says its numbers under the mouse.
    private static async Task Answers(IPage page)
    {
        await page.WaitForFunctionAsync("() => { const f = [...document.querySelectorAll('.leo-figure')]; return f.length === 2 && f.every(x => 'drawn' in x.dataset && x.querySelector('.plot-container')); }", null, new() { Timeout = Patience });
        await page.EvaluateAsync("[...document.querySelectorAll('.leo-figure')].at(-1).scrollIntoView({ block: 'center' })");
        var text = page.Locator(".leo-figure .hoverlayer .hovertext");
        // Along the curve, for the page may still be moving when it is first looked at.
        for (int step = 1; step < 20 && await text.CountAsync() == 0; step++)
        {
            double[] at = await page.EvaluateAsync<double[]>("part => { const l = [...document.querySelectorAll('.leo-figure')].at(-1).querySelector('.scatterlayer .js-line'), p = l.getPointAtLength(part * l.getTotalLength()).matrixTransform(l.getScreenCTM()); return [p.x, p.y]; }", step / 20.0);
            await page.Mouse.MoveAsync((float)at[0], (float)at[1]);
            await Task.Delay(200);
        }
        Assert.Matches("[0-9]", string.Join(' ', await text.AllTextContentsAsync()));
        await page.ScreenshotAsync(new() { Path = Path.Combine(JupyterServer.Pictures, "hover.png") });
    }
}
