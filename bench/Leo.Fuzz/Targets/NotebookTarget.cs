using System.Text;
using Leo.Fuzz.Mutation;
using Leo.Kernel.Notebooks;

namespace Leo.Fuzz.Targets;

/// <summary>Notebooks as <c>leo notebook check</c>, <c>strip</c> and <c>run</c> read them.</summary>
internal sealed class NotebookTarget : FuzzTarget
{
    private const string Sound = """
        {"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":["# T\n","x"]},
        {"cell_type":"code","execution_count":1,"id":"b","metadata":{"tags":["raises-exception"],"vscode":{"languageId":"csharp"}},
        "outputs":[{"output_type":"stream","name":"stdout","text":["a\n","b"]},{"output_type":"execute_result","execution_count":1,"data":{"text/html":["<b>x</b>"],"application/json":{"a":1},"image/png":"AAAA"},"metadata":{}},
        {"output_type":"error","ename":"E","evalue":"v","traceback":["t","u"]}],"source":"1 + 1"},
        {"cell_type":"code","execution_count":null,"id":"c","metadata":{},"outputs":[],"source":["#r \"x\"\n","display(1)"]}],
        "metadata":{"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"}},"nbformat":4,"nbformat_minor":5}
        """;

    public override string Name => "notebook";

    public override int InputsInTests => 3000;

    private const string Dib = "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\"}}\n\n#!markdown\n\n# T\n\n#!csharp\n\nvar s = \"\"\"\n#!fsharp\n\"\"\";\n/* #!csharp */\n\n#!csharp\n#r \"x\"\n1 + 1\n";

    public override void Make(FuzzRandom random, string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "x.ipynb"), JsonMutation.Apply(random, Sound));
        File.WriteAllBytes(Path.Combine(folder, "x.dib"), ByteMutation.Apply(random, Encoding.UTF8.GetBytes(Dib)));
    }

    public override void Read(string folder, string output)
    {
        string path = Path.Combine(folder, "x.ipynb");
        Try(() => NotebookCheck.Faults(Notebook.Read(path)));
        Try(() => Notebook.Read(Path.Combine(folder, "x.dib")).Strip());
        var notebook = Notebook.Read(path);
        foreach (var cell in notebook.Cells)
            _ = (cell.IsCode, cell.MayFail, cell.Number, cell.Outputs.Count, cell.Source.Length);
        notebook.Strip();
        string stripped = Path.Combine(output, "x.ipynb");
        File.WriteAllText(stripped, notebook.ToText());
        var again = Notebook.Read(stripped);
        again.Strip();
        if (again.ToText() != notebook.ToText())
            throw new InvalidOperationException("a notebook that was stripped twice differs from one that was stripped once");
    }
}
