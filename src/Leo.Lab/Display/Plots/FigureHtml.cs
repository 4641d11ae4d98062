namespace Leo.Lab.Display.Plots;

/// <summary>A figure as it stands in a page: its JSON, a place to draw, and – once a page – plotly.js.</summary>
internal static class FigureHtml
{
    private const string Waiting = "The figure is drawn as soon as scripts may run here and plotly.js is on the page; it comes with the first figure. "
        + "If this stays, trust the notebook or run it from the start.";

    private const string Missing = "The figure cannot be drawn: Leo.Lab was built without plotly.js, which the build gets from npm. Build it again with network: dotnet build src/Leo.Lab";

    public static string Write(Figure figure, PlotlyPage page)
    {
        string json = figure.ToJson();
        bool spatial = figure.IsSpatial;
        if (PlotlyBundle.Base64(spatial) is not { } bundle)
            return Html.Block("", Html.Caption(figure.ToString()) + Html.Caption(Missing));
        string kind = PlotlyBundle.Kind(spatial);
        string carried = page.Carries(spatial, json)
            ? $"<script type=\"text/plain\" class=\"leo-plotly\" data-kind=\"{kind}\">{bundle}</script>{PlotlyScripts.Load}"
            : "";
        return Html.Block("", $"<p class=\"leo-soft leo-wait\">{Html.Encode(figure.ToString())}. {Waiting}</p><div class=\"leo-plot\"></div>"
            + $"<script type=\"application/json\">{json}</script>{carried}{PlotlyScripts.Draw}", "leo-figure", $"data-plotly=\"{kind}\" data-height=\"{figure.Pixels}\"");
    }
}
