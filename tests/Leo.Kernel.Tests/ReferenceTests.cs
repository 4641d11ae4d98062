using Leo.Kernel.Client;

namespace Leo.Kernel.Tests;

[Collection(KernelCollection.Name)]
public sealed class ReferenceTests(KernelFixture kernel)
{
    // By name only, as a library does that references neither kernel nor formatters.
    private const string ShowsItself = """
        using System; using System.Collections.Generic; using System.IO;
        namespace Shown;
        [AttributeUsage(AttributeTargets.Class)]
        class TypeFormatterSourceAttribute : Attribute
        {
            public TypeFormatterSourceAttribute(Type source) => FormatterSourceType = source;
            public Type FormatterSourceType { get; }
            public string[] PreferredMimeTypes { get; set; } = ["text/html"];
        }
        class Source { public IEnumerable<object> CreateTypeFormatters() => [new Html(), new Plain()]; }
        class Html { public string MimeType => "text/html"; public bool Format(object o, TextWriter w) { w.Write("<b>film</b>"); return true; } }
        class Plain { public string MimeType => "text/plain"; public bool Format(object o, TextWriter w) { w.Write("film"); return true; } }
        [TypeFormatterSource(typeof(Source))] public class Film { }
        public class Short : Film { }
        """;

    [Fact]
    public void Type_WithAFormatterSourceByName_ShowsItself()
    {
        SmallLibrary.Compile(Path.Combine(kernel.Folder, "Shown.dll"), ShowsItself);
        var run = kernel.Run("#r \"Shown.dll\"\nnew Shown.Film()");
        Assert.Equal("<b>film</b>", run.Value("text/html"));
        Assert.Equal("film", run.Value());
        Assert.Equal("<b>film</b>", kernel.Run("new Shown.Short()").Value("text/html"));
    }

    // A library that prepares another one, as Leo.Lab finds libtorch before TorchSharp looks for it.
    private const string Prepares = """
        public static class Preparer
        {
            public static int Runs;
            [System.Runtime.CompilerServices.ModuleInitializer]
            internal static void Run() { Runs++; System.AppContext.SetData("Leo.Tests.Prepared", "prepared"); }
        }
        """;

    [Fact]
    public void ReferencedFile_WithAModuleInitializer_IsInitialisedOnceBeforeTheCellsOwnCode()
    {
        SmallLibrary.Compile(Path.Combine(kernel.Folder, "Preparer.dll"), Prepares);
        Assert.Equal("prepared", kernel.Run("#r \"Preparer.dll\"\nAppContext.GetData(\"Leo.Tests.Prepared\")").Value());
        Assert.Equal("1", kernel.Run("#r \"Preparer.dll\"\nPreparer.Runs").Value());
        Assert.Equal("1", kernel.Run("AppDomain.CurrentDomain.GetAssemblies().Count(a => a.GetName().Name == \"Preparer\")").Value());
    }

    [Fact]
    public void ReferencedFile_WhoseModuleInitializerFails_FailsTheCellBeforeItsOwnCode()
    {
        SmallLibrary.Compile(Path.Combine(kernel.Folder, "Unprepared.dll"), Prepares.Replace("Runs++;", "throw new System.IO.IOException(\"no libunprepared\");").Replace("Preparer", "Unprepared"));
        var run = kernel.Run("#r \"Unprepared.dll\"\nConsole.WriteLine(\"began\");");
        Assert.Equal("error", run.Status);
        Assert.Contains("no libunprepared", run.Traceback);
        Assert.Empty(run.Stdout);
        Assert.Equal("2", kernel.Run("1 + 1").Value());
    }

    [Fact]
    public void ReferencedFile_ForTheCompilerOnly_IsNoError()
    {
        SmallLibrary.Compile(Path.Combine(kernel.Folder, "OnlyReference.dll"), "[assembly: System.Runtime.CompilerServices.ReferenceAssembly] public static class OnlyReference { public const int One = 1; }");
        Assert.Equal("1", kernel.Run("#r \"OnlyReference.dll\"\nOnlyReference.One").Value());
    }

    [Fact]
    public void ReferencedFile_RebuiltMeanwhile_IsWarnedOfOnceAndKeepsTheOldCode()
    {
        string file = SmallLibrary.Compile(Path.Combine(kernel.Folder, "Stale.dll"), "public static class Stale { public static string Say() => \"old\"; }");
        Assert.Equal("old", kernel.Run("#r \"Stale.dll\"\nStale.Say()").Value());
        SmallLibrary.Compile(file, "public static class Stale { public static string Say() => \"new\"; public static int More; }");
        var after = kernel.Run("#r \"Stale.dll\"\nStale.Say()");
        Assert.Equal("old", after.Value());
        Assert.Contains("Stale.dll was rebuilt", after.Stderr);
        Assert.Empty(kernel.Run("Stale.Say()").Stderr);
    }

    [Fact]
    public void ReferencedFile_OnlyTouched_IsNotWarnedOf()
    {
        string file = SmallLibrary.Compile(Path.Combine(kernel.Folder, "Touched.dll"), "public static class Touched { public const int One = 1; }");
        kernel.Run("#r \"Touched.dll\"\nTouched.One");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
        Assert.Empty(kernel.Run("Touched.One").Stderr);
    }

    [Fact]
    public void ReferencedFile_ThatIsMissing_IsAnErrorAndMayComeLater()
    {
        Assert.Contains("Later.dll", kernel.Run("#r \"Later.dll\"").Reply.Text("evalue"));
        SmallLibrary.Compile(Path.Combine(kernel.Folder, "Later.dll"), "public static class LaterLibrary { public const int One = 1; }");
        var later = kernel.Run("#r \"Later.dll\"\nLaterLibrary.One");
        Assert.True(later.Status == "ok", later.Reply.Text("evalue"));
    }

    [Fact]
    public void DependencyBesideAReference_IsFound()
    {
        string folder = Directory.CreateDirectory(Path.Combine(kernel.Folder, "libs")).FullName;
        File.Copy(NativeZmq(), Path.Combine(folder, "libbeside.so"));
        SmallLibrary.Compile(Path.Combine(folder, "Beside.dll"), Native("Beside", "beside"));
        Assert.Equal("4", kernel.Run("#r \"libs/Beside.dll\"\nBeside.Major()").Value());
    }

    [Fact]
    public void Package_WithANativeLibraryAndAModuleInitializer_IsInitialisedAndWorks()
    {
        string feed = Directory.CreateDirectory(Path.Combine(kernel.Folder, "feed")).FullName;
        SmallLibrary.Pack(feed, "Leo.Tests.Native", SmallLibrary.Compile(Path.Combine(kernel.Folder, "Leo.Tests.Native.dll"), Native("Packed", "packed") + Prepares), NativeZmq(), "libpacked.so");
        // A packages folder of its own: one of an earlier run must not answer.
        using var process = KernelProcess.Start(kernel.Folder, new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(kernel.Folder, "packages") });
        using var client = new KernelClient(process.Connection);
        client.WaitUntilReady(TimeSpan.FromMinutes(2));
        KernelFixture.Run(client, process, "1", TimeSpan.FromMinutes(2));
        var run = KernelFixture.Run(client, process, $"#i \"nuget: {feed}\"\n#r \"nuget: Leo.Tests.Native, 1.0.0\"\nAppContext.GetData(\"Leo.Tests.Prepared\")", TimeSpan.FromMinutes(2));
        Assert.Equal("prepared", run.Value());
        Assert.Equal("4", KernelFixture.Run(client, process, "Packed.Major()", TimeSpan.FromMinutes(2)).Value());
        client.Shutdown();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(10)));
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("#r \"nuget: <evil/>, 1.0\"")]
    [InlineData("#r \"nuget: , 1.0\"")]
    [InlineData("#r \"nuget: Good, $(Path)\"")]
    public void Package_WithoutAProperName_IsRefused(string line) => Assert.Equal("PackageError", kernel.Run(line).Reply.Text("ename"));

    private static string Native(string type, string library) => $$"""
        using System.Runtime.InteropServices;
        public static class {{type}}
        {
            [DllImport("{{library}}")] static extern void zmq_version(out int major, out int minor, out int patch);
            public static string Major() { zmq_version(out int major, out _, out _); return major.ToString(); }
        }
        """;

    // Any library of the system will do, under another name.
    private static string NativeZmq() =>
        ((string[])["/usr/lib/x86_64-linux-gnu/libzmq.so.5", "/usr/lib/aarch64-linux-gnu/libzmq.so.5", "/usr/lib/libzmq.so.5", "/usr/lib64/libzmq.so.5"]).First(File.Exists);
}
