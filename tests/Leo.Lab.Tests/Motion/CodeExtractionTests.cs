using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Motion;
using Leo.Lab.Media;
using Leo.Lab.Tests.Media;

namespace Leo.Lab.Tests.Motion;

/// <summary>Codes of videos, stopped and started again.</summary>
public sealed class CodeExtractionTests : IDisposable
{
    private const int Count = 4;
    private static readonly string[] Names = [.. Enumerable.Range(0, Count).Select(i => $"people/{i}")];

    private readonly TempFolder _folder = new();
    private readonly ImageAnimator _animator = Animator(1);

    public CodeExtractionTests()
    {
        for (int i = 0; i < Count; i++)
            VideoWriter.WriteAll(_folder[$"{i}.mp4"], MediaFixture.Ramps(16 + (2 * i), 16, 5 + i));
    }

    public void Dispose()
    {
        _animator.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_StoppedAndStartedAgain_GivesTheSameBytes(int stop)
    {
        using var clips = Clips();
        CodeExtraction.Run(_animator, clips, Names).Save(_folder["whole"]);
        Assert.Throws<OperationCanceledException>(() => CodeExtraction.Run(_animator, clips, Names, done => { if (done == stop) throw new OperationCanceledException(); }, new ExtractionParts(_folder["parts"])));

        var parts = new ExtractionParts(_folder["parts"]);
        CodeExtraction.Run(_animator, clips, Names, null, parts).Save(_folder["again"]);

        Assert.Equal(stop, parts.Reused);
        Assert.Equal(File.ReadAllBytes(_folder["whole"]), File.ReadAllBytes(_folder["again"]));
    }

    [Fact]
    public void Run_OfAnotherAnimator_TakesNoPartOfTheFirst()
    {
        using var clips = Clips();
        using var other = Animator(2);
        CodeExtraction.Run(_animator, clips, Names, null, new ExtractionParts(_folder["parts"]));

        var parts = new ExtractionParts(_folder["parts"]);
        var codes = CodeExtraction.Run(other, clips, Names, null, parts);

        Assert.Equal(0, parts.Reused);
        Assert.Equal(CodeExtraction.Run(other, clips, Names).Describe(), codes.Describe());
    }

    private ClipStore Clips() => ClipStore.Open([.. Enumerable.Range(0, Count).Select(i => _folder[$"{i}.mp4"])], 16, _folder["cache"]);

    private static ImageAnimator Animator(long seed)
    {
        using var generator = Seeds.Generator(seed, "animator");
        var made = new ImageAnimator(new AnimatorSettings { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] }, generator);
        made.eval();
        return made;
    }
}
