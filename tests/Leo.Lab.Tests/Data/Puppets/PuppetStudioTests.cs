using Leo.Lab.Data.Puppets;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Data.Puppets;

public sealed class PuppetStudioTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("puppets").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(PuppetKind.Faces)]
    [InlineData(PuppetKind.Bodies)]
    public void Write_SmallSet_GivesVideosWithTheirTruth(PuppetKind kind)
    {
        var options = new PuppetOptions { Kind = kind, TrainIdentities = 2, TestIdentities = 1, Seed = 3 };
        var calls = new List<(int, int)>();
        PuppetStudio.Write(_folder, options, (done, total) => calls.Add((done, total)));
        Assert.Equal([(1, 6), (2, 6), (3, 6), (4, 6), (5, 6), (6, 6)], calls);

        string[] train = Directory.GetFiles(Path.Combine(_folder, "train"), "*.mp4"), test = Directory.GetFiles(Path.Combine(_folder, "test"), "*.mp4");
        Assert.Equal(["000_0.mp4", "000_1.mp4", "001_0.mp4", "001_1.mp4"], train.Select(p => Path.GetFileName(p)).Order());
        Assert.Equal(["002_0.mp4", "002_1.mp4"], test.Select(p => Path.GetFileName(p)).Order());
        PuppetTruth[] trainTruth = Array.ConvertAll(train, p => PuppetTruth.ForVideo(p)!), testTruth = Array.ConvertAll(test, p => PuppetTruth.ForVideo(p)!);
        Assert.Empty(trainTruth.Select(t => t.Identity).Intersect(testTruth.Select(t => t.Identity)));
        Assert.All(trainTruth.Concat(testTruth).GroupBy(t => t.Identity), person =>
        {
            Assert.Equal(2, person.Count());
            Assert.Equal(2, person.Select(t => t.Pattern).Distinct().Count());
        });

        string path = test.Order().First();
        var read = VideoReader.Read(path);
        Assert.Equal((128, 64, 64, 25.0), (read.FrameCount, read.Height, read.Width, read.FramesPerSecond));
        (var rendered, var truth) = PuppetStudio.Render(options, 2, 0);
        Assert.Equal(truth.Pose, testTruth.Single(t => t.Pattern == truth.Pattern).Pose);
        // 4:2:0 halves the colour; what is left of the difference must be small.
        double error = rendered.Rgb.Zip(read.Rgb).Average(pair => Math.Abs(pair.First - pair.Second));
        Assert.InRange(error, 0, 3.5);
    }

    [Theory]
    [InlineData(PuppetKind.Faces)]
    [InlineData(PuppetKind.Bodies)]
    public void Truth_SavedAndRead_IsTheSame(PuppetKind kind)
    {
        var truth = PuppetStudio.Render(new PuppetOptions { Kind = kind, Frames = 4 }, 1, 0).Truth;
        string video = Path.Combine(_folder, "one.mp4");
        Assert.Null(PuppetTruth.ForVideo(video));
        truth.Save(video);
        var read = PuppetTruth.ForVideo(video)!;
        Assert.Equal(truth.Pose, read.Pose);
        Assert.Equal(truth.PoseNames, read.PoseNames);
        Assert.Equal((truth.Identity, truth.Kind, truth.Pattern, truth.Body, truth.Face), (read.Identity, read.Kind, read.Pattern, read.Body, read.Face));
        Assert.All(read.Pose, pose => Assert.Equal(read.PoseNames.Length, pose.Length));
        Assert.Equal(kind == PuppetKind.Bodies, read.Body is not null);
    }

    [Fact]
    public void Truth_OfAForeignJson_NamesTheFile()
    {
        File.WriteAllText(Path.Combine(_folder, "foreign.json"), "{\"title\": 1}");
        var error = Assert.Throws<LeoException>(() => PuppetTruth.ForVideo(Path.Combine(_folder, "foreign.mp4")));
        Assert.Contains("foreign.json", error.Message);
    }

    [Fact]
    public void Write_SeveralFaults_NamesAllOfThem()
    {
        var options = new PuppetOptions { Size = 63, Frames = 0, VideosPerIdentity = 0 };
        string message = Assert.Throws<LeoException>(() => PuppetStudio.Write(_folder, options)).Message;
        Assert.Contains("size is 63", message);
        Assert.Contains("frames is 0", message);
        Assert.Contains("videosPerIdentity is 0", message);
    }

    [Theory]
    [InlineData(PuppetKind.Faces)]
    [InlineData(PuppetKind.Bodies)]
    public void Identities_OfOneSeed_AreAllDifferent(PuppetKind kind)
    {
        object[] people = [.. Enumerable.Range(0, 184).Select(i => kind == PuppetKind.Bodies ? BodyIdentity.Draw(0, i) : (object)FaceIdentity.Draw(0, i))];
        Assert.Equal(people.Length, people.Distinct().Count());
    }
}
