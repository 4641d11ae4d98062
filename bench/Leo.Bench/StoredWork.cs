using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Phase one from real videos, mirrored and coloured as LIA does for TaichiHD and TED: pairs that are made ahead on a thread of their own, or in the step.</summary>
internal sealed class StoredWork : Work
{
    internal const string Fed = "fed", InStep = "stored";

    private readonly AnimatorRecipe _settings;
    private readonly IDisposable[] _data;

    private StoredWork(AnimatorRecipe settings, AnimatorTask task, params IDisposable[] data)
        : base(task, settings.Training) => (_settings, _data) = (settings, data);

    private protected override string SettingsJson => Json.WriteLine(_settings);

    internal static StoredWork Create(int threads, bool fed)
    {
        var folder = new ScratchFolder();
        string videos = Path.Combine(folder.Path, "faces");
        PuppetStudio.Write(videos, new PuppetOptions { TrainIdentities = 12, TestIdentities = 1, VideosPerIdentity = 1, Frames = 48, Seed = Seed });
        var tiny = AnimatorRecipe.Tiny;
        var people = SubjectData.Open("faces", videos, tiny.Animator.Size, Path.Combine(folder.Path, "cache"));
        var settings = tiny with { Training = Plain(tiny.Training, threads), Pairs = new FramePairOptions { Flip = true, Jitter = 0.1 } };
        var task = fed ? new AnimatorTask(settings, people.Train, people.Test)
            : new AnimatorTask(settings, new StoredFramePairs(people.Train, settings.Training.BatchSize, settings.Training.Seed, settings.Pairs), new HeldOutClips([]));
        return new StoredWork(settings, task, people, folder);
    }

    public override void Dispose()
    {
        base.Dispose();
        Array.ForEach(_data, d => d.Dispose());
    }

    private protected override IReadOnlyDictionary<string, Tensor> Data() => throw new NotSupportedException("It is compared with itself only.");
}
