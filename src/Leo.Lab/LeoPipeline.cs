using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using Leo.Lab.Media;
using Leo.Lab.Motion;
using Leo.Lab.StartFrames;
using static TorchSharp.torch;

namespace Leo.Lab;

/// <summary>
/// LEO, trained and ready: animator (LEO §3.1), motion model (§3.2), starting codes and starting frames (§3.3) and Transition DM (§6),
/// loaded together and checked for one another. <c>LeoPipeline.Load("faces").Animate("me.png", "talk.mp4").Save("out.mp4")</c>.
/// </summary>
/// <remarks>Frames are [T, 3, S, S] in [-1, 1], S being the animator's size; codes α are [T, D], D = 20 in the paper. What methods return belongs to the caller.</remarks>
public sealed partial class LeoPipeline : IDisposable
{
    private readonly AnimationPipeline _rendering;
    private readonly HashSet<IDisposable> _owned;
    private readonly List<string> _notes = [];

    /// <summary>Joins parts that are in memory, such as those just trained. They stay the caller's.</summary>
    /// <param name="animator">Needed for everything; in evaluation mode.</param>
    /// <param name="motion">Needed to sample.</param>
    /// <param name="startCodes">Needed for first poses that are drawn.</param>
    /// <param name="startFrames">Needed for people who are drawn.</param>
    /// <param name="transition">Needed for transitions.</param>
    /// <param name="chunk">Frames in one pass of the generator; see <see cref="AnimationPipeline"/>.</param>
    /// <exception cref="LeoException">The parts were not made for one another.</exception>
    public LeoPipeline(ImageAnimator animator, MotionModel? motion = null, StartCodeModel? startCodes = null, StartFrameModel? startFrames = null,
        TransitionModel? transition = null, int? chunk = null)
        : this(animator, motion, startCodes, startFrames, transition, null, [], chunk)
    {
    }

    private LeoPipeline(ImageAnimator animator, MotionModel? motion, StartCodeModel? startCodes, StartFrameModel? startFrames, TransitionModel? transition, LeoParts? parts, HashSet<IDisposable> owned, int? chunk)
    {
        (Animator, Motion, StartCodes, StartFrames, Transition) = (animator, motion, startCodes, startFrames, transition);
        (Parts, _owned, _rendering) = (parts, owned, new AnimationPipeline(animator, chunk));
        CheckParts();
    }

    /// <summary>The animator, in evaluation mode.</summary>
    public ImageAnimator Animator { get; }

    /// <summary>The motion model; null where none was given.</summary>
    public MotionModel? Motion { get; private set; }

    /// <summary>The model of starting codes, p(α); null where none was given.</summary>
    public StartCodeModel? StartCodes { get; private set; }

    /// <summary>The model of starting frames, p(x₁ | α₁); null where none was given.</summary>
    public StartFrameModel? StartFrames { get; private set; }

    /// <summary>The Transition DM; null where none was given.</summary>
    public TransitionModel? Transition { get; private set; }

    /// <summary>Where the parts were loaded from; null for parts that were in memory.</summary>
    public LeoParts? Parts { get; }

    /// <summary>What is not known of whether the parts fit together, a line each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What computes.</summary>
    public Device Device => Animator.Device;

    /// <summary>Side of the frames in pixels, S.</summary>
    public int Size => Animator.Settings.Size;

    /// <summary>Loads what comes with the project, or all parts that a folder holds.</summary>
    /// <param name="nameOrFolder"><c>faces</c> or <c>bodies</c> for the shipped parts; else a folder, see <see cref="LeoParts.In"/>.</param>
    /// <param name="preset">Of the shipped parts: tiny, small or paper.</param>
    /// <param name="device">What computes: <see cref="ComputeDevice.Known"/>.</param>
    /// <param name="precision">As below.</param>
    /// <exception cref="LeoException">A part is missing or broken, the parts were not made for one another, or there is no such device.</exception>
    public static LeoPipeline Load(string nameOrFolder, string preset = "tiny", string device = ComputeDevice.Auto, Precision precision = Precision.Float32)
    {
        if (nameOrFolder is not ("faces" or "bodies") && Directory.Exists(nameOrFolder))
            return Load(LeoParts.In(nameOrFolder), device: device, precision: precision);
        string animator = ShippedCheckpoint.Find($"animator-{nameOrFolder}-{preset}.safetensors", "give a folder of your own parts, or the parts: LeoPipeline.Load(new LeoParts(animator) { Motion = … })");
        return Load(LeoParts.Shipped(Path.GetDirectoryName(animator)!, nameOrFolder, preset), device: device, precision: precision);
    }

    /// <summary>Loads parts and checks that they fit together. Outside any dispose scope, or for as long as that lasts.</summary>
    /// <param name="parts">Checkpoints or run folders. What is not named is not loaded, and whatever takes it throws <see cref="MissingPartException"/>.</param>
    /// <param name="chunk">Frames in one pass of the generator; see <see cref="AnimationPipeline"/>.</param>
    /// <param name="device">What computes: <see cref="ComputeDevice.Known"/>. What is returned of frames and codes is on the CPU.</param>
    /// <param name="precision">In which numbers the animator convolves, see <see cref="ImageAnimator.Precision"/>; the other parts are float32 in each.</param>
    /// <exception cref="LeoException">A part is missing or broken, the parts were not made for one another, or there is no such device.</exception>
    public static LeoPipeline Load(LeoParts parts, int? chunk = null, string device = ComputeDevice.Auto, Precision precision = Precision.Float32)
    {
        var where = ComputeDevice.Find(device);
        var loaded = new HashSet<IDisposable>();
        try
        {
            return new LeoPipeline(Moved(Kept(ImageAnimator.Load(parts.Animator))), Part(parts.Motion, MotionModel.Load), Part(parts.StartCodes, StartCodeModel.Load),
                Part(parts.StartFrames, StartFrameModel.Load), Part(parts.Transition, TransitionModel.Load), parts, loaded, chunk);
        }
        catch
        {
            foreach (var part in loaded)
                part.Dispose();
            throw;
        }

        T? Part<T>(string? path, Func<string, T> load)
            where T : DiffusionModel
        {
            if (path is null)
                return null;
            var part = Kept(load(path));
            ComputeDevice.Move(part.Network, where);
            return part;
        }

        ImageAnimator Moved(ImageAnimator animator)
        {
            ComputeDevice.Move(animator, where);
            animator.Precision = precision;
            return animator;
        }

        T Kept<T>(T part) where T : IDisposable
        {
            loaded.Add(part);
            return part;
        }
    }

    /// <summary>Motion codes of a video (LEO §3.2: the sequence a).</summary>
    /// <param name="video">Frames, as a path or in memory.</param>
    /// <returns>[T, D].</returns>
    /// <exception cref="LeoException">The file is missing, damaged or too small.</exception>
    public Tensor Encode(FrameInput video)
    {
        using var frames = video.Load(Size);
        return _rendering.Codes(frames.Tensor);
    }

    /// <summary>Moves a picture as a video moves (LEO §3.1). Where the motion comes from a video file, saving keeps its sound.</summary>
    /// <param name="source">Who is shown: a picture, or the first frame of a video.</param>
    /// <param name="driving">Whose motion.</param>
    /// <param name="mode">Whether the source takes the driver's poses, or for another person its motion since the first frame.</param>
    /// <exception cref="LeoException">A file is missing, damaged or too small.</exception>
    public Animation Animate(FrameInput source, FrameInput driving, AnimationMode mode = AnimationMode.Absolute)
    {
        using var picture = source.LoadStills(Size);
        using var frames = driving.Load(Size);
        return _rendering.Animate(picture.Tensor, frames.Tensor, mode) with { FramesPerSecond = frames.FramesPerSecond, Sound = SoundOf(driving), Notes = NotesOf(picture, frames) };
    }

    /// <summary>As <see cref="Animate"/>, keeping what the generator does on the way: flow, mask and warp at every scale (LEO §3.1, Eq. 2).</summary>
    /// <param name="source">Who is shown.</param>
    /// <param name="driving">Whose motion; null makes one frame of the source's appearance alone.</param>
    /// <param name="mode">As above.</param>
    /// <param name="keepScales">Whether the coarser scales are kept, too.</param>
    /// <exception cref="LeoException">A file is missing, damaged or too small.</exception>
    public GeneratorTrace AnimateInside(FrameInput source, FrameInput? driving, AnimationMode mode = AnimationMode.Absolute, bool keepScales = true)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var picture = source.LoadPictures(Size);
        var codes = driving is null ? null : Encode(driving);
        if (mode == AnimationMode.Relative && codes is not null)
            codes = Animator.Relative(Animator.EncodeSource(picture), codes, codes.narrow(0, 0, 1));
        return _rendering.Inside(picture, codes, keepScales).MoveToOuterDisposeScope();
    }

    /// <summary>Edits a whole video by its first frame (LEO Fig. 7): the edited frame moves by the video's codes.</summary>
    /// <param name="video">The original.</param>
    /// <param name="edited">Its first frame, edited: of the video's proportions, or square as the model sees it.</param>
    /// <param name="mode">Relative where the edit changes the pose.</param>
    /// <exception cref="LeoException">A file is missing, damaged, too small, or the still has other proportions than the video.</exception>
    public EditedVideo Edit(FrameInput video, FrameInput edited, AnimationMode mode = AnimationMode.Absolute)
    {
        if (edited.Paths is [var still] && video.Paths is [var moving])
            RequireProportions(still, moving);
        Frames? read = null;
        var made = Edit(video, _ => (read = edited.LoadStills(Size)).Tensor, mode);
        return made with { Edited = made.Edited with { Notes = [.. made.Edited.Notes.Concat(NotesOf(read!)).Distinct()] } };
    }

    /// <summary>As the other, with an edit such as <c>StillEdits.Recolour</c>.</summary>
    /// <param name="video">The original.</param>
    /// <param name="edit">The first frame [1, 3, S, S] in [-1, 1] → the edited one, likewise.</param>
    /// <param name="mode">As above.</param>
    /// <exception cref="LeoException">The file is missing, damaged or too small.</exception>
    public EditedVideo Edit(FrameInput video, Func<Tensor, Tensor> edit, AnimationMode mode = AnimationMode.Absolute)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var original = video.Load(Size);
        var still = edit(original.Tensor.narrow(0, 0, 1));
        var made = _rendering.Animate(still, original.Tensor, mode) with { FramesPerSecond = original.FramesPerSecond, Sound = SoundOf(video), Notes = NotesOf(original) };
        return new EditedVideo(original.Tensor.MoveToOuterDisposeScope(), still.MoveToOuterDisposeScope(), made.MoveToOuterDisposeScope());
    }

    /// <summary>Moves one picture by codes (LEO §3.1).</summary>
    /// <param name="picture">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, D].</param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public Animation Render(Tensor picture, Tensor codes) => _rendering.AnimateCodes(picture, codes);

    /// <summary>As <see cref="Render"/>, into a video file, a few frames at a time.</summary>
    /// <param name="path">.mp4, .mov, .mkv, .webm, .gif, or numbered pictures.</param>
    /// <param name="picture">[1, 3, S, S] in [-1, 1].</param>
    /// <param name="codes">α [T, D].</param>
    /// <param name="framesPerSecond">Rate of the video.</param>
    /// <param name="progress">Told the number of frames written. May throw to stop, and then no file is left.</param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    /// <exception cref="MediaException">The file cannot be written.</exception>
    public void RenderTo(string path, Tensor picture, Tensor codes, double framesPerSecond = 25, Action<long>? progress = null) =>
        _rendering.AnimateTo(path, picture, codes, framesPerSecond, progress);

    /// <summary>Disposes of the parts that were loaded or trained by this object.</summary>
    public void Dispose()
    {
        foreach (var part in _owned)
            part.Dispose();
        _owned.Clear();
    }

    private static IReadOnlyList<string> NotesOf(params Frames[] frames) => [.. frames.Select(f => f.Note).OfType<string>().Distinct()];

    // Of a video file; what has no sound is found out when it is saved.
    private static string? SoundOf(FrameInput video) => video.Paths is [var path] && MediaKind.IsVideo(path) && File.Exists(path) ? path : null;

    // The one place where parts are checked for one another. Subjects of errors are files, where the parts come from files.
    private void CheckParts()
    {
        _notes.Clear();
        int dim = Animator.Settings.MotionDim;
        string animator = Parts?.Animator ?? "the animator", fingerprint = AnimatorFingerprint.Of(Animator);
        Require(Parts?.Motion ?? "the motion model", Motion, Motion?.Settings.Dim);
        Require(Parts?.StartCodes ?? "the model of starting codes", StartCodes, StartCodes?.Settings.Dim);
        Require(Parts?.StartFrames ?? "the model of starting frames", StartFrames, StartFrames?.Settings.Dim);
        Require(Parts?.Transition ?? "the Transition DM", Transition, Transition?.Settings.Dim);
        if (StartFrames is { } frames && frames.Settings.Size != Size)
            throw new LeoException(Parts?.StartFrames ?? "the model of starting frames", $"draws frames of {frames.Settings.Size}×{frames.Settings.Size}, the animator takes {Size}×{Size}", "Give a model that was trained with this animator");

        void Require(string part, DiffusionModel? model, int? found)
        {
            if (model is null) return;
            if (found != dim)
                throw new LeoException(part, $"its codes have {found} numbers, those of {animator} {dim}", "Give parts that were trained on this animator's codes");
            if (AnimatorFingerprint.Require(fingerprint, animator, model.Animator, part) is { } note) _notes.Add(note);
        }
    }

    // Both are cropped about their centre, so a still of other proportions would be another part of the picture.
    private static void RequireProportions(string still, string video)
    {
        if (FrameSource.IsTensorFile(still) || FrameSource.IsTensorFile(video))
            return;
        VideoInfo a = VideoReader.Probe(still), b = VideoReader.Probe(video);
        if (a.Width != a.Height && Math.Abs((double)a.Width / a.Height / ((double)b.Width / b.Height) - 1) > 0.02)
            throw new LeoException(still, $"{a.Width}×{a.Height}, while the video is {b.Width}×{b.Height}", "Keep the first frame's proportions, or crop the middle square");
    }
}
