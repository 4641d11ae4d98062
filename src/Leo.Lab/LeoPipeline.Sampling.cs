using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab;

public sealed partial class LeoPipeline
{
    /// <summary>New videos of the people in pictures (LEO §3.2; §3.3, Option 1).</summary>
    /// <param name="source">One picture for all videos, or one for each; of a video file the first frame.</param>
    /// <param name="frames">Frames of each video, any number: the last code of a sequence starts the next.</param>
    /// <param name="count">Videos; null is one for each picture.</param>
    /// <param name="seed">The one seed; the k-th video of a seed is the same however many there are.</param>
    /// <param name="sampler"><c>ddpm</c>, <c>ddpm:STEPS</c>, <c>ddim:STEPS</c>, <c>ddim:STEPS:ETA</c>, <c>dpm++:STEPS</c> or <c>heun:STEPS</c>; see <see cref="SamplerSpec.Parse"/>.</param>
    /// <returns>The videos, T = <paramref name="frames"/> each; longer than memory allows: <see cref="SampleTo(string, FrameInput, int, long, string)"/>.</returns>
    /// <exception cref="MissingPartException">There is no motion model.</exception>
    /// <exception cref="LeoException">A file is missing, damaged or too small, or no such sampler; the motion model cannot make so many frames.</exception>
    public IReadOnlyList<Animation> Sample(FrameInput source, int frames = 64, int? count = null, long seed = 0, string sampler = "ddpm")
    {
        SampleRequest Asked(long pictures) => Request(frames, count ?? (int)pictures, seed, sampler);
        using var start = StartFrom(source, Asked);
        return Render(start, Asked(start.Pictures.shape[0]), null);
    }

    /// <summary>As the other, with everything that can be asked for.</summary>
    /// <param name="source">One picture for all videos, or one for each.</param>
    /// <param name="request">Which videos, and how.</param>
    /// <param name="progress">Told the denoising steps done and in all. May throw to stop.</param>
    /// <exception cref="MissingPartException">A part that the request takes is not loaded.</exception>
    /// <exception cref="LeoException">A file is missing, damaged or too small; the motion model cannot make so many frames.</exception>
    public IReadOnlyList<Animation> Sample(FrameInput source, SampleRequest request, Action<long, long>? progress = null)
    {
        using var start = StartFrom(source, request);
        return Render(start, request, progress);
    }

    /// <summary>New videos of people who do not exist (LEO §3.3, Option 2): α₁ from p(α), x₁ in the pose of that α₁, the rest from the motion model.</summary>
    /// <param name="frames">Frames of each video.</param>
    /// <param name="count">Videos.</param>
    /// <param name="seed">As for <see cref="Sample(FrameInput, int, int?, long, string)"/>.</param>
    /// <param name="sampler">Likewise.</param>
    /// <exception cref="MissingPartException">There is no motion model, or none of starting codes or starting frames.</exception>
    /// <exception cref="LeoException">No such sampler; the motion model cannot make so many frames.</exception>
    public IReadOnlyList<Animation> SampleNobody(int frames = 64, int count = 1, long seed = 0, string sampler = "ddpm") =>
        SampleNobody(Request(frames, count, seed, sampler));

    /// <summary>As the other, with everything that can be asked for.</summary>
    /// <param name="request">Which videos, and how.</param>
    /// <param name="progress">Told the denoising steps of the motion done and in all. May throw to stop.</param>
    /// <exception cref="MissingPartException">A part that the request takes is not loaded.</exception>
    public IReadOnlyList<Animation> SampleNobody(SampleRequest request, Action<long, long>? progress = null)
    {
        using var start = StartFromNobody(request);
        return Render(start, request, progress);
    }

    /// <summary>
    /// A new video of any length, written as it is made (LEO §6: endless videos): 10,000 frames take the memory of 64. Equal to the
    /// video of <see cref="Sample(FrameInput, int, int?, long, string)"/> with the same seed.
    /// </summary>
    /// <param name="path">.mp4, .mov, .mkv, .webm, .gif, or numbered pictures.</param>
    /// <param name="source">Who is shown.</param>
    /// <param name="frames">Frames of the video.</param>
    /// <param name="seed">The one seed.</param>
    /// <param name="sampler">As for <see cref="Sample(FrameInput, int, int?, long, string)"/>.</param>
    /// <exception cref="MissingPartException">There is no motion model.</exception>
    /// <exception cref="LeoException">A file cannot be read or written; no such sampler; the motion model cannot make so many frames.</exception>
    public void SampleTo(string path, FrameInput source, int frames, long seed = 0, string sampler = "ddpm") =>
        SampleTo(path, source, Request(frames, 1, seed, sampler));

    /// <summary>As the other, with everything that can be asked for.</summary>
    /// <param name="path">As above.</param>
    /// <param name="source">Who is shown; null for somebody who is drawn, as <see cref="SampleNobody(int, int, long, string)"/> does.</param>
    /// <param name="request">Which video, and how; one.</param>
    /// <param name="framesPerSecond">Rate of the video.</param>
    /// <param name="progress">Told the frames written and in all. May throw to stop, and then no file is left.</param>
    /// <exception cref="ArgumentException">More than one video is asked for.</exception>
    /// <exception cref="MissingPartException">A part that the request takes is not loaded.</exception>
    /// <exception cref="LeoException">A file cannot be read or written; the motion model cannot make so many frames.</exception>
    public void SampleTo(string path, FrameInput? source, SampleRequest request, double framesPerSecond = 25, Action<long, long>? progress = null)
    {
        if (request.Count != 1)
            throw new ArgumentException($"{request.Count} videos do not fit into one file", nameof(request));
        var motion = MotionOr("a new video");
        var transitions = TransitionsOf(request);
        using var start = source is null ? StartFromNobody(request) : StartFrom(source, request);
        using var picture = start.Picture(0);
        _rendering.AnimateTo(path, picture, VideoSampling.Stream(motion, start.FirstCodes, request, transitions), framesPerSecond, done => progress?.Invoke(done, request.Frames));
    }

    /// <summary>Where videos of people in pictures begin (LEO §3.3, Option 1): the pictures, and their own codes or those of p(α).</summary>
    /// <param name="source">One picture for all videos, or one for each.</param>
    /// <param name="request">How many videos; whether first codes are drawn.</param>
    /// <exception cref="ArgumentException">Neither one picture nor one for each video.</exception>
    /// <exception cref="MissingPartException">First codes are to be drawn, and there is no model of them.</exception>
    public VideoStart StartFrom(FrameInput source, SampleRequest request) => StartFrom(source, _ => request);

    private VideoStart StartFrom(FrameInput source, Func<long, SampleRequest> asked)
    {
        using var scope = NewDisposeScope();
        var stills = source.LoadStills(Size);
        var pictures = stills.Tensor;
        var request = asked(pictures.shape[0]);
        var starts = request.DrawFirst ? StartCodesOr("a first pose that is drawn") : null;
        if (pictures.shape[0] != 1 && pictures.shape[0] != request.Count)
            throw new ArgumentException($"{pictures.shape[0]} pictures for {request.Count} videos, expected one for all or one for each");
        return new VideoStart(pictures.MoveToOuterDisposeScope(), VideoSampling.FirstCodes(Animator, starts, pictures, request).cpu().MoveToOuterDisposeScope()) { Notes = NotesOf(stills) };
    }

    /// <summary>Where videos of people who do not exist begin (LEO §3.3, Option 2): each stands in the pose of the very code that the motion starts from.</summary>
    /// <param name="request">How many videos, and how.</param>
    /// <param name="progress">Told the denoising steps of the pictures done and in all. May throw to stop.</param>
    /// <exception cref="MissingPartException">There is no model of starting codes or of starting frames.</exception>
    public VideoStart StartFromNobody(SampleRequest request, Action<long, long>? progress = null)
    {
        var people = StartFrames ?? throw new MissingPartException("somebody who is drawn", nameof(StartFrames), "a model of starting frames", "start-frame");
        using var scope = NewDisposeScope();
        var codes = StartCodesOr("somebody who is drawn").Sample(request.Seeds, request.Sampler);
        var pictures = people.Sample(codes, request.Seeds, request.Sampler, request.Guidance, step => progress?.Invoke(step.Index, step.Count));
        return new VideoStart(pictures.cpu().MoveToOuterDisposeScope(), codes.cpu().MoveToOuterDisposeScope());
    }

    /// <summary>Motion codes of new videos (LEO §3.2), to look at or to render.</summary>
    /// <param name="start">Where they begin. A motion model without Linear Motion Condition does not look at it.</param>
    /// <param name="request">Which videos, and how.</param>
    /// <param name="progress">Told the denoising steps done and in all. May throw to stop.</param>
    /// <returns>[K, T, D].</returns>
    /// <exception cref="MissingPartException">There is no motion model, or none for the transitions that are asked for.</exception>
    /// <exception cref="LeoException">The motion model cannot make so many frames.</exception>
    public Tensor SampleCodes(VideoStart start, SampleRequest request, Action<long, long>? progress = null) =>
        VideoSampling.Codes(MotionOr("new motion"), start.FirstCodes, request, progress, TransitionsOf(request));

    private IReadOnlyList<Animation> Render(VideoStart start, SampleRequest request, Action<long, long>? progress)
    {
        using var codes = SampleCodes(start, request, progress);
        var videos = new List<Animation>();
        for (int k = 0; k < request.Count; k++)
        {
            using var picture = start.Picture(k);
            using var motion = codes[k];
            videos.Add(Render(picture, motion) with { Notes = start.Notes });
        }
        return videos;
    }

    private static SampleRequest Request(int frames, int count, long seed, string sampler) =>
        new() { Frames = frames, Count = count, Seed = seed, Sampler = SamplerSpec.Parse(sampler) };

    private MotionModel MotionOr(string task) => Motion ?? throw new MissingPartException(task, nameof(Motion), "a motion model", "clmdm");

    private StartCodeModel StartCodesOr(string task) => StartCodes ?? throw new MissingPartException(task, nameof(StartCodes), "a model of starting codes", "start-code");

    private Transitions? TransitionsOf(SampleRequest request) => request.TransitionEvery is not { } every ? null : new Transitions(
        Transition ?? throw new MissingPartException("motion with transitions", nameof(Transition), "a Transition DM", "transition"), StartCodesOr("motion with transitions"), request.Sampler, every);
}
