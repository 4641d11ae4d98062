using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Turns videos into sequences of motion codes with the frozen encoder (LEO §3.2): the data of the second phase.</summary>
public static class CodeExtraction
{
    private const string CodesName = "codes";

    /// <summary>Codes of every frame of every video of a store.</summary>
    /// <param name="animator">In evaluation mode.</param>
    /// <param name="clips">The videos at the animator's size.</param>
    /// <param name="names">A unique name for each video.</param>
    /// <param name="done">Called after each video with the number done. May throw to stop. <value>Default none.</value></param>
    /// <param name="parts">Keeps the codes of each video, so that an extraction that stopped goes on. <value>Default null: nothing is kept.</value></param>
    /// <param name="team">Processes that divide the videos and all get all codes. <value>Default alone.</value></param>
    public static CodeSequences Run(ImageAnimator animator, ClipStore clips, IReadOnlyList<string> names, Action<int>? done = null,
        ExtractionParts? parts = null, Team? team = null)
    {
        team ??= Team.Alone;
        string fingerprint = AnimatorFingerprint.Of(animator);
        var made = new Dictionary<string, string> { [CheckpointNames.Kind] = "codes-part", [CheckpointNames.Animator] = fingerprint };
        var theirs = team.IsShared ? team.Divide(clips.Count, video => Whole(video).ToBytes(), done) : null;
        var sequences = new List<CodeSequence>();
        for (int video = 0; video < clips.Count; video++)
        {
            using var scope = NewDisposeScope();
            var part = theirs is null ? Whole(video) : ExtractionPart.From(theirs[video]);
            sequences.Add(CodeSequence.From(names[video], part.Tensors[CodesName]));
            if (theirs is null)
                done?.Invoke(video + 1);
        }
        return new CodeSequences(sequences, clips.Count > 0 ? clips.FramesPerSecond(0) : 25, fingerprint);

        ExtractionPart Whole(int video) => parts is null ? Part(animator, clips, video) : parts.Take(names[video], clips.Path(video), made, () => Part(animator, clips, video));
    }

    /// <summary>What a video of a folder is called: its path there, without ending, with slashes.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The video.</param>
    public static string NameOf(string folder, string path) => System.IO.Path.ChangeExtension(System.IO.Path.GetRelativePath(folder, path), null).Replace('\\', '/');

    private static ExtractionPart Part(ImageAnimator animator, ClipStore clips, int video) =>
        new(new Dictionary<string, Tensor> { [CodesName] = OfVideo(animator, clips, video) }, new Dictionary<string, string>());

    /// <summary>Codes of some frames of a video, [n, 20]. Frames are decoded a few at a time.</summary>
    /// <param name="animator">In evaluation mode.</param>
    /// <param name="clips">The videos.</param>
    /// <param name="video">Which.</param>
    /// <param name="stride">Every how many frames one is taken. <value>Default 1.</value></param>
    public static Tensor OfVideo(ImageAnimator animator, ClipStore clips, int video, int stride = 1)
    {
        const int Chunk = 64;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var pipeline = new AnimationPipeline(animator, chunk: 32);
        var parts = new List<Tensor>();
        int count = (clips.FrameCount(video) + stride - 1) / stride;
        for (int start = 0; start < count; start += Chunk)
        {
            using var frames = clips.Clip(video, start * stride, Math.Min(Chunk, count - start), stride);
            parts.Add(pipeline.Codes(frames));
        }
        return cat(parts, 0).MoveToOuterDisposeScope();
    }
}
