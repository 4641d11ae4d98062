using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Leo.Cli.Tests;

/// <summary>The packages <c>Leo.Lab</c> and <c>leo</c>: what is in them, and that they work where there is no checkout.</summary>
public sealed class PackageTests(PackedFeed feed) : IClassFixture<PackedFeed>, IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public void Library_HoldsItself_AndNamesItsPackagesAndOneLibtorch()
    {
        var (names, manifest, size) = feed.Open("Leo.Lab");
        Assert.Equal(["README.md", "buildTransitive/net10.0/Leo.Lab.targets", "lib/net10.0/Leo.Lab.dll", "lib/net10.0/Leo.Lab.xml"],
            names.Where(n => !n.EndsWith(".nuspec", StringComparison.Ordinal) && !IsEnvelope(n)).Order(StringComparer.Ordinal));
        var versions = XDocument.Load(Path.Combine(PackedFeed.Repository, "Directory.Packages.props"));
        string Pinned(string id) => (string)versions.Descendants("PackageVersion").Single(v => (string?)v.Attribute("Include") == id).Attribute("Version")!;
        Assert.Equal(
            [
                ("ADRaffy.ENSNormalize", Pinned("ADRaffy.ENSNormalize")),
                ("Microsoft.ML.OnnxRuntime.Managed", versions.Descendants("OnnxVersion").Single().Value),
                ("SixLabors.ImageSharp", Pinned("SixLabors.ImageSharp")),
                ("TorchSharp", versions.Descendants("TorchSharpVersion").Single().Value),
                ("libtorch-cpu-linux-x64", versions.Descendants("LibtorchVersion").Single().Value),
            ],
            manifest.Descendants("dependency").Select(d => ((string)d.Attribute("id")!, (string)d.Attribute("version")!)));
        Assert.InRange(size, 500_000, 3_000_000);
        Described(manifest);
    }

    [Fact]
    public void Tool_HoldsProgramKernelAndCheckpoints_ButNoLibtorch()
    {
        var (names, manifest, size) = feed.Open("leo");
        const string folder = "tools/net10.0/any/";
        string[] shipped = [.. Directory.EnumerateFiles(Path.Combine(PackedFeed.Repository, "checkpoints"), "*.safetensors").Select(f => $"{folder}checkpoints/{Path.GetFileName(f)}")];
        Assert.NotEmpty(shipped);
        string[] programs = ["leo.dll", "Leo.Lab.dll", "leo-kernel.dll", "leo-kernel.runtimeconfig.json", "DotnetToolSettings.xml"];
        Assert.Superset(new HashSet<string>([.. shipped, .. programs.Select(p => folder + p)]), new HashSet<string>(names));
        // Of ONNX Runtime the managed half alone.
        Assert.Contains(folder + "Microsoft.ML.OnnxRuntime.dll", names);
        Assert.DoesNotContain(names, n => n.EndsWith(".so", StringComparison.Ordinal) || n.EndsWith("Leo.Lab.packages.txt", StringComparison.Ordinal));
        Assert.Equal("DotnetTool", (string?)manifest.Descendants("packageType").Single().Attribute("name"));
        Assert.Empty(manifest.Descendants("dependency"));
        Assert.InRange(size, 10_000_000, 40_000_000);
        Described(manifest);
    }

    [Theory]
    [InlineData("Leo.Lab")]
    [InlineData("leo")]
    public void Package_HoldsNoPathOfThisMachine(string id)
    {
        foreach (var (name, content) in feed.Files(id))
        {
            foreach (string path in (string[])[PackedFeed.Repository + "/", PackedFeed.Packages + "/", feed.At("")])
            {
                Assert.True(content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(path)) < 0, $"{name}: {path}");
                Assert.True(content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(path)) < 0, $"{name}: {path}");
            }
        }
    }

    [Fact]
    public void Tool_Installed_SaysItsVersionAndReadsACheckpoint()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", feed.Leo(["--version"]).Out);
        var inspect = feed.Leo(["inspect", Path.Combine(feed.ToolFolder, "checkpoints", "start-code-faces-tiny.safetensors")], $"NUGET_PACKAGES={PackedFeed.Packages}");
        Assert.True(inspect.Code == 0, inspect.Error);
        Assert.Contains("start-code", inspect.Out, StringComparison.Ordinal);
    }

    /// <summary>The user's nuget.config names a folder in which libtorch is, so the restore need not fetch it; the program does not know that folder.</summary>
    [Fact]
    public void Tool_FirstStart_RestoresLibtorchAndSaysSoOnce()
    {
        string[] animate =
        [
            "animate", "--checkpoint", Path.Combine(feed.ToolFolder, "checkpoints", "animator-faces-tiny.safetensors"),
            "--source", _workshop.Frames("source.safetensors", 1, 1, 64), "--driving", _workshop.Frames("driving.safetensors", 3, 2, 64), "--out", _workshop.At("moved.safetensors"),
        ];
        string list = Path.Combine(feed.ToolFolder, "Leo.Lab.packages.txt");
        File.Delete(list);
        var first = feed.Leo(animate, $"HOME={feed.At("home")}");
        Assert.True(first.Code == 0, first.Error);
        Assert.Matches(@"^first start: dotnet restore brings libtorch [\d.]+ into NuGet's folder \(.*\), once$", first.Error);
        using (var frames = _workshop.Tensor("moved.safetensors", "frames")) Assert.Equal([3, 3, 64, 64], frames.shape);
        Assert.Contains(PackedFeed.Packages, File.ReadAllLines(list));
        var second = feed.Leo(animate, $"HOME={feed.At("home")}");
        Assert.Equal((0, ""), (second.Code, second.Error));
        File.Delete(list);
    }

    [Theory]
    [InlineData("exit 0", " has no SDK. Install the .NET 10 SDK, or put libtorch-cpu-linux-x64 ")]
    [InlineData("[ $1 = restore ] || { echo '10.0.100 [/sdk]'; exit 0; }; echo '/tmp/torch.csproj : error NU1301: Unable to load the service index for source https://x/index.json.'; exit 1",
        ": NU1301: Unable to load the service index for source https://x/index.json. Mend the network or NuGet's sources, then run the same command again.")]
    public void Tool_LibtorchCannotBeHad_IsOneLine(string dotnet, string expected)
    {
        string standIn = _workshop.At("dotnet");
        File.WriteAllText(standIn, $"#!/bin/sh\n{dotnet}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(standIn, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (code, output, error) = feed.Leo(["inspect", Path.Combine(feed.ToolFolder, "checkpoints", "start-code-faces-tiny.safetensors")], $"HOME={_workshop.At("home")}", $"DOTNET_HOST_PATH={standIn}");
        Assert.Equal((1, ""), (code, output));
        string line = Assert.Single(error.Split('\n'), l => !l.StartsWith("first start: ", StringComparison.Ordinal));
        Assert.StartsWith("error: libtorch: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    /// <summary>The notebook has the checkpoint beside it, and nothing else of the project.</summary>
    [Fact]
    public void Library_InANotebookOutsideTheCheckout_AnimatesAPicture()
    {
        string folder = Directory.CreateDirectory(feed.At("notebook")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "checkpoints"));
        File.Copy(Path.Combine(PackedFeed.Repository, "checkpoints", "animator-faces-tiny.safetensors"), Path.Combine(folder, "checkpoints", "animator-faces-tiny.safetensors"));
        File.Copy(_workshop.Frames("source.safetensors", 1, 1, 64), Path.Combine(folder, "source.safetensors"));
        File.Copy(_workshop.Frames("driving.safetensors", 3, 2, 64), Path.Combine(folder, "driving.safetensors"));
        Write(Path.Combine(folder, "animate.ipynb"),
            // TorchSharp first, so that libtorch has to be found before anything of Leo.Lab is used.
            $"#i \"nuget: {feed.At("feed")}\"\n#r \"nuget: Leo.Lab, {feed.Version}\"\nTorchSharp.torch.ones(3).sum().item<float>()",
            """
            using Leo.Lab.Animator;
            using Leo.Lab.Data;
            var animator = ImageAnimator.Load("checkpoints/animator-faces-tiny.safetensors");
            var picture = FrameSource.Load("source.safetensors", 64).Tensor;
            var driving = FrameSource.Load("driving.safetensors", 64).Tensor;
            var moved = new AnimationPipeline(animator).Animate(picture, driving, AnimationMode.Relative);
            string.Join("×", moved.Frames.shape)
            """);
        var run = feed.Leo(["notebook", "run", Path.Combine(folder, "animate.ipynb"), "--out", feed.At("done")],
            $"HOME={feed.At("home")}", $"NUGET_PACKAGES={feed.At("packages")}", $"NUGET_FALLBACK_PACKAGES={PackedFeed.Packages}");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(["3", "3×3×64×64"], Results(feed.At("done/animate.ipynb")));
        Assert.Equal(["leo.lab"], Directory.EnumerateDirectories(feed.At("packages")).Select(Path.GetFileName));
    }

    private static void Described(XElement manifest)
    {
        Assert.Equal("MIT", (string?)manifest.Element("license"));
        Assert.Equal("README.md", (string?)manifest.Element("readme"));
        Assert.Equal("The Leo.Lab authors", (string?)manifest.Element("authors"));
        Assert.Contains("LEO", (string?)manifest.Element("description"), StringComparison.Ordinal);
        Assert.Null(manifest.Element("repository")?.Attribute("url"));
    }

    // What every package has.
    private static bool IsEnvelope(string name) =>
        name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal) || name == "[Content_Types].xml";

    private static void Write(string path, params string[] cells) => File.WriteAllText(path, new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select((code, i) => new JsonObject
        {
            ["cell_type"] = "code", ["id"] = $"cell{i}", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = code,
        })]),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
            ["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString());

    // The plain text of what each cell returned.
    private static string[] Results(string path)
    {
        using var notebook = JsonDocument.Parse(File.ReadAllText(path));
        return [.. notebook.RootElement.GetProperty("cells").EnumerateArray()
            .SelectMany(c => c.GetProperty("outputs").EnumerateArray())
            .Where(o => o.GetProperty("output_type").GetString() == "execute_result")
            .Select(o => o.GetProperty("data").GetProperty("text/plain"))
            .Select(t => t.ValueKind == JsonValueKind.Array ? string.Concat(t.EnumerateArray().Select(l => l.GetString())) : t.GetString()!)];
    }
}
