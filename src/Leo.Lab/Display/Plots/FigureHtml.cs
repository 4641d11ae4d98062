namespace Leo.Lab.Display.Plots;

/// <summary>A figure as it stands in a page: its JSON, a place to draw, and – once a page – plotly.js.</summary>
internal static class FigureHtml
{
    private const string Waiting = "The figure is drawn as soon as scripts may run here and plotly.js is on the page; it comes with the first figure. "
        + "If this stays, trust the notebook or run it from the start.";

    public static string Write(Figure figure, PlotlyPage page)
    {
        string json = figure.ToJson();
        string carried = page.Carries(json)
            ? $"<script type=\"text/plain\" class=\"leo-plotly\" data-version=\"{PlotlyBundle.Version}\">{PlotlyBundle.Base64}</script>{PlotlyScripts.Load}"
            : "";
        return Html.Block("", $"<p class=\"leo-soft leo-wait\">{Html.Encode(figure.ToString())}. {Waiting}</p><div class=\"leo-plot\"></div>"
            + $"<script type=\"application/json\">{json}</script>{carried}{PlotlyScripts.Draw}", "leo-figure", $"data-plotly=\"{PlotlyBundle.Version}\" data-height=\"{figure.Pixels}\"");
    }
}
