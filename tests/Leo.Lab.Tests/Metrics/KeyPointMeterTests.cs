using System.Text.Json.Nodes;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.Faces;
using Leo.Lab.Metrics.KeyPoints;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public sealed class KeyPointMeterTests
{
    // cmp_with_missing.py by hand. First frame: three real points, the second lost; |Δ| of the others (3, 4) and (0, 1), mean 2. Second frame: one real
    // point, (0, 2) away, mean 1; the generated one's second point counts for nothing. Third: the only point is lost. Fourth: no real point.
    [Fact]
    public void Score_FramesByHand_CountsAsThePublishedProgramDoes()
    {
        var meter = new KeyPointMeter();
        meter.Add([new(1, 1), new(5, 5), new(2, 2)], [new(4, 5), null, new(2, 3)]);
        meter.Add([new(0, 0), null, null], [new(0, 2), new(9, 9), null]);
        meter.Add([new(0, 0), null, null], [null, null, null]);
        meter.Add([null, null, null], [new(1, 1), null, null]);
        var score = meter.Score("hand");
        Assert.Equal((2.0 + 1) / 2, score.Akd, 12);
        Assert.Equal((((5.0 + 1) / 2) + 2) / 2, score.AkdStraight, 12);
        Assert.Equal((1 / 3.0 + 0 + 1) / 3, score.Mkr, 12);
        Assert.Equal((3, 1), (score.Frames, score.FramesWithout));
    }

    [Fact]
    public void Score_NothingFound_IsNoNumber()
    {
        var meter = new KeyPointMeter();
        meter.Add([new(1, 1)], [null]);
        var score = meter.Score("hand");
        Assert.True(double.IsNaN(score.Akd));
        Assert.Equal(1, score.Mkr);
        Assert.True(double.IsNaN(new KeyPointMeter().Score("hand").Mkr));
    }

    [Fact]
    public void Add_AnotherNumberOfPoints_IsRefused() =>
        Assert.Contains("expected 2 of the generated frame, as of the real one, found 1", Assert.Throws<MetricException>(() => new KeyPointMeter().Add([null, null], [null])).Message);

    [Fact]
    public void Identity_ByHand_IsTheMeanDistance_AndTheMeanOfItsSquareApart()
    {
        using var scope = NewDisposeScope();
        var meter = new IdentityMeter();
        meter.Add(tensor(new float[] { 1, 2 }), tensor(new float[] { 4, 6 }));
        meter.Add(tensor(new float[] { 1, 2 }), tensor(new float[] { 1, 3 }));
        meter.Add(tensor(new float[] { 1, 2 }), null);
        meter.Add(null, tensor(new float[] { 1, 2 }));
        var score = meter.Score("hand");
        Assert.Equal((3, 13), (score.Aed, score.AedSquared));
        Assert.Equal((2, 1, 1), (score.Frames, score.FramesMissing, score.FramesWithout));
        Assert.Contains("expected features [2], found", Assert.Throws<MetricException>(() => meter.Add(tensor(new float[] { 1, 2 }), tensor(new float[] { 1 }))).Message.Replace(", as of the real frame,", ","));
        Assert.Contains("NaN", Assert.Throws<MetricException>(() => meter.Add(tensor(new[] { float.NaN }), tensor(new float[] { 1 }))).Message);
    }

    // The networks' own numbers are FaceNetTests'. Here the detector's last layer says the same of every cell and anchor: a face three times the typical
    // one, of which the first of equals, at the upper left, is the clearest; or none.
    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Face_Landmarks_AreThoseOfTheClearestFace_OrMissing(float score)
    {
        using var folder = new TempFolder();
        FaceFormula.Write(folder.Path);
        string manifest = folder["tiny_face_detector_model-weights_manifest.json"];
        var json = JsonNode.Parse(File.ReadAllText(manifest))!;
        var filters = json[0]!["weights"]!.AsArray().Single(w => (string)w!["name"]! == "conv8/filters")!;
        filters["quantization"]!["scale"] = 0;
        filters["quantization"]!["min"] = 0;
        File.WriteAllText(manifest, json.ToJsonString());
        byte[] bytes = File.ReadAllBytes(folder["tiny_face_detector_model.bin"]);
        float[] says = [0, 0, MathF.Log(3), MathF.Log(3), score];
        Buffer.BlockCopy(Enumerable.Repeat(says, 5).SelectMany(v => v).ToArray(), 0, bytes, bytes.Length - 100, 100);
        File.WriteAllBytes(folder["tiny_face_detector_model.bin"], bytes);

        using var scope = NewDisposeScope();
        using var finder = new FaceKeyPoints(folder.Path);
        var picture = tensor(FaceFormula.Picture(208, 208));
        var found = finder.Find(picture.unsqueeze(0), new VideoFrames("", [0]))[0];
        Assert.Equal(68, found.Length);
        if (score < 0)
        {
            Assert.All(found, p => Assert.Null(p));
            return;
        }
        using var landmarks = new FaceLandmarks(folder.Path);
        double width = 3 * 1.603231 / 13 * 208, height = 3 * 2.094468 / 13 * 208, x = 8 - (width / 2), y = 8 - (height / 2); // a cell is 16 wide
        var face = picture.narrow(2, 0, (long)(x + width)).narrow(1, 0, (long)(y + height));
        foreach (var (expected, point) in landmarks.Find(face).Zip(found))
        {
            Assert.Equal(expected.X + x, point!.Value.X, 1e-3);
            Assert.Equal(expected.Y + y, point!.Value.Y, 1e-3);
        }
    }
}
