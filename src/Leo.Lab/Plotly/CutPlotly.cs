using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// A build task that writes, compressed, the part of plotly.js that draws the traces that Plotly.targets names. The whole also has maps, finance and
/// much else, and would make each notebook with a figure 1.2 MB larger.
/// </summary>
/// <remarks>
/// The bundle is a row of modules, <c>var NAME=ye((exports,module)=&gt;{…});</c>, each run when another first calls <c>NAME()</c>; the
/// last one registers the traces. A module that nothing calls any more can go; nothing else is changed but that list of traces. The wrappers'
/// names are those of the one file that Plotly.targets pins by its hash. MSBuild compiles this file, not the project.
/// </remarks>
public sealed class CutPlotly : Task
{
    private static readonly Regex Module = new Regex(@"var (?<name>[\w$]+)=ye\((?:\([\w$,]*\)|[\w$]+)=>\{", RegexOptions.CultureInvariant);
    private static readonly Regex Call = new Regex(@"(?<![\w$.])(?<name>[\w$]+)\(", RegexOptions.CultureInvariant);
    private static readonly Regex Kind = new Regex("moduleType:\"trace\",name:\"(?<name>\\w+)\"", RegexOptions.CultureInvariant);
    private static readonly Regex Registration = new Regex(@"\.register\(\[(?<calls>[\w$(),]+)\]\)", RegexOptions.CultureInvariant);

    // ECMAScript modules have no end to cut at, so what stands before the next module of the usual kind stays as a whole.
    private const string ScriptModule = "=gu(";

    private readonly Dictionary<string, string> modules = new Dictionary<string, string>();

    /// <summary>The whole plotly.js, minified.</summary>
    [Required]
    public string Source { get; set; }

    /// <summary>Traces to keep, as plotly.js names them; <c>scatter</c> is in its core and always there.</summary>
    [Required]
    public string[] Traces { get; set; }

    /// <summary>The file to write, gzip.</summary>
    [Required]
    public string Target { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        string code = File.ReadAllText(Source);
        var starts = Module.Matches(code).Cast<Match>().ToArray();
        for (int i = 0; i < starts.Length; i++)
        {
            int end = i + 1 < starts.Length ? starts[i + 1].Index : code.Length;
            modules.Add(starts[i].Groups["name"].Value, code.Substring(starts[i].Index, end - starts[i].Index));
        }

        var names = starts.Select(m => m.Groups["name"].Value).ToArray();
        if (names.Length == 0 || !Register(names.Last()))
        {
            Log.LogError("{0}: not a plotly.js whose last module registers {1}", Source, string.Join(", ", Traces));
            return false;
        }
        var kept = Needed(names.Where(n => modules[n].Contains(ScriptModule)).Append(names.Last()));
        Write($"/* plotly.js, cut down to the traces scatter, {string.Join(", ", Traces)} */\n" + code.Substring(0, starts[0].Index) + string.Concat(names.Where(kept.Contains).Select(n => modules[n])));
        return true;
    }

    // Leaves only the wanted traces in the list.
    private bool Register(string last)
    {
        var list = Registration.Match(modules[last]);
        var calls = list.Groups["calls"].Value.Split(',').ToLookup(call => TraceOf(call.Split('(')[0]));
        modules[last] = list.Success ? modules[last].Replace(list.Value, $".register([{string.Join(",", Traces.SelectMany(t => calls[t]))}])") : "";
        return Traces.All(calls.Contains);
    }

    // What is registered only hands on another module, which says what it is.
    private string TraceOf(string name)
    {
        for (int step = 0; step < 3 && name != null && modules.TryGetValue(name, out string text); step++)
        {
            if (Kind.Match(text) is { Success: true } kind)
                return kind.Groups["name"].Value;
            name = Calls(text).FirstOrDefault();
        }
        return "";
    }

    private HashSet<string> Needed(IEnumerable<string> roots)
    {
        var needed = new HashSet<string>();
        var next = new Stack<string>(roots);
        while (next.Count > 0)
        {
            string name = next.Pop();
            if (!needed.Add(name))
                continue;
            foreach (string called in Calls(modules[name]))
                next.Push(called);
        }
        return needed;
    }

    private IEnumerable<string> Calls(string text) => Call.Matches(text).Cast<Match>().Select(m => m.Groups["name"].Value).Where(modules.ContainsKey);

    private void Write(string code)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target));
        byte[] bytes = new UTF8Encoding(false).GetBytes(code);
        using (var packed = new MemoryStream())
        {
            using (var gzip = new GZipStream(packed, (CompressionLevel)3)) // SmallestSize, which .NET Standard does not name
                gzip.Write(bytes, 0, bytes.Length);
            File.WriteAllBytes(Target, packed.ToArray());
        }
    }
}
