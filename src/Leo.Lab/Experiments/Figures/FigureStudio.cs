using Leo.Lab.Data;
using Leo.Lab.Experiments.Tables;
using Leo.Lab.Media;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments.Figures;

/// <summary>Models and held-out people of one kind, and the videos that figures show of them.</summary>
internal sealed class FigureStudio : IDisposable
{
    private readonly ExhibitOptions _options;
    private readonly IWorkProgress _progress;
    private readonly CancellationToken _cancellation;
    private readonly string _subject;
    private readonly LeoPipeline _models;
    private readonly ClipStore _clips;

    public FigureStudio(string subject, ExhibitOptions options, IWorkProgress progress, CancellationToken cancellation)
    {
        (_subject, _options, _progress, _cancellation) = (subject, options, progress, cancellation);
        _models = LeoPipeline.Load(LeoParts.Shipped(options.Checkpoints, subject, options.Preset), device: options.Device);
        _clips = new TableData(options, progress, cancellation).Clips(subject, _models.Animator.Settings.Size);
    }

    private int Frames => _options.Frames!.Value;

    /// <summary>A held-out video.</summary>
    public Video Real(int person)
    {
        using var frames = _clips.Clip(VideoOf(person), 0, Math.Min(Frames, _clips.FrameCount(VideoOf(person))));
        return FrameTensors.ToVideo(frames, Rate);
    }

    /// <summary>Its first frame, standing still.</summary>
    public Video Still(int person)
    {
        using var scope = NewDisposeScope();
        return FrameTensors.ToVideo(Picture(person).expand(Frames, -1, -1, -1).contiguous(), Rate);
    }

    /// <summary>Videos from pictures of people who were held out.</summary>
    public IEnumerable<(string, Video)> Conditional(int count)
    {
        using var scope = NewDisposeScope();
        var pictures = cat([.. Enumerable.Range(0, count).Select(Picture)], 0);
        return Videos("from a picture", "from pictures", Request(count), request => _models.StartFrom(pictures, request));
    }

    /// <summary>Videos of people who are drawn too; none without a model of starting frames.</summary>
    public IEnumerable<(string, Video)> Unconditional(int count)
    {
        if (_models is not { StartFrames: not null, StartCodes: not null })
        {
            _progress.Say($"{_subject}: no model of starting frames among the checkpoints, so no unconditional videos");
            return [];
        }
        using var scope = NewDisposeScope();
        return Videos("from nothing", "from nothing", Request(count), request => _models.StartFromNobody(request));
    }

    /// <summary>Two people, each with the same two motions.</summary>
    public IReadOnlyList<(string, Video)> SameMotions()
    {
        using var scope = NewDisposeScope();
        var start = _models.StartFrom(Picture(0), Request(2));
        var m = Codes("two motions", start, Request(2)) - start.FirstCodes.unsqueeze(1);
        return [.. from person in new[] { 0, 1 }
                   from motion in new[] { 0, 1 }
                   select ($"person {person + 1}, motion {motion + 1}", Render(Picture(person), _models.Encode(Picture(person)) + m[motion]))];
    }

    /// <summary>A held-out video, and the same with its first frame edited.</summary>
    public IReadOnlyList<(string, Video)> Edited()
    {
        using var scope = NewDisposeScope();
        var original = _clips.Clip(VideoOf(0), 0, Math.Min(Frames, _clips.FrameCount(VideoOf(0))));
        var rows = new List<(string, Video)> { ("original", FrameTensors.ToVideo(original, Rate)) };
        foreach (var (name, edit) in StillEdits.All)
            rows.Add((name, FrameTensors.ToVideo(_models.Edit(original, edit).Edited.Frames, Rate)));
        return rows;
    }

    /// <summary>The same person's long video without and with transitions.</summary>
    /// <exception cref="LeoException">There is no Transition DM.</exception>
    public IReadOnlyList<(string, Video)> WithAndWithoutTransitions()
    {
        if (_models is not { Transition: not null, StartCodes: not null })
            throw new LeoException(_options.Checkpoints, $"expected transition-{_subject}-{_options.Preset}.safetensors and start-code-{_subject}-{_options.Preset}.safetensors", "Train them with `leo train transition` and `leo train start-code`");
        using var scope = NewDisposeScope();
        return
        [
            .. Videos("without", "without transitions", Request(1), request => _models.StartFrom(Picture(0), request)),
            .. Videos("with Transition DM", "with transitions", Request(1) with { TransitionEvery = 1 }, request => _models.StartFrom(Picture(0), request)),
        ];
    }

    public void Dispose()
    {
        _clips.Dispose();
        _models.Dispose();
    }

    private double Rate => _clips.FramesPerSecond(0);

    // The seed picks who comes first; of puppets, each has two videos, one after the other.
    private int VideoOf(int person)
    {
        int people = Math.Max(_clips.Count / 2, 1), first = (int)((ulong)Seeds.Derive(_options.Seed, "figure people") % (ulong)people);
        return (first + person) % people * 2 % _clips.Count;
    }

    private Tensor Picture(int person) => _clips.Clip(VideoOf(person), 0, 1);

    private SampleRequest Request(int count) => new() { Count = count, Frames = Math.Max(Frames, _models.Motion!.Settings.Length), Seed = _options.Seed, Sampler = _options.Sampler };

    private IReadOnlyList<(string, Video)> Videos(string label, string title, SampleRequest request, Func<SampleRequest, VideoStart> begin)
    {
        using var scope = NewDisposeScope();
        var start = begin(request);
        var codes = Codes(title, start, request);
        return [.. Enumerable.Range(0, request.Count).Select(k => (label, Render(start.Picture(k), codes[k])))];
    }

    private Tensor Codes(string title, VideoStart start, SampleRequest request)
    {
        Tensor? codes = null;
        _progress.Track($"{_subject}: {title}", "steps", report => codes = _models.SampleCodes(start, request, (done, total) =>
        {
            _cancellation.ThrowIfCancellationRequested();
            report(done, total);
        }));
        return codes!.narrow(1, 0, Frames);
    }

    private Video Render(Tensor picture, Tensor codes)
    {
        using var scope = NewDisposeScope();
        return FrameTensors.ToVideo(_models.Render(picture, codes).Frames, Rate);
    }
}
