using Leo.Lab.Experiments;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

public class ColourPaletteTests
{
    [Fact]
    public void Of_AnyFrames_AddsUpToOne()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(0, "palette");
        Assert.Equal(1, ColourPalette.Of(rand([3, 3, 16, 16], generator: generator) * 2 - 1).Sum(), 9);
    }

    [Fact]
    public void Distance_BlackToWhite_IsOne()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1, ColourPalette.Distance(ColourPalette.Of(ones(1, 3, 8, 8)), ColourPalette.Of(-ones(1, 3, 8, 8))), 9);
    }

    [Fact]
    public void Of_SamePixelsElsewhere_IsTheSame()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(1, "palette");
        var frame = rand([1, 3, 8, 8], generator: generator) * 2 - 1;
        Assert.Equal(0, ColourPalette.Distance(ColourPalette.Of(frame), ColourPalette.Of(frame.flip(3))), 6); // added up in Float32, in another order
    }

    [Fact]
    public void Distance_GrowsWithTheChange()
    {
        using var scope = NewDisposeScope();
        var grey = zeros(1, 3, 8, 8);
        double little = ColourPalette.Distance(ColourPalette.Of(grey), ColourPalette.Of(grey + 0.02));
        double more = ColourPalette.Distance(ColourPalette.Of(grey), ColourPalette.Of(grey + 0.1));
        Assert.True(0 < little && little < more && more < 1);
    }

    [Fact]
    public void Drift_OfAStillVideo_IsZero()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(2, "palette");
        var frame = rand([1, 3, 8, 8], generator: generator) * 2 - 1;
        Assert.Equal(0, ColourPalette.Drift(frame.expand(100, -1, -1, -1)), 9);
    }

    // Red turns green half-way: nothing is left of the first colour.
    [Fact]
    public void Drift_AnotherPictureAtTheEnd_IsOne()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1, ColourPalette.Drift(cat([Plain(1, -1, -1, 40), Plain(-1, 1, -1, 40)], 0)), 9);
    }

    [Fact]
    public void PeoplePalettes_TellPeopleByColour()
    {
        using var scope = NewDisposeScope();
        var people = new PeoplePalettes();
        people.Add(3, Plain(1, -1, -1, 2));
        Assert.Null(people.Kept(3, Plain(1, -1, -1, 2)));
        people.Add(8, Plain(-1, 1, -1, 2));

        Assert.Equal(1, people.Kept(3, Plain(0.8f, -0.9f, -1, 4)));
        Assert.Equal(0.5, people.Kept(8, cat([Plain(1, -1, -1, 2), Plain(-1, 0.7f, -1, 2)], 0)));
    }

    private static Tensor Plain(float red, float green, float blue, int frames) =>
        tensor(new[] { red, green, blue }).reshape(1, 3, 1, 1).expand(frames, 3, 8, 8);
}
