namespace Leo.Fuzz.Tests;

/// <summary>
/// Every target reads its first inputs of seed 0: the same ones on every machine, as many each time. <c>./lab bench fuzz</c> goes on from
/// there. What is found is printed with what makes it again.
/// </summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Read_ManyBrokenInputs_EndsEachInWordsWithoutCrashHangOrStrayFile(string name)
    {
        var target = FuzzTargets.Create(name);

        var report = FuzzRun.Run(target, seed: 0, first: 0, target.InputsInTests);

        Assert.True(report.Findings.Count == 0, string.Join('\n', report.Findings.Take(20)));
        Assert.Equal(target.InputsInTests, report.Inputs);
        // Neither is everything refused, which would mean that nothing is looked at, nor is nothing.
        Assert.InRange(report.Refused, 1, report.Inputs - 1);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Make_SameSeedAndNumber_IsTheSameInput(string name)
    {
        var target = FuzzTargets.Create(name);
        string root = Directory.CreateTempSubdirectory("leo-fuzz-").FullName;
        try
        {
            string[] all = [.. Enumerable.Range(0, 3).Select(i => Path.Combine(root, $"{i}"))];
            foreach (string folder in all)
            {
                Directory.CreateDirectory(folder);
                target.Make(new FuzzRandom(name, seed: 5, number: folder == all[2] ? 8 : 7), folder);
            }
            Assert.Equal(Content(all[0]), Content(all[1]));
            Assert.NotEqual(Content(all[0]), Content(all[2]));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static List<string> Content(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexString(File.ReadAllBytes(f))}")];
}
