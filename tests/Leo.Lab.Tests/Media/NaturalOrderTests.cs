using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

public sealed class NaturalOrderTests
{
    [Fact]
    public void Sort_Numbers_CountsAsPeopleDo()
    {
        string[] names = ["f10.png", "f9.png", "f009.png", "a.png", "f1.png", "f123456789012345678901234567890.png", "f10b.png"];

        Array.Sort(names, NaturalOrder.Instance);

        Assert.Equal(["a.png", "f1.png", "f009.png", "f9.png", "f10.png", "f10b.png", "f123456789012345678901234567890.png"], names);
    }

    [Fact]
    public void Compare_SameNumberWrittenTwoWays_IsNotEqual() => Assert.NotEqual(0, NaturalOrder.Instance.Compare("1", "01"));
}
