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
}
