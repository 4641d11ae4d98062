using Leo.Lab.Metrics;
using Leo.Lab.Motion;
using Leo.Lab.Motion.Recurrent;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments.Tables;

/// <summary>Tables 1, 2 and 6: FVD, KVD and ACD of short and of long videos, drawn from nothing and from a picture.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="data">Real videos and models.</param>
/// <param name="progress">Told how it goes.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class TableVideos(ExhibitOptions options, TableData data, IWorkProgress progress, CancellationToken cancellation)
{
    // Codes and pictures of so many videos are drawn at a time.
    private const int Batch = 32;

    /// <summary>Heads of a subject's columns.</summary>
    public static IReadOnlyList<string> Columns(string subject, string extractor, string content, int frames) =>
        [$"{subject}: {MetricName.Of("FVD", extractor)}, {frames} frames ↓", $"{MetricName.Of("KVD", extractor)} ↓", $"{MetricName.Of("ACD", content)} ↓"];

    /// <summary>The rows of one kind of videos, each with the three cells.</summary>
    /// <param name="subject">Kind of videos.</param>
    /// <param name="frames">Frames of a video.</param>
    /// <param name="extractor">What looks at clips.</param>
    /// <param name="content">What looks at frames.</param>
    /// <param name="conditional">Whether LEO also starts from real pictures.</param>
    public IReadOnlyList<(string Label, TableCell[] Cells)> Rows(string subject, int frames, IVideoExtractor extractor, IFrameExtractor content, bool conditional)
    {
        using var quiet = no_grad();
        // Models first: their weights belong to no scope.
        using var models = LeoPipeline.Load(new LeoParts(data.Shipped("animator", subject))
        {
            Motion = data.Shipped("motion", subject),
            StartCodes = data.Shipped("start-code", subject),
            StartFrames = data.Shipped("start-frame", subject),
        }, device: options.Device);
        using var rival = RecurrentMotionModel.Load(data.Shipped("recurrent", subject));
        ComputeDevice.Move(rival.Network, models.Device);
        using var scope = NewDisposeScope();
        using var clips = data.Clips(subject, models.Size);
        var protocol = MetricProtocol.Find(options.Protocol);

        // Every real video twice over, from its start and from as late as can be; pictures to start from are first frames.
        var real = Enumerable.Range(0, clips.Count).SelectMany(v => new[] { (v, 0), (v, clips.FrameCount(v) - frames) }.Distinct().Where(c => c.Item2 >= 0)).ToList();
        var realSet = new FeatureSet(extractor, content, protocol);
        Track($"{subject}: real clips", real.Count, i => realSet.Add(clips.Clip(real[i].v, real[i].Item2, frames)));

        int count = options.Videos ?? 256;
        Tensor Picture(int k) => clips.Clip((int)((long)k * clips.Count / count), 0, 1);
        var rows = new List<(string, TableCell[])> { ("real videos, one half to the other", realSet.HalfToHalf()) };
        var still = new FeatureSet(extractor, content, protocol);
        Track($"{subject}: first frames", count, k => still.Add(Picture(k).expand(frames, -1, -1, -1)));
        rows.Add(("the first frame, repeated", still.Against(realSet)));
        rows.Add(("recurrent prior, unconditional", Generated($"{subject}: recurrent prior", null, (start, request) => rival.Sample(start.FirstCodes, request.Frames, request.Seeds)).Against(realSet)));
        rows.Add(("LEO, unconditional", Generated($"{subject}: from nothing", null, (start, request) => models.SampleCodes(start, request)).Against(realSet)));
        if (conditional)
            rows.Add(("LEO, conditional", Generated($"{subject}: from pictures", Picture, (start, request) => models.SampleCodes(start, request)).Against(realSet)));
        return rows;

        FeatureSet Generated(string title, Func<int, Tensor>? picture, Func<VideoStart, SampleRequest, Tensor> move)
        {
            var set = new FeatureSet(extractor, content, protocol);
            VideoStart? start = null;
            Tensor? codes = null;
            Track(title, count, k =>
            {
                if (k % Batch == 0)
                {
                    codes?.Dispose();
                    start?.Dispose();
                    using var drawing = NewDisposeScope();
                    var request = new SampleRequest
                    {
                        First = k,
                        Count = Math.Min(Batch, count - k),
                        Frames = Math.Max(frames, models.Motion!.Settings.Length),
                        Seed = options.Seed,
                        Sampler = options.Sampler,
                    };
                    start = picture is null ? models.StartFromNobody(request) : FromPictures([.. Enumerable.Range(k, request.Count).Select(picture)]);
                    codes = move(start, request).DetachFromDisposeScope();
                    start.Pictures.DetachFromDisposeScope();
                    start.FirstCodes.DetachFromDisposeScope();
                }
                set.Add(models.Render(start!.Picture(k % Batch), codes![k % Batch].narrow(0, 0, frames)).Frames);
            });
            codes?.Dispose();
            start?.Dispose();
            return set;
        }

        // One by one, so that a video does not depend on those beside it.
        VideoStart FromPictures(Tensor[] pictures) => new(cat(pictures, 0), cat([.. pictures.Select(p => models.Encode(p))], 0));
    }

    private void Track(string title, int count, Action<int> one) => progress.Track(title, "videos", report =>
    {
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            one(i);
            report(i + 1, count);
        }
    });

    /// <summary>Features of the clips of a set, and how far the frames of each are apart.</summary>
    private sealed class FeatureSet(IVideoExtractor extractor, IFrameExtractor content, MetricProtocol protocol)
    {
        private readonly List<Tensor> _rows = [];
        private readonly List<double> _distances = [];

        // As a video would hold them: 8 bits.
        public void Add(Tensor frames)
        {
            var bytes = ((frames.clamp(-1, 1) + 1) * 127.5).round();
            _rows.Add(extractor.Features(bytes, protocol.Resize).to(ScalarType.Float32).DetachFromDisposeScope());
            Tensor[] found = [.. content.Features(bytes).OfType<Tensor>()];
            if (found.Length > 1)
                _distances.Add(ContentDistance.Of(stack(found)));
        }

        public TableCell[] Against(FeatureSet real) => Cells(Matrix(_rows), Matrix(real._rows), _distances);

        public TableCell[] HalfToHalf() => Cells(Matrix(_rows.Where((_, i) => i % 4 < 2)), Matrix(_rows.Where((_, i) => i % 4 >= 2)), _distances);

        private TableCell[] Cells(Tensor a, Tensor b, List<double> apart) =>
        [
            new(FrechetDistance.Between(a, b, protocol.Form), null, "0.0"),
            new(KernelDistance.Between(a, b), null, "0.00"),
            apart.Count > 0 ? new(apart.Average(), null, "0.000") : TableCell.None,
        ];

        private static Tensor Matrix(IEnumerable<Tensor> rows) => cat([.. rows], 0);
    }
}
