using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Display;
using Leo.Lab.Motion;
using Leo.Lab.StartFrames;
using Leo.Lab.Training;

namespace Leo.Lab;

public sealed partial class LeoPipeline
{
    /// <summary>Trains an animator on a folder of videos (LEO §3.1), the first of the phases; goes on where the run's folder holds one.</summary>
    /// <param name="recipe">What to train and how: <c>AnimatorRecipe.Tiny</c>, <c>Small</c>, <c>Paper</c>, or one of your own.</param>
    /// <param name="videos">Folder of videos, split into train and test as <see cref="VideoFolder"/> says.</param>
    /// <param name="run">Run folder: settings, log, samples, checkpoints.</param>
    /// <param name="minutes">Wall-clock budget; null is the recipe's.</param>
    /// <param name="progress">Who is told; null shows a card that changes where it stands in a notebook, and lines elsewhere.</param>
    /// <param name="cancellation">Asks to save and stop; none given, a notebook's stop button does.</param>
    /// <returns>LEO with this animator, and no other part yet.</returns>
    /// <exception cref="LeoException">The recipe is at fault or not the run's, a video is damaged or too small, or the disk is full.</exception>
    public static LeoPipeline Train(AnimatorRecipe recipe, string videos, string run, double? minutes = null, ITrainingProgress? progress = null, CancellationToken? cancellation = null)
    {
        recipe.Validate();
        using (var data = SubjectData.Open("videos", videos, recipe.Animator.Size, ClipCache.For(videos)))
        using (var task = new AnimatorTask(recipe, data.Train, data.Test))
            Run(task, recipe, run, minutes, progress, cancellation);
        return Load(new LeoParts(run));
    }

    /// <summary>Motion codes of the videos of a folder (LEO §3.2), what motion models learn from.</summary>
    /// <param name="videos">Folder of videos, or of folders of frames, split as <see cref="VideoFolder"/> says.</param>
    /// <param name="part">train, test or all.</param>
    /// <param name="progress">Told videos done and in all. May throw to stop.</param>
    /// <returns>A sequence for each video, under its path in the folder without ending. Kept with <see cref="CodeSequences.Save"/>.</returns>
    /// <exception cref="LeoException">There is no video in that part, or one is damaged or too small.</exception>
    public CodeSequences EncodeFolder(string videos, string part = "train", Action<int, int>? progress = null)
    {
        var paths = VideoFolder.List(videos, part);
        using var clips = ClipStore.Open(paths, Size, ClipCache.For(videos));
        return CodeExtraction.Run(Animator, clips, [.. Enumerable.Range(0, clips.Count).Select(i => CodeExtraction.NameOf(videos, clips.Path(i)))], done => progress?.Invoke(done, clips.Count));
    }

    /// <summary>Trains a motion model (LEO §3.2) on codes of this animator; from then on it is this pipeline's.</summary>
    /// <param name="recipe">What to train and how; sequences are no longer than the longest video allows.</param>
    /// <param name="codes">What <see cref="EncodeFolder"/> gave.</param>
    /// <param name="run">As above.</param>
    /// <param name="minutes">As above.</param>
    /// <param name="heldOut">Codes of other videos, for validation.</param>
    /// <param name="progress">As above.</param>
    /// <param name="cancellation">As above.</param>
    /// <exception cref="LeoException">As above; or the codes are another animator's.</exception>
    public TrainingResult Train(MotionRecipe recipe, CodeSequences codes, string run, double? minutes = null, CodeSequences? heldOut = null, ITrainingProgress? progress = null, CancellationToken? cancellation = null)
    {
        recipe = recipe.Fitting(RequireOwn(codes));
        using var task = new MotionTask(recipe, codes, heldOut);
        return Take(Run(task, recipe, run, minutes, progress, cancellation), () => Motion = Replaced(Motion, MotionModel.Load(run)));
    }

    /// <summary>Trains a model of starting codes, p(α) (LEO §3.3); otherwise as the motion model's.</summary>
    /// <inheritdoc cref="Train(MotionRecipe, CodeSequences, string, double?, CodeSequences?, ITrainingProgress?, CancellationToken?)"/>
    public TrainingResult Train(StartCodeRecipe recipe, CodeSequences codes, string run, double? minutes = null, CodeSequences? heldOut = null, ITrainingProgress? progress = null, CancellationToken? cancellation = null)
    {
        using var task = new StartCodeTask(recipe, RequireOwn(codes), heldOut);
        return Take(Run(task, recipe, run, minutes, progress, cancellation), () => StartCodes = Replaced(StartCodes, StartCodeModel.Load(run)));
    }

    /// <summary>Trains a Transition DM (LEO §6); otherwise as the motion model's.</summary>
    /// <inheritdoc cref="Train(MotionRecipe, CodeSequences, string, double?, CodeSequences?, ITrainingProgress?, CancellationToken?)"/>
    public TrainingResult Train(TransitionRecipe recipe, CodeSequences codes, string run, double? minutes = null, CodeSequences? heldOut = null, ITrainingProgress? progress = null, CancellationToken? cancellation = null)
    {
        using var task = new TransitionTask(recipe, RequireOwn(codes), heldOut);
        return Take(Run(task, recipe, run, minutes, progress, cancellation), () => Transition = Replaced(Transition, TransitionModel.Load(run)));
    }

    /// <summary>Trains a model of starting frames, p(x₁ | α₁) (LEO §3.3, Option 2), on videos and the codes that the animator gives them; from then on it is this pipeline's.</summary>
    /// <param name="recipe">What to train and how, of the animator's size.</param>
    /// <param name="videos">Folder of videos, those that the animator learnt from.</param>
    /// <param name="run">As above.</param>
    /// <param name="minutes">As above.</param>
    /// <param name="progress">As above.</param>
    /// <param name="cancellation">As above.</param>
    /// <exception cref="LeoException">As above; or recipe and animator are of different sizes.</exception>
    public TrainingResult Train(StartFrameRecipe recipe, string videos, string run, double? minutes = null, ITrainingProgress? progress = null, CancellationToken? cancellation = null)
    {
        using var data = SubjectData.Open("videos", videos, Size, ClipCache.For(videos));
        using var task = new StartFrameTask(recipe, Animator, data.Train, data.Test);
        return Take(Run(task, recipe, run, minutes, progress, cancellation), () => StartFrames = Replaced(StartFrames, StartFrameModel.Load(run)));
    }

    private static TrainingResult Run(TrainingTask task, Recipe recipe, string path, double? minutes, ITrainingProgress? progress, CancellationToken? cancellation)
    {
        using var run = RunFolder.CreateOrResume(path);
        var training = recipe.Training with { MaxMinutes = minutes ?? recipe.Training.MaxMinutes };
        return new TrainingLoop(task, training, run, progress ?? new TrainingCard(task.Kind, run)).Run(cancellation ?? Notebook.Interrupted);
    }

    private CodeSequences RequireOwn(CodeSequences codes)
    {
        AnimatorFingerprint.Require(AnimatorFingerprint.Of(Animator), Parts?.Animator ?? "the animator", codes.Animator, "the codes");
        return codes;
    }

    private TrainingResult Take(TrainingResult result, Action take)
    {
        take();
        CheckParts();
        return result;
    }

    // A part of before that was loaded here has served its time; one that was given stays its owner's.
    private T Replaced<T>(T? before, T part)
        where T : class, IDisposable
    {
        if (before is not null && _owned.Remove(before))
            before.Dispose();
        _owned.Add(part);
        return part;
    }
}
