namespace Leo.Lab.Tests.House;

/// <summary>Whoever reads a number of a tensor makes the host wait for the device: all that do are listed here, with the reason.</summary>
public sealed class ReadBackTests
{
    [Fact]
    public void Dump() => File.WriteAllLines("/var/tmp/h-scale-reads.txt", ReadBacks.In(File.OpenRead(typeof(Seeds).Assembly.Location)));
}
