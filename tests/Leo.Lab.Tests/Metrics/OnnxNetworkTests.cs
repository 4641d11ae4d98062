using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics.KeyPoints;
using Leo.Lab.Metrics.Onnx;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

/// <summary>
/// Golden/onnx, by onnx.helper at operator set 13: <c>heat</c> averages red and green over cells of 4×4 of a picture of 24x32; <c>points</c> is one point,
/// mean red · 24, mean green · 32, certainty mean blue; <c>colour</c> is the mean colour of a picture of any size; <c>grey</c> takes one channel.
/// </summary>
public sealed class OnnxNetworkTests
{
    private static readonly VideoFrames Nowhere = new("", []);

    // A block of 4×4 of a picture of 24x32 is one cell; of one of 48x64, a block of 8×8. Its neighbours are equal, so nothing is moved.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_HeatMaps_ArePlacesOfTheFrame(int scale)
    {
        using var scope = NewDisposeScope();
        using var finder = new OnnxKeyPoints(File("heat"));
        var frame = zeros(1, 3, 32 * scale, 24 * scale);
        frame[0, 0].narrow(0, 12 * scale, 4 * scale).narrow(1, 8 * scale, 4 * scale).fill_(255); // red only: row 3, column 2
        var found = finder.Find(frame, Nowhere)[0];
        Assert.Equal([new KeyPoint((10 * scale) - 0.5, (14 * scale) - 0.5), null], found);
    }

    // The left neighbour has half of it, the upper one too.
    [Fact]
    public void Find_HeatMapBetweenCells_GoesAQuarterTowardsTheHigherNeighbour()
    {
        using var scope = NewDisposeScope();
        using var finder = new OnnxKeyPoints(File("heat") + ",least=0.3");
        var frame = zeros(1, 3, 32, 24);
        frame[0, 1].narrow(0, 12, 4).narrow(1, 8, 4).fill_(255);
        frame[0, 1].narrow(0, 12, 4).narrow(1, 4, 4).fill_(100);
        frame[0, 1].narrow(0, 8, 4).narrow(1, 8, 4).fill_(100);
        frame[0, 0].fill_(70); // 0.27, below the least
        Assert.Equal([null, new KeyPoint(10 - 0.5 - 1, 14 - 0.5 - 1)], finder.Find(frame, Nowhere)[0]);
    }

    [Fact]
    public void Find_GivenPoints_AreScaledToTheFrame_AndMissingWhereUncertain()
    {
        using var scope = NewDisposeScope();
        using var finder = new OnnxKeyPoints(File("points"));
        var frame = stack([Colour(51, 102, 255, 64, 96), Colour(51, 102, 20, 64, 96)]);
        var found = finder.Find(frame, Nowhere);
        Assert.Equal((((0.2 * 24) + 0.5) * 4) - 0.5, found[0][0]!.Value.X, 4);
        Assert.Equal((((0.4 * 32) + 0.5) * 2) - 0.5, found[0][0]!.Value.Y, 4);
        Assert.Null(found[1][0]);
    }

    [Theory]
    [InlineData("0..1", 51 / 255.0, 0.4, 1)]
    [InlineData("-1..1", -0.6, -0.2, 1)]
    [InlineData("0..255", 51, 102, 255)]
    [InlineData("imagenet", (0.2 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, (1 - 0.406) / 0.225)]
    public void Features_OfARange_AreTheMeanColourInIt(string range, double red, double green, double blue)
    {
        using var scope = NewDisposeScope();
        using var extractor = new OnnxExtractor($"{File("colour")},size=8x6,range={range}");
        double[] found = extractor.Features(Colour(51, 102, 255, 10, 12).unsqueeze(0))[0]!.to(float64).ToArray<double>();
        Assert.Equal([red, green, blue], found, (a, b) => Math.Abs(a - b) < 1e-4 * Math.Max(1, Math.Abs(a)));
        Assert.Equal("onnx:colour", extractor.Name);
    }

    [Fact]
    public void Open_WhatDoesNotFit_NamesFileExpectedAndFound()
    {
        using var folder = new TempFolder();
        System.IO.File.WriteAllText(folder["no.onnx"], "no network");
        void Refused(string words, string file, string problem)
        {
            string message = Assert.Throws<CheckpointException>(() => OnnxNetwork.Open(words)).Message;
            Assert.Contains(file, message);
            Assert.Contains(problem, message);
        }

        Refused(folder["none.onnx"], "none.onnx", "there is no such file");
        Refused(folder["no.onnx"], "no.onnx", "is no network that ONNX Runtime");
        Refused(File("grey"), "grey.onnx", "expected an input 1×3×H×W of float32, found Float 'frame' 1×1×8×8");
        Refused(File("colour"), "colour.onnx", "leaves the size of its picture open (1×3×?×?)");
        Refused(File("heat") + ",size=10x10", "heat.onnx", "takes a picture of 24x32, found size=10x10");
        Refused(File("heat") + ",size=10", "heat.onnx", "expected size=WxH, each from 1 to 4096, found size=10");
        Refused(File("heat") + ",range=0..2", "heat.onnx", "expected range=0..1|-1..1|0..255|imagenet, found range=0..2");
        Refused(File("heat") + ",least=x", "heat.onnx", "expected least=NUMBER, found least=x");
    }

    [Fact]
    public void Output_OfAnotherKind_NamesFileExpectedAndFound()
    {
        using var scope = NewDisposeScope();
        using var extractor = new OnnxExtractor(File("heat"));
        Assert.Contains("heat.onnx", Assert.Throws<CheckpointException>(() => extractor.Features(zeros(1, 3, 8, 8))).Message);
        Assert.Contains("expected an embedding 1×D, found 1×2×8×6", Assert.Throws<CheckpointException>(() => extractor.Features(zeros(1, 3, 8, 8))).Message);
        using var finder = new OnnxKeyPoints(File("colour") + ",size=8x8");
        Assert.Contains("expected heat maps 1×K×h×w or key points 1×K×2 or 1×K×3, found 1×3", Assert.Throws<CheckpointException>(() => finder.Find(zeros(1, 3, 8, 8), Nowhere)).Message);
    }

    [Fact]
    public void NativeFiles_ProgramsFolderComesFirst_NuGetsLast()
    {
        var files = NativeOnnx.Files("/program").ToList();
        Assert.StartsWith("/program", files[0]);
        Assert.Contains(Path.Combine("microsoft.ml.onnxruntime", NativeOnnx.Version, "runtimes"), files[^1]);
    }

    private static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden", "onnx", name + ".onnx");

    private static Tensor Colour(float red, float green, float blue, int height, int width) =>
        tensor(new[] { red, green, blue }).reshape(3, 1, 1).expand(3, height, width);
}
