using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.Experiments;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.Faces;
using Leo.Lab.Metrics.KeyPoints;
using Leo.Lab.Tests.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public sealed class FaceNetTests(FaceNetTests.Weights weights) : IClassFixture<FaceNetTests.Weights>
{
    public sealed class Weights : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Weights() => FaceFormula.Write(_folder.Path);

        public string Path => _folder.Path;

        public void Dispose() => _folder.Dispose();
    }

    [Fact]
    public void Expected_NamesAndShapes_AreFaceApis()
    {
        string[] Of(string network, IEnumerable<(string Name, long[] Shape)> expected) =>
            [.. expected.Select(e => $"{network}\t{e.Name}\t{string.Join(',', e.Shape.Select(n => n.ToString(CultureInfo.InvariantCulture)))}")];
        Assert.Equal(File.ReadLines(FaceFormula.Golden("face_weights.tsv")).Order(StringComparer.Ordinal),
            ((string[])[.. Of("tiny_face_detector_model", FaceDetector.Expected), .. Of("face_landmark_68_model", FaceLandmarks.Expected), .. Of("face_recognition_model", FaceRecognizer.Expected)])
            .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(150, 150)]
    [InlineData(90, 70)]
    [InlineData(61, 128)]
    public void Describe_FormulaWeights_GivesFaceApisNumbers(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var recognizer = new FaceRecognizer(weights.Path);
        double[] description = recognizer.Describe(tensor(FaceFormula.Picture(height, width))).to(float64).ToArray<double>();
        Assert.Equal(128, description.Length);
        FaceFormula.RequireNumbers($"describe_{height}x{width}", description);
    }

    [Theory]
    [InlineData(112, 112)]
    [InlineData(90, 71)]
    [InlineData(61, 128)]
    public void Landmarks_FormulaWeights_AreFaceApis(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var landmarks = new FaceLandmarks(weights.Path);
        FaceFormula.RequireNumbers($"landmarks_{height}x{width}", [.. landmarks.Find(tensor(FaceFormula.Picture(height, width))).SelectMany(p => new[] { p.X, p.Y })]);
    }

    [Fact]
    public void Align_Landmarks_GivesFaceApisSquare()
    {
        var points = FaceFormula.Numbers("align_90x71", "landmarks").Chunk(2).Select(p => (p[0], p[1])).ToArray();
        var box = FaceLandmarks.Align(points, 71, 90);
        Assert.Equal(FaceFormula.Numbers("align_90x71", "box"), new[] { box.X, box.Y, box.Width, box.Height });
    }

    // Eyes 20 apart at height 40, mouth 30 below: √(10² + 30²) / 0.45 = 70.27; the centre of all three is (50, 50).
    [Fact]
    public void Align_AFaceByHand()
    {
        var points = new (double, double)[68];
        points.AsSpan(36, 6).Fill((40, 40));
        points.AsSpan(42, 6).Fill((60, 40));
        points.AsSpan(48, 20).Fill((50, 70));
        Assert.Equal(new FaceBox(15, 19, 70, 70), FaceLandmarks.Align(points, 100, 100));
    }

    [Theory]
    [InlineData(416, 416)]
    [InlineData(100, 180)]
    public void Detector_FormulaWeights_FindsWhatFaceApiFinds(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var detector = new FaceDetector(weights.Path);
        var picture = tensor(FaceFormula.Picture(height, width));
        FaceFormula.RequireNumbers($"detect_{height}x{width}", detector.Map(picture).to(float64).flatten().ToArray<double>());
        var face = detector.Find(picture);
        Assert.NotNull(face);
        double[] expected = FaceFormula.Numbers($"face_{height}x{width}");
        double[] found = [face.Value.Box.X, face.Value.Box.Y, face.Value.Box.Width, face.Value.Box.Height, face.Value.Score];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-3);
    }

    [Fact]
    public void Ssd_ExpectedNamesAndShapes_AreFaceApis() =>
        Assert.Equal(File.ReadLines(FaceFormula.Golden("ssd_weights.tsv")).Select(l => l.Split('\t')).Where(c => c[3] == "float32" && !c[1].StartsWith("Preprocessor/", StringComparison.Ordinal))
            .Select(c => $"{c[1]}\t{c[2]}").Order(StringComparer.Ordinal),
            SsdFaceDetector.Expected.Select(e => $"{e.Name}\t{string.Join(',', e.Shape.Select(n => n.ToString(CultureInfo.InvariantCulture)))}").Order(StringComparer.Ordinal));

    [Fact]
    public void Ssd_FormulaWeights_FindsWhatFaceApiFinds()
    {
        using var folder = new TempFolder();
        FaceFormula.WriteSsd(folder.Path);
        using var scope = NewDisposeScope();
        using var detector = new SsdFaceDetector(folder.Path);
        var picture = tensor(FaceFormula.Picture(100, 180));
        var map = detector.Map(picture);
        Assert.Equal([SsdFaceDetector.Anchors, 5], map.shape);
        FaceFormula.RequireNumbers("ssd_boxes_100x180", map.narrow(1, 0, 4).to(float64).flatten().ToArray<double>());
        FaceFormula.RequireNumbers("ssd_scores_100x180", map.select(1, 4).to(float64).contiguous().ToArray<double>());
        var face = detector.Find(picture);
        Assert.NotNull(face);
        double[] expected = FaceFormula.Numbers("ssd_face_100x180");
        double[] found = [face.Value.Box.X, face.Value.Box.Y, face.Value.Box.Width, face.Value.Box.Height, face.Value.Score];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-3);

        // By its words: landmarks are looked for in that box, not in the small detector's.
        foreach (string file in Directory.GetFiles(weights.Path).Where(f => !Path.GetFileName(f).StartsWith("face_recognition", StringComparison.Ordinal)))
            File.Copy(file, folder[Path.GetFileName(file)]);
        using var ssd = KeyPointFinders.Open("face-ssd:" + folder.Path, "cpu");
        using var tiny = KeyPointFinders.Open("face:" + folder.Path, "cpu");
        Assert.Equal(("face-ssd", "face"), (ssd.Name, tiny.Name));
        KeyPoint?[] Points(IKeyPointFinder finder) => finder.Find(picture.unsqueeze(0), new VideoFrames("a", [0]))[0];
        Assert.DoesNotContain(Points(ssd), p => p is null);
        Assert.NotEqual(Points(tiny), Points(ssd));
    }

    [Fact]
    public void FaceSsd_WithoutItsFiles_SaysWhichAreMissing() =>
        Assert.Contains("ssd_mobilenetv1_model", Assert.Throws<CheckpointException>(() => FrameExtractors.Open("face-ssd:" + weights.Path, "cpu")).Message);

    [Theory]
    [InlineData(-3, -4.5, 20.7, 30, 0, 0, 17, 25)]
    [InlineData(90.9, 10.2, 30, 30, 90, 10, 9, 30)]
    public void Inside_ABoxOverTheBorder_IsCutAndRounded(double x, double y, double width, double height, long left, long top, long columns, long rows) =>
        Assert.Equal((left, top, columns, rows), new FaceBox(x, y, width, height).Inside(100, 200));

    [Fact]
    public void Inside_ABoxOutside_IsNothing() => Assert.Null(new FaceBox(120, 10, 30, 30).Inside(100, 100));

    // A detector that says no everywhere: its last bias for "face" is far below zero.
    [Fact]
    public void Features_FramesWithoutAFace_AreCounted_AndAllOfThemAnError()
    {
        using var folder = new TempFolder();
        FaceFormula.Write(folder.Path);
        byte[] bytes = File.ReadAllBytes(folder["tiny_face_detector_model.bin"]);
        for (int anchor = 0; anchor < 5; anchor++)
            BitConverter.GetBytes(-1e9f).CopyTo(bytes, bytes.Length - 100 + (20 * anchor) + 16);
        File.WriteAllBytes(folder["tiny_face_detector_model.bin"], bytes);
        using var extractor = new FaceExtractor(folder.Path);
        using var scope = NewDisposeScope();
        Assert.All(extractor.Features(zeros(2, 3, 40, 40)), Assert.Null);

        VideoFixture.Solid(folder["videos/a"], frames: 3);
        var error = Assert.Throws<MetricException>(() => new FrameFeatureExtraction(extractor, new ClipSampling { Frames = 3 }).Run(folder["videos"], [folder["videos/a"]]));
        Assert.Contains("found nobody in 3 frames", error.Message);
    }

    [Fact]
    public void Load_DamagedFiles_AreRefusedByName()
    {
        using var folder = new TempFolder();
        Assert.Contains("leo data fetch face-net", Assert.Throws<CheckpointException>(() => new FaceRecognizer(folder.Path)).Message);
        FaceFormula.Write(folder.Path);
        string manifest = folder["face_recognition_model-weights_manifest.json"], good = File.ReadAllText(manifest);

        void Refused(string text, string problem)
        {
            File.WriteAllText(manifest, text);
            Assert.Contains(problem, Assert.Throws<CheckpointException>(() => new FaceRecognizer(folder.Path)).Message);
        }

        Refused("{", "is no JSON");
        Refused("{}", "is no manifest");
        Refused("[{}]", "is no manifest");
        Refused(good.Replace("face_recognition_model.bin", "../x.bin", StringComparison.Ordinal), "names the file");
        Refused(good.Replace("\"fc\"", "\"cf\"", StringComparison.Ordinal), "'fc': expected [256, 128], found none");
        Refused(good.Replace("[256,128]", "[256,127]", StringComparison.Ordinal), "left over");
        Refused(good.Replace("[256,128]", "[256,1280]", StringComparison.Ordinal), "found float32 [256, 1280]");
        Refused(good.Replace("uint8", "uint16", StringComparison.Ordinal), "expected float32, or uint8");
        Refused(good.Replace("[256,128]", "[-1,128]", StringComparison.Ordinal), "shape [-1, 128]");
    }
}
