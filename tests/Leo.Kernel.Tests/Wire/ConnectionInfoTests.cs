using System.Text.Json.Nodes;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Tests.Wire;

public sealed class ConnectionInfoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-connection-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_ThenRead_IsTheSame()
    {
        var info = ConnectionInfo.Create();
        info.Write(At("c.json"));
        var read = ConnectionInfo.Read(At("c.json"));
        Assert.Equal((info.Key, info.Shell, info.Heartbeat), (read.Key, read.Shell, read.Heartbeat));
        Assert.Equal(5, info.Ports.Distinct().Count());
    }

    [Fact]
    public void Write_OnUnix_IsForTheOwnerOnly()
    {
        if (OperatingSystem.IsWindows()) return;
        ConnectionInfo.Create().Write(At("c.json"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("c.json")));
    }

    [Theory]
    [InlineData("ip", "0.0.0.0", "loopback")]
    [InlineData("ip", "192.168.1.7", "loopback")]
    [InlineData("ip", "*", "loopback")]
    [InlineData("key", "", "unsigned")]
    [InlineData("signature_scheme", "hmac-md5", "hmac-sha256")]
    [InlineData("transport", "udp", "tcp or ipc")]
    public void Read_OfSomethingUnsafe_IsRefused(string key, string value, string reason)
    {
        ConnectionInfo.Create().Write(At("good.json"));
        var json = JsonNode.Parse(File.ReadAllText(At("good.json")))!.AsObject();
        json[key] = value;
        File.WriteAllText(At("bad.json"), json.ToJsonString());
        Assert.Contains(reason, Assert.Throws<KernelException>(() => ConnectionInfo.Read(At("bad.json"))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"key\":5}")]
    [InlineData("{\"key\":\"k\",\"shell_port\":\"x\"}")]
    [InlineData("{\"key\":\"k\"}")]
    public void Read_OfSomethingElse_NamesTheFile(string text)
    {
        File.WriteAllText(At("x.json"), text);
        Assert.Contains("x.json", Assert.Throws<KernelException>(() => ConnectionInfo.Read(At("x.json"))).Message);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
