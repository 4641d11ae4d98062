namespace Leo.Lab.Tests.Native;

/// <summary>What a restore of libtorch says where it fails, and which program asks for one. The restore itself: Leo.Cli.Tests, PackageTests.</summary>
public sealed class TorchRestoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-restore-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/tmp/a/torch.csproj : error NU1301: Unable to load the service index. [/tmp/a/torch.csproj]\n  Connection refused\n", "NU1301: Unable to load the service index.")]
    [InlineData("\nNo usable version of libssl was found\n", "No usable version of libssl was found")]
    [InlineData("warning NU1: x\nerror : No space left on device : '/x'", "No space left on device : '/x'")]
    [InlineData("\n", "it said nothing")]
    public void Reason_IsTheFirstErrorOrTheLastLine(string output, string expected) => Assert.Equal(expected, TorchRestore.Reason(output));

    [Fact]
    public void IsTool_OnlyWhereTheSdkPutTheSettingsOfATool()
    {
        Assert.False(TorchRestore.IsTool(AppContext.BaseDirectory));
        Assert.False(TorchRestore.IsTool(_folder));
        File.WriteAllText(Path.Combine(_folder, "DotnetToolSettings.xml"), "");
        Assert.True(TorchRestore.IsTool(_folder));
    }
}
