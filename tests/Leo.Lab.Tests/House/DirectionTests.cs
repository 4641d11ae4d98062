namespace Leo.Lab.Tests.House;

/// <summary>Data flows downward (docs/architecture.md): no folder of the library uses one that stands after it.</summary>
public sealed class DirectionTests
{
    // "Leo.Lab" is what lies in no folder of its own, and Native; "LeoPipeline" what of that stands on all others.
    private static readonly string[] Order =
    [
        "Leo.Lab", "Distributed", "Media", "Checkpoints", "Data", "Diffusion", "Training", "Perceptual", "Animator", "Motion", "StartFrames", "Metrics", "Display", "LeoPipeline", "Experiments",
    ];

    private static readonly Folders Library = Folders.Read(File.OpenRead(typeof(Seeds).Assembly.Location));

    [Fact]
    public void Folders_UseOnlyThoseBeforeThem() =>
        Assert.Empty(Library.Uses.Where(use => Array.IndexOf(Order, use.Key.Used) >= Array.IndexOf(Order, use.Key.User))
            .Select(use => $"{use.Key.User} uses {use.Key.Used}, in {use.Value}"));

    [Fact]
    public void Folders_HaveTheirPlaceInTheOrder() =>
        Assert.Equal(Order.Skip(1).Order(), Library.Uses.Keys.SelectMany(use => new[] { use.User, use.Used }).Distinct().Where(folder => folder != "Leo.Lab").Order());

    [Theory]
    [InlineData("class A { static void M(B b) { } }")]
    [InlineData("class A { static B? M() => null; }")]
    [InlineData("class A { B? f; }")]
    [InlineData("class A { System.Collections.Generic.List<B[]>? f; }")]
    [InlineData("class A : B { }")]
    [InlineData("class A { static object M() => new B(); }")]
    [InlineData("class A { static string M() => $\"{B.Value}\"; }")]
    [InlineData("class A { static object M() => new[] { 1 }.OfType<B>(); }")]
    [InlineData("class A { static bool M(object o) { switch (o) { case 1: case 2: case 3: case 4: return false; default: return o is B; } } }")]
    [InlineData("class A { class Inner { static System.Action M() => () => new B(); } }")]
    public void Uses_OfAnyKind_AreSeen(string user)
    {
        using var assembly = Assemblies.Compile($"using System.Linq; using Leo.Lab.Down; namespace Leo.Lab.Up {{ {user} }} namespace Leo.Lab.Down {{ class B {{ internal static int Value = 1; }} }}");
        Assert.Equal([(("Up", "Down"), "A")], Folders.Read(assembly).Uses.Select(use => (use.Key, use.Value)));
    }
}
