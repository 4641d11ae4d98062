namespace Leo.Lab.Tests;

public class JsonTests
{
    private enum Colour { DeepRed }

    private sealed record Sample
    {
        public int FrameCount { get; init; }

        public Colour Colour { get; init; }
    }

    [Fact]
    public void WriteLine_Record_IsCamelCaseWithNamedEnums() =>
        Assert.Equal("""{"frameCount":3,"colour":"deepRed"}""", Json.WriteLine(new Sample { FrameCount = 3 }));

    [Fact]
    public void Read_OwnOutput_IsTheSame()
    {
        var sample = new Sample { FrameCount = 3 };
        Assert.Equal(sample, Json.Read<Sample>(Json.Write(sample), "here"));
    }

    [Theory]
    [InlineData("""{"frameCont":3}""", "frameCont")]
    [InlineData("""{"frameCount":"three"}""", "frameCount")]
    [InlineData("""{"frameCount":1,"frameCount":2}""", "frameCount")]
    [InlineData("""{"colour":"blue"}""", "colour")]
    [InlineData("null", "found null")]
    [InlineData("", "cannot be read")]
    public void Read_UnfitText_NamesSubjectAndFault(string json, string fault)
    {
        var error = Assert.Throws<LeoException>(() => Json.Read<Sample>(json, "settings.json"));
        Assert.StartsWith("settings.json: ", error.Message);
        Assert.Contains(fault, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private sealed record Outer
    {
        public required Sample Inner { get; init; }

        public string Name { get; init; } = "";

        public IReadOnlyList<double> Rates { get; init; } = [];

        public double? Limit { get; init; }

        public required int Steps { get; init; }
    }

    [Fact]
    public void Read_ManyFaults_NamesAllOfThem()
    {
        var error = Assert.Throws<LeoException>(() => Json.Read<Outer>("""{"inner":{"frameCount":"x","colour":"blue","frameCuont":3},"name":null,"rates":[0.5,"y"],"limit":1e999,"nmae":"z","limit":2}""", "settings.json"));

        Assert.All(["inner.frameCount must be a whole number, found \"x\"", "inner.colour must be deepRed, found \"blue\"", "inner.frameCuont is not known (known are frameCount, colour)",
            "name must not be null", "rates must be a list, each a number", "limit must be a number, found 1e999", "nmae is not known", "limit is there twice", "steps is missing"],
            fault => Assert.Contains(fault, error.Message));
    }

    [Theory]
    [InlineData("""{"inner":{},"steps":1,"name":"\ud800"}""")]
    [InlineData("""{"inner":{},"steps":1e400}""")]
    [InlineData("""{"inner":[[[[[]]]]],"steps":1}""")]
    [InlineData("""{"inner":{},"steps":1,"rates":[1e999]}""")]
    public void Read_TextThatNoEncoderWrites_IsRefusedInWords(string json) =>
        Assert.StartsWith("x: cannot be read", Assert.Throws<LeoException>(() => Json.Read<Outer>(json, "x")).Message);
}
