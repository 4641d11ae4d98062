using System.IO.Compression;
using System.Reflection;

namespace Leo.Lab.Display.Plots;

/// <summary>Whether a page or notebook already holds plotly.js, so that it goes into it once.</summary>
internal sealed class PlotlyPage
{
    private static readonly string Key = $"Leo.Notebook.Plotly.{PlotlyBundle.Key}";

    // A notebook's is kept where both of its sides find it: this file is compiled into the library, for its figures, and into the kernel, for charts of others.
    private readonly bool _shared;
    private string? _own;

    private PlotlyPage(bool shared) => _shared = shared;

    /// <summary>A page of its own.</summary>
    public PlotlyPage()
    {
    }

    /// <summary>The notebook of this process.</summary>
    public static PlotlyPage Notebook { get; } = new(shared: true);

    /// <summary>Whether a figure is on the page.</summary>
    public bool HasFigures => Carrier is not null;

    private string? Carrier
    {
        get => _shared ? AppContext.GetData(Key) as string : _own;
        set
        {
            if (_shared) AppContext.SetData(Key, value);
            else _own = value;
        }
    }

    /// <summary>
    /// Whether the figure has to bring plotly.js along: the first one does, and the same one again, for a cell that is run again replaces
    /// what it had shown.
    /// </summary>
    /// <param name="json">The figure.</param>
    public bool Carries(string json)
    {
        // An object that both sides have.
        lock (AppDomain.CurrentDomain)
        {
            return (Carrier ??= json) == json;
        }
    }
}

/// <summary>A figure as it stands in a page: its JSON, a place to draw, and – once a page – plotly.js.</summary>
internal static class FigureHtml
{
    private const string Waiting = "The figure is drawn as soon as scripts may run here and plotly.js is on the page; it comes with the first figure. "
        + "If this stays, trust the notebook or run it from the start.";

    /// <summary>What stands in a figure's place where the part of plotly.js at hand does not draw it: plotly.js itself would draw something else.</summary>
    /// <param name="kinds">Kinds of traces that are not in <see cref="PlotlyBundle.Traces"/>.</param>
    public static string Undrawn(IEnumerable<string> kinds) => Html.Block("",
        $"<p class=\"leo-soft\">{Html.Encode($"This chart has traces of the kind {string.Join(", ", kinds)}, which are not drawn here. Drawn are {string.Join(", ", PlotlyBundle.Traces)}.")}</p>");

    /// <summary>The figure in a page.</summary>
    /// <param name="json">Plotly's JSON, every <c>&lt;</c> escaped.</param>
    /// <param name="words">What is drawn, for readers without scripts.</param>
    /// <param name="height">Screen pixels.</param>
    /// <param name="page">Where it stands.</param>
    public static string Write(string json, string words, int height, PlotlyPage page)
    {
        string carried = page.Carries(json)
            ? $"<script type=\"text/plain\" class=\"leo-plotly\" data-version=\"{PlotlyBundle.Key}\">{PlotlyBundle.Base64}</script>{PlotlyScripts.Load}"
            : "";
        return Html.Block("", $"<p class=\"leo-soft leo-wait\">{Html.Encode(words)}. {Waiting}</p><div class=\"leo-plot\"></div>"
            + $"<script type=\"application/json\">{json}</script>{carried}{PlotlyScripts.Draw}", "leo-figure", $"data-plotly=\"{PlotlyBundle.Key}\" data-height=\"{height}\"");
    }
}

/// <summary>plotly.js as it travels inside the library: the part that draws our traces (see Plotly/Plotly.targets). Pages get it compressed; browsers unpack it.</summary>
internal static class PlotlyBundle
{
    private static readonly Lazy<string> Packed = new(() =>
    {
        using var bytes = new MemoryStream();
        using (var resource = Resource())
            resource.CopyTo(bytes);
        return Convert.ToBase64String(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    });

    private static readonly Lazy<string> Unpacked = new(() =>
    {
        using var text = new StreamReader(new GZipStream(Resource(), CompressionMode.Decompress));
        return text.ReadToEnd();
    });

    /// <summary>The version of plotly.js.</summary>
    public static string Version { get; } = Metadata("plotly.js");

    /// <summary>The kinds of traces that this part of it draws.</summary>
    public static IReadOnlyList<string> Traces { get; } = ["scatter", .. Metadata("plotly.js.traces").Split(';')];

    /// <summary>What a page knows it by: the version and how many kinds of traces. A notebook whose cells were run with different builds of Leo.Lab holds several.</summary>
    public static string Key { get; } = $"{Version}-{Traces.Count}";

    /// <summary>The script, gzip and Base64.</summary>
    public static string Base64 => Packed.Value;

    /// <summary>The script as it is.</summary>
    public static string Code => Unpacked.Value;

    private static string Metadata(string key) => Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    private static Stream Resource() => Assembly.GetExecutingAssembly().GetManifestResourceStream("plotly.js.gz")!;
}

/// <summary>What figures run in the page.</summary>
internal static class PlotlyScripts
{
    // plotly.js is run as an ordinary script, but sees no module loader: notebooks have require.js on the page, and it would take plotly.js in
    // without giving it back. What else calls itself Plotly there stays as it was.
    public const string Load = """
        <script>(()=>{const L=window.leoFigures??={plotly:{}};
        for(const e of document.querySelectorAll('.leo-plotly')){const version=e.dataset.version;if(L.plotly[version])continue;
        L.plotly[version]=(async()=>{
        const gz=Uint8Array.from(atob(e.textContent.trim()),c=>c.charCodeAt(0));
        const code=await new Response(new Blob([gz]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
        const before=window.Plotly,s=document.createElement('script');
        s.text='(function(define,module,exports,require){'+code+'\n}).call(window)';document.head.appendChild(s).remove();
        const mine=window.Plotly;window.Plotly=before;if(!mine||mine===before)throw new Error('plotly.js did not start');return mine})();
        L.plotly[version].catch(()=>{})}
        L.draw?.()})()</script>
        """;

    // Nothing leaves the page, so the button that would upload a figure goes. Colours are those of the text around, and follow it when the host changes its theme. Lines in space know no
    // transparency and are mixed with what lies opposite to the text's colour.
    public const string Draw = """
        <script>(()=>{const L=window.leoFigures??={plotly:{}};
        if(!L.draw){
        const tint=(ink,a)=>{const m=ink.match(/[\d.]+/g)||[128,128,128];return /^rgba?\(/.test(ink)?`rgba(${m[0]},${m[1]},${m[2]},${a})`:`rgba(128,128,128,${a})`};
        const mix=(ink,a)=>{const m=(ink.match(/[\d.]+/g)||[128,128,128]).slice(0,3);return /^rgba?\(/.test(ink)?`rgb(${m.map(v=>Math.round(v*a+(255-v)*(1-a))).join(',')})`:'rgb(128,128,128)'};
        const look=ink=>{const axis={gridcolor:tint(ink,.14),zerolinecolor:tint(ink,.32),linecolor:tint(ink,.4),tickcolor:tint(ink,.4),automargin:true},
        space={...axis,gridcolor:mix(ink,.2),zerolinecolor:mix(ink,.4),showbackground:false,color:ink};return {layout:{font:{color:ink,family:'system-ui,sans-serif',size:12},paper_bgcolor:'rgba(0,0,0,0)',plot_bgcolor:'rgba(0,0,0,0)',
        xaxis:axis,yaxis:axis,scene:{xaxis:space,yaxis:space,zaxis:space},hoverlabel:{font:{family:'system-ui,sans-serif'}},modebar:{bgcolor:'rgba(0,0,0,0)',color:tint(ink,.45),activecolor:ink}}}};
        const one=async f=>{const at=f.querySelector('.leo-plot'),say=f.querySelector('.leo-wait');
        try{const P=await L.plotly[f.dataset.plotly],d=JSON.parse(f.querySelector('script[type="application/json"]').textContent);
        f.ink=getComputedStyle(f).color;at.style.height=f.dataset.height+'px';say.hidden=true;
        await P.newPlot(at,{data:d.data,layout:{...d.layout,template:look(f.ink)},frames:d.frames,config:{responsive:true,displaylogo:false,showSendToCloud:false,plotlyServerURL:'',modeBarButtonsToRemove:['sendChartToCloud','sendDataToCloud']}});f.leoPlotly=P;f.dataset.drawn=''}
        catch(e){say.hidden=false;say.textContent='The figure cannot be drawn: '+e.message}};
        const theme=()=>{for(const f of document.querySelectorAll('.leo-figure'))if(f.leoPlotly&&f.ink!==getComputedStyle(f).color){
        f.ink=getComputedStyle(f).color;f.leoPlotly.relayout(f.querySelector('.leo-plot'),{template:look(f.ink)})}};
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change',theme);
        for(const e of [document.documentElement,document.body])new MutationObserver(theme).observe(e,{attributes:true});
        L.draw=()=>{for(const f of document.querySelectorAll('.leo-figure'))if(!f.leoTaken&&L.plotly[f.dataset.plotly]){f.leoTaken=true;one(f)}}}
        L.draw()})()</script>
        """;

    /// <summary>The script that <see cref="Load"/> makes of plotly.js and runs; pages name it in their policy by its hash.</summary>
    public static string Wrapped => $"(function(define,module,exports,require){{{PlotlyBundle.Code}\n}}).call(window)";
}
