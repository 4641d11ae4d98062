using System.Text;
using Leo.Kernel.Dialect;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;

namespace Leo.Kernel.Cells;

/// <summary>The state of a notebook: a chain of Roslyn script submissions, each of which sees those before it.</summary>
internal sealed class CellEngine
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Leo.Kernel.Dialect", "Leo.Kernel.Dialect.Functions",
    ];

    private readonly PackageResolver _packages = new();
    private readonly ReferenceWatch _watch = new();
    private readonly ScriptAssemblies _assemblies = new();
    private readonly ErrorReports _errors = new();
    private readonly ScriptOptions _options;
    // From packages, until a cell has run with them.
    private IReadOnlyList<MetadataReference> _added = [];
    private IReadOnlyList<string> _named = [];
    private ScriptState<object>? _state;

    /// <summary>An engine that resolves <c>#r</c> and <c>#load</c> from a folder.</summary>
    public CellEngine(string folder)
    {
        _options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithAllowUnsafe(true)
            .WithImports(Imports)
            .AddReferences(typeof(Enumerable).Assembly, typeof(Functions).Assembly, typeof(Formatter).Assembly, typeof(IHtmlContent).Assembly,
                typeof(System.Text.Json.JsonSerializer).Assembly, typeof(HttpClient).Assembly)
            .WithMetadataResolver(new CachingResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder), _watch))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder));
    }

    /// <summary>Files behind a <c>#r</c> that were rebuilt since they were loaded; each is named once.</summary>
    public IReadOnlyList<string> TakeRebuiltReferences() => _watch.TakeRebuilt();

    /// <summary>Loads and compiles what the first cell needs, while the front end still connects.</summary>
    public void WarmUp()
    {
        var state = CSharpScript.RunAsync("var x = new[] { 1 }.Select(i => i + 1).ToList(); HTML($\"{x.Count}\")", _options).Result;
        state = state.ContinueWithAsync("x.Count").Result;
        MimeBundle.Of(state.ReturnValue);
        MimeBundle.Of(new[] { new { A = 1 } });
    }

    /// <summary>Runs a cell. Its variables stay, also where it throws; not where it is aborted.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="number">Its number in the session, under which stack traces name it.</param>
    /// <param name="interrupt">Its stop button.</param>
    public CellResult Execute(string code, int number, CellInterrupt interrupt)
    {
        try
        {
            _errors.Remember(number, code);
            var source = CellSource.Parse(code);
            _packages.Feeds.UnionWith(source.Feeds);
            if (source.Packages.Count > 0)
            {
                var found = _packages.Resolve(source.Packages, interrupt.Token);
                (_added, _named) = ([.. found.Assemblies.Select(p => MetadataReference.CreateFromFile(p))], found.Named);
            }
            var script = Continue(source.Code, number);
            Diagnostic[] faults = [.. script.Compile(interrupt.Abort).Where(d => d.Severity == DiagnosticSeverity.Error)];
            return faults.Length > 0 ? new(null, _errors.Compilation(faults)) : Run(script, number, interrupt);
        }
        catch (CellException e)
        {
            return new(null, e.Error);
        }
        catch (OperationCanceledException) when (interrupt.IsPressed)
        {
            return new(null, CellError.Interrupted);
        }
    }

    /// <summary>Whether a cell can run as it is, or Enter should open a new line.</summary>
    public static bool IsComplete(string code) => SyntaxFactory.IsCompleteSubmission(SyntaxFactory.ParseSyntaxTree(code, ParseOptions));

    /// <summary>The compiler's view of a cell that is being written.</summary>
    public Analysis Analyse(string code)
    {
        var compilation = Continue(code.Replace("\r\n", "\n"), 0).GetCompilation();
        var tree = compilation.SyntaxTrees.Last();
        return new(compilation, compilation.GetSemanticModel(tree), tree.GetRoot());
    }

    // A submission inherits references and imports of those before it. Given again, they would be bound again, and the memory would
    // grow with the square of the cells.
    private Script<object> Continue(string code, int number)
    {
        var options = _options.WithFilePath(ErrorReports.NameOf(number));
        return _state is null
            ? CSharpScript.Create(code, options.AddReferences(_added), globalsType: null, _assemblies.Loader)
            : _state.Script.ContinueWith(code, options.WithReferences(_added).WithImports());
    }

    private CellResult Run(Script<object> script, int number, CellInterrupt interrupt)
    {
        Exception? thrown = null;
        ScriptState<object>? state = null;
        System.Text.Json.Nodes.JsonObject? data = null;
        var end = CellThread.Run(RunAndFormat, interrupt.Abort);
        // Also after an exception: what was assigned before it stays.
        if (state is not null) (_state, _added, _named) = (state, [], []);
        var error = end switch
        {
            CellThreadEnd.Abandoned => CellError.Unstoppable,
            CellThreadEnd.Aborted => CellError.Interrupted,
            CellThreadEnd.Lost => thrown is null ? CellError.ThreadLost : _errors.Exception(thrown, number),
            _ when interrupt.Abort.IsCancellationRequested && thrown is not null => CellError.Interrupted,
            _ when interrupt.IsPressed && thrown is OperationCanceledException => CellError.Interrupted,
            _ => thrown is null ? null : _errors.Exception(thrown, number),
        };
        return new(error is null ? data : null, error);

        async Task RunAndFormat()
        {
            bool Catch(Exception e)
            {
                thrown = e;
                return true;
            }
            try
            {
                _assemblies.Initialise(script.GetCompilation(), _named);
            }
            catch (TypeInitializationException e)
            {
                thrown = e;
                return;
            }
            state = _state is null ? await script.RunAsync(catchException: Catch) : await script.RunFromAsync(_state, Catch);
            if (thrown is not null || state.ReturnValue is null or DisplayedValue) return;
            try
            {
                // On the cell's thread: formatters run code of the notebook, which may loop or throw as well.
                data = MimeBundle.Of(state.ReturnValue);
            }
            catch (Exception e)
            {
                thrown = e;
            }
        }
    }
}
