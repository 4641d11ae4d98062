using Leo.Lab.Data;
using Leo.Lab.Data.Preparation;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Data.Preparation;

public sealed class MeshBoxesTests : IDisposable
{
    private readonly SourceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    // The published preparation takes the last column and row as the end, exclusive: one less than the mesh is wide and high.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_MeshOnEitherBackground_FindsItsBoxInEachFrame(bool onWhite)
    {
        _tree.Mask("mask", onWhite, new PixelBox(20, 10, 20, 24), new PixelBox(0, 0, 10, 12));

        var (boxes, width, height) = MeshBoxes.Read(_tree.At("mask"), new VideoReadOptions(), CancellationToken.None);

        Assert.Equal([new PixelBox(20, 10, 19, 23), new PixelBox(0, 0, 9, 11)], boxes);
        Assert.Equal((64, 48), (width, height));
    }

    [Fact]
    public void Read_FrameWithoutMesh_NamesTheFrame()
    {
        _tree.Mask("mask", true, new PixelBox(20, 10, 20, 24), new PixelBox(0, 0, 0, 0));

        var error = Assert.Throws<DataException>(() => MeshBoxes.Read(_tree.At("mask"), new VideoReadOptions(), CancellationToken.None));

        Assert.Contains("frame 1 shows no face mesh", error.Message);
    }
}
