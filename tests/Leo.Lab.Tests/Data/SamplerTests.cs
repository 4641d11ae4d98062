using Leo.Lab.Data;
using Leo.Lab.Media;
using Leo.Lab.Tests.Media;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Data;

/// <summary>Videos whose pixels say where they come from: red = video, green = frame, blue = column.</summary>
public sealed class SamplerFixture : IDisposable
{
    public const int Side = 4;
    private readonly MediaFixture _media = new();

    public SamplerFixture()
    {
        var folders = new[] { 2, 5, 30 }.Select(Folder).ToList();
        Store = ClipStore.Open(folders, Side, _media.At("cache"));
    }

    public ClipStore Store { get; }

    public string OneFrame() => Folder(1);

    public string Cache => _media.At("cache");

    /// <summary>Where the i-th frame of a batch comes from.</summary>
    public static (int Video, int Frame, int Column) Read(Tensor batch, int i)
    {
        int Byte(int channel) => (int)Math.Round((batch[i, channel, 0, 0].item<float>() + 1) * 127.5);
        return (Byte(0), Byte(1), Byte(2));
    }

    public void Dispose()
    {
        Store.Dispose();
        _media.Dispose();
    }

    private string Folder(int frames)
    {
        string folder = _media.At($"{frames:00}");
        for (int t = 0; t < frames; t++)
        {
            byte[] rgb = new byte[Side * Side * 3];
            for (int i = 0; i < Side * Side; i++)
                (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = ((byte)frames, (byte)t, (byte)(i % Side));
            ImageFile.Write(Path.Combine(folder, $"{t}.png"), new Image(Side, Side, rgb));
        }

        return folder;
    }
}

public sealed class SamplerTests(SamplerFixture data) : IClassFixture<SamplerFixture>
{
    [Fact]
    public void Pairs_AreTwoFramesOfOneVideo()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var sampler = new FramePairSampler(data.Store, 64, generator);

        var (source, driving) = sampler.Next();

        Assert.Equal([64L, 3, 4, 4], source.shape);
        Assert.Equal([64L, 3, 4, 4], driving.shape);
        var seen = new HashSet<int>();
        for (int i = 0; i < 64; i++)
        {
            var (video, from, column) = SamplerFixture.Read(source, i);
            var (same, to, _) = SamplerFixture.Read(driving, i);
            Assert.Equal(video, same);
            Assert.NotEqual(from, to);
            Assert.Equal(0, column);
            seen.Add(video);
        }

        Assert.Equal([2, 5, 30], seen.Order());
    }

    [Fact]
    public void Pairs_MaxDistance_HoldsAndIsReached()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var sampler = new FramePairSampler(data.Store, 200, generator, new FramePairOptions { MaxDistance = 3 });

        var (source, driving) = sampler.Next();
        var distances = Enumerable.Range(0, 200).Select(i => SamplerFixture.Read(driving, i).Frame - SamplerFixture.Read(source, i).Frame).ToList();

        Assert.Equal((-3, 3), (distances.Min(), distances.Max()));
        Assert.DoesNotContain(0, distances);
    }

    [Fact]
    public void Pair_EveryDraw_GivesEveryOtherFrame()
    {
        using var generator = new Generator(0);
        var sampler = new FramePairSampler(data.Store, 1, generator);

        // Video 1 has five frames; from frame 2, a quarter of the draws each falls to 0, 1, 3 and 4.
        var drivings = new[] { 0, 0.26, 0.51, 0.76, 0.9999999999999999 }.Select(d => sampler.Pair(0.5, 0.41, d)).ToList();

        Assert.All(drivings, p => Assert.Equal((1, 2), (p.Video, p.Source)));
        Assert.Equal([0, 1, 3, 4, 4], drivings.Select(p => p.Driving));
    }

    [Fact]
    public void Pairs_Flip_MirrorsBothFramesOfAboutHalf()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var sampler = new FramePairSampler(data.Store, 200, generator, new FramePairOptions { Flip = true });

        var (source, driving) = sampler.Next();
        int mirrored = Enumerable.Range(0, 200).Count(i => SamplerFixture.Read(source, i).Column == 3);

        Assert.InRange(mirrored, 60, 140);
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(SamplerFixture.Read(source, i).Column, SamplerFixture.Read(driving, i).Column));
    }

    [Fact]
    public void Pairs_StateRestored_ContinuesExactly()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var sampler = new FramePairSampler(data.Store, 8, generator);
        sampler.Next();
        var state = generator.get_state();
        var (source, driving) = sampler.Next();

        using var other = new Generator(99);
        other.set_state(state);
        var (again, drivingAgain) = new FramePairSampler(data.Store, 8, other).Next();

        Assert.True(source.equal(again).all().item<bool>());
        Assert.True(driving.equal(drivingAgain).all().item<bool>());
    }

    [Fact]
    public void Pairs_OneFrameVideo_IsNamed()
    {
        string folder = data.OneFrame();
        using var store = ClipStore.Open([folder], 4, data.Cache);
        using var generator = new Generator(5);

        var error = Assert.Throws<DataException>(() => new FramePairSampler(store, 1, generator));

        Assert.Equal($"{folder}: 1 frame, while a pair takes 2. Remove the file, or give a longer video.", error.Message);
    }

    [Fact]
    public void Clips_LengthAndStride_FollowEachOther()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(6);
        var sampler = new ClipSampler(data.Store, 32, 5, 2, generator);

        var clips = sampler.Next();

        Assert.Equal([32L, 5, 3, 4, 4], clips.shape);
        Assert.Equal([0, 1], sampler.Skipped); // 9 frames are needed, they have 2 and 5
        for (int i = 0; i < 32; i++)
        {
            int first = SamplerFixture.Read(clips[i], 0).Frame;
            Assert.Equal([first, first + 2, first + 4, first + 6, first + 8], Enumerable.Range(0, 5).Select(l => SamplerFixture.Read(clips[i], l).Frame));
        }
    }

    [Fact]
    public void Clips_NoVideoLongEnough_NamesTheLongest()
    {
        using var generator = new Generator(7);

        var error = Assert.Throws<DataException>(() => new ClipSampler(data.Store, 1, 31, 1, generator));

        Assert.StartsWith($"{data.Store.Path(2)}: 30 frames", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_InAScope_LeavesNothingBehind()
    {
        using var generator = new Generator(8);
        var sampler = new FramePairSampler(data.Store, 4, generator);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 10; i++)
        {
            using var scope = NewDisposeScope();
            sampler.Next();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
