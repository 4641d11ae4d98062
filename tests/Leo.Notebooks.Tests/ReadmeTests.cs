using System.Globalization;
using System.Text.RegularExpressions;
using Leo.Kernel.Notebooks;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Media;

namespace Leo.Notebooks.Tests;

/// <summary>The lines of C# that README shows, as a reader types them; only budgets are cut down.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-readme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FromCSharp_Lines_MakeTheVideosAndNumbersThatTheyPromise()
    {
        Puppets("my-videos", people: 3, seed: 1);
        Puppets("real", people: 4, seed: 2);
        Puppets("fake", people: 4, seed: 3);
        string talk = Directory.EnumerateFiles(At("my-videos"), "*.mp4", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.Copy(talk, At("talk.mp4"));
        ImageFile.Write(At("me.png"), VideoReader.Read(talk).ImageAt(0));
        string lines = Regex.Match(File.ReadAllText(Path.Combine(Path.GetDirectoryName(SeriesTests.Folder)!, "README.md")), "## From C#.*?```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(4, Regex.Count(lines, "10_000|minutes: 60|minutes: 8|\\bddim:50\"\\)\\[1\\]"));
        string library = typeof(Leo.Lab.NativeTorch).Assembly.Location;

        var result = new NotebookRunner { Timeout = TimeSpan.FromMinutes(5) }.Run(OwnNotebookTests.WriteIn(_folder,
            $"""
            #r "{library}"
            #r "{Path.Combine(Path.GetDirectoryName(library)!, "TorchSharp.dll")}"
            System.IO.Directory.SetCurrentDirectory("{_folder}");
            """,
            lines.Replace("10_000", "150").Replace("minutes: 60", "minutes: 0.05").Replace("minutes: 8", "minutes: 0.05")));

        Assert.True(result.Failure is null, $"{result.Failure?.Place}: {result.Failure?.Message}\n{result.Failure?.Traceback}");
        Assert.Equal([64, 64, 64, 150, 64, 64], new[] { "moved.mp4", "sampled.mp4", "drawn.gif", "long.mp4", "edited.mp4", "mine.mp4" }.Select(name => VideoReader.Read(At(name)).FrameCount));
        string printed = string.Concat(result.Notebook.Cells.SelectMany(c => c.Outputs).Select(o => NotebookText.Join(o!["text"])));
        Assert.True(double.Parse(Regex.Match(printed, @"^FVD\(puppet-i3d\) ([\d.]+) \(videogpt; 4 real and 4 generated clips\)", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture) > 0);
        Assert.True(double.Parse(Regex.Match(printed, @"^ACD\(palette\) ([\d.]+) ", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture) > 0);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Puppets(string folder, int people, long seed) => PuppetStudio.Write(At(folder),
        new PuppetOptions { Kind = PuppetKind.Faces, TrainIdentities = people - 1, TestIdentities = 1, VideosPerIdentity = 1, Frames = 64, Size = 64, Seed = seed });
}
