using Leo.Fuzz.Targets;

namespace Leo.Fuzz.Tests;

/// <summary>The net has no holes: what must be found is found. Each target here does on its fifth input what no reader may.</summary>
public sealed class FuzzRunTests
{
    [Theory]
    [InlineData("throws", "InvalidOperationException")]
    [InlineData("exits", "crash: the process ended with 3")]
    [InlineData("overflows its stack", "crash: the process ended with")]
    [InlineData("takes all memory", "OutOfMemoryException")]
    [InlineData("hangs", "hang: no end after 4 s")]
    [InlineData("writes beside", "written outside of the output folder: canary/hacked")]
    [InlineData("writes below", "written outside of the output folder: work/hacked")]
    public void Run_ReaderThatMisbehavesOnce_IsFoundAndTheOthersAreRead(string sin, string finding)
    {
        var report = FuzzRun.Run(new SinnerTarget(sin), seed: 0, first: 0, count: 8);

        var found = Assert.Single(report.Findings);
        Assert.Contains(finding, found.What, StringComparison.Ordinal);
        Assert.Equal(5, found.Number);
        Assert.Equal(8, report.Inputs);
    }
}
