using Leo.Lab.Data;
using Leo.Lab.Media;
using Leo.Lab.Tests.Media;

namespace Leo.Lab.Tests.Data;

public sealed class ClipStoreTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private string Cache([System.Runtime.CompilerServices.CallerMemberName] string test = "") => media.At("cache-" + test);

    private string Folder(string name, int frames, int size = 8)
    {
        string folder = media.At(name);
        for (int t = 0; t < frames; t++)
            ImageFile.Write(Path.Combine(folder, $"{t}.png"), new Image(size, size, [.. Enumerable.Repeat((byte)(t * 10), size * size * 3)]));
        return folder;
    }

    [Fact]
    public void Open_Videos_KeepsEveryFrameInOrder()
    {
        string mp4 = media.At("clip.mp4");
        VideoWriter.WriteAll(mp4, MediaFixture.Ramps(48, 32, 9, 12.5));
        string folder = Folder("order", 3);

        using var store = ClipStore.Open([mp4, folder], 8, Cache());

        Assert.Equal((2, 8), (store.Count, store.Size));
        Assert.Equal((9, 12.5, mp4), (store.FrameCount(0), store.FramesPerSecond(0), store.Path(0)));
        Assert.Equal([0, 10, 20], Enumerable.Range(0, 3).Select(t => (int)store.Frame(1, t)[5]));
        Assert.Equal(VideoReader.Read(mp4, new VideoReadOptions { Size = 8 }).Frame(8).ToArray(), store.Frame(0, 8).ToArray());
    }

    [Fact]
    public void Open_StoreThatWasBuiltFromElsewhere_HasThePathsOfThisCall()
    {
        string folder = Folder("moved", 2), elsewhere = Path.Combine(folder, "..", Path.GetFileName(folder));
        var said = new List<string>();
        ClipStore.Open([elsewhere], 8, Cache(), said.Add).Dispose();
        int before = said.Count;

        using var store = ClipStore.Open([folder], 8, Cache(), said.Add);

        Assert.Equal(folder, store.Path(0));
        Assert.Equal(before, said.Count);                                  // and nothing was decoded for it
    }

    [Fact]
    public void Clip_Stride_TakesThoseFramesAsFloats()
    {
        using var store = ClipStore.Open([Folder("strided", 6)], 8, Cache());

        using var clip = store.Clip(0, 1, 3, 2);

        Assert.Equal([3L, 3, 8, 8], clip.shape);
        for (int i = 0; i < 3; i++)
            Assert.Equal((float)((10 * (1 + (2 * i)) / 127.5) - 1), clip[i, 2, 7, 7].item<float>());
    }

    [Fact]
    public void Clip_BeyondTheEnd_IsRefused()
    {
        using var store = ClipStore.Open([Folder("beyond", 4)], 8, Cache());

        Assert.Throws<ArgumentOutOfRangeException>(() => store.Clip(0, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => { store.Frame(0, 4); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { store.Frame(0, -1); });
    }

    [Fact]
    public void Open_Again_DecodesOnlyWhatChanged()
    {
        string folder = Folder("again", 3);
        List<string> log = [];
        ClipStore.Open([folder], 8, Cache(), log.Add).Dispose();
        int first = log.Count;
        ClipStore.Open([folder], 8, Cache(), log.Add).Dispose();
        int second = log.Count;
        ImageFile.Write(Path.Combine(folder, "3.png"), new Image(8, 8, new byte[192]));

        using var changed = ClipStore.Open([folder], 8, Cache(), log.Add);

        Assert.True(first > 0);
        Assert.Equal(first, second);
        Assert.True(log.Count > second);
        Assert.Equal(4, changed.FrameCount(0));
        Assert.Single(Directory.GetFiles(Cache()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(300)]
    public void Open_CutStore_IsBuiltAnew(int length)
    {
        string folder = Folder("mended", 3);
        string file;
        using (var store = ClipStore.Open([folder], 8, Cache()))
            file = store.File;
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);

        using var mended = ClipStore.Open([folder], 8, Cache());

        Assert.Equal(20, mended.Frame(0, 2)[0]);
    }

    [Fact]
    public void Frame_OfAVideoWithAFlippedBit_IsRefusedAndOthersAreNot()
    {
        string good = Folder("good", 3), bad = Folder("bad", 3), file;
        using (var store = ClipStore.Open([good, bad], 8, Cache()))
            file = store.File;
        byte[] bytes = File.ReadAllBytes(file);
        bytes[ClipStoreFile.HeaderBytes + (5 * 192) + 7] ^= 4;              // in the last frame of the second
        File.WriteAllBytes(file, bytes);

        using var damaged = ClipStore.Open([good, bad], 8, Cache());

        Assert.Equal(20, damaged.Frame(0, 2)[0]);
        string message = Assert.Throws<DataException>(() => damaged.Clip(1, 0, 1)).Message;
        Assert.StartsWith($"{file}: the decoded frames of {bad} are damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_StoreWithAFlippedBitInItsIndex_IsBuiltAnew()
    {
        string folder = Folder("index", 3), file;
        using (var store = ClipStore.Open([folder], 8, Cache()))
            file = store.File;
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^6] ^= 1;                                                     // in the rate
        File.WriteAllBytes(file, bytes);

        using var mended = ClipStore.Open([folder], 8, Cache());

        Assert.Equal(25.0, mended.FramesPerSecond(0));
        Assert.NotEqual(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void Open_Rate_Resamples()
    {
        string path = media.TestVideo("resampled.mp4", 32, 32, 20, "-pix_fmt", "yuv420p");

        using var store = ClipStore.Open([path], 16, Cache(), framesPerSecond: 5);

        Assert.Equal((4, 5.0), (store.FrameCount(0), store.FramesPerSecond(0)));
    }

    [Fact]
    public void Open_SmallerThanTheModel_NamesFileAndSizes()
    {
        string path = media.TestVideo("small.mp4", 64, 48, 3, "-pix_fmt", "yuv420p");

        var error = Assert.Throws<DataException>(() => ClipStore.Open([path], 64, Cache()));

        Assert.Equal($"{path}: 64×48, smaller than the 64×64 that the model takes. Choose a smaller model (--size), or enlarge the video first.", error.Message);
        Assert.Empty(Directory.GetFiles(Cache()));
    }

    [Fact]
    public void Open_BrokenVideoAmongSoundOnes_LeavesNoHalfStore()
    {
        File.WriteAllText(media.At("broken.mp4"), "no video");
        string folder = Folder("sound", 2);

        var error = Assert.Throws<MediaException>(() => ClipStore.Open([folder, media.At("broken.mp4"), folder], 8, Cache()));

        Assert.Contains("broken.mp4", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Cache()));
    }

    [Fact]
    public void Open_CacheFolderThatIsAFile_IsOneLine()
    {
        File.WriteAllText(media.At("occupied"), "");

        Assert.Throws<FileWriteException>(() => ClipStore.Open([Folder("any", 2)], 8, media.At("occupied")));
    }

    [Fact]
    public void Open_PartsOfAKilledRun_AreSwept()
    {
        string folder = Folder("swept", 2);
        string file;
        using (var store = ClipStore.Open([folder], 8, Cache()))
            file = store.File;
        File.Delete(file);
        File.WriteAllText(file + ".1-abc.part", "left behind");

        ClipStore.Open([folder], 8, Cache()).Dispose();

        Assert.Equal([file], Directory.GetFiles(Cache()));
    }

    [Fact]
    public void Frame_AfterDispose_Throws()
    {
        var store = ClipStore.Open([Folder("closed", 2)], 8, Cache());
        store.Dispose();
        store.Dispose();

        Assert.Throws<ObjectDisposedException>(() => { store.Frame(0, 0); });
    }
}
