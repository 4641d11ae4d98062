using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Distributed;
using Leo.Lab.Media;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

/// <summary>Batches made ahead on another thread are those that would have been made in time, and so is the state that a checkpoint keeps.</summary>
public sealed class BatchFeedTests : IDisposable
{
    private readonly Generator _position = Seeds.Generator(3, "feed");
    private readonly Generator _direct = Seeds.Generator(3, "feed");
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _position.Dispose();
        _direct.Dispose();
    }

    [Fact]
    public void Next_GivesWhatWouldHaveBeenDrawn_AndTheStateAfterIt()
    {
        using var feed = new BatchFeed(_position, CPU, Draw);
        for (int step = 0; step < 8; step++)
        {
            var (expected, found) = (Draw(_direct, BatchShare.Whole), feed.Next(BatchShare.Whole));
            Assert.Equal(Numbers(expected), Numbers(found));
            Assert.Equal(expected.Drawn, found.Drawn);
            Assert.Equal(State(_direct), State(_position));
        }
    }

    [Fact]
    public void Next_AfterTheStateWasPutBack_GoesOnFromThere()
    {
        using var feed = new BatchFeed(_position, CPU, Draw);
        feed.Next(BatchShare.Whole);
        var kept = _position.get_state();
        float[] expected = Numbers(feed.Next(BatchShare.Whole));
        feed.Next(BatchShare.Whole);
        _position.set_state(kept);
        Assert.Equal(expected, Numbers(feed.Next(BatchShare.Whole)));
    }

    [Fact]
    public void Next_OfAnotherShare_IsMadeAnew()
    {
        using var feed = new BatchFeed(_position, CPU, Draw);
        feed.Next(BatchShare.Whole);
        Draw(_direct, BatchShare.Whole);
        var second = new BatchShare(1, 2);
        Assert.Equal(Numbers(Draw(_direct, second)), Numbers(feed.Next(second)));
    }

    [Fact]
    public void Maker_WorksAhead_AndNoFurtherThanTwoBatches()
    {
        int made = 0;
        using var feed = new BatchFeed(_position, CPU, (generator, share) =>
        {
            Interlocked.Increment(ref made);
            return Draw(generator, share);
        });
        Assert.Equal(0, made);
        feed.Next(BatchShare.Whole);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref made) == 3, TimeSpan.FromSeconds(30)), $"made {made}");
        Thread.Sleep(20);
        Assert.Equal(3, made);
    }

    [Fact]
    public void Fault_OfTheMaker_IsThrownAsItIs_WhereItsBatchWouldHaveCome()
    {
        var fault = new DataException("a.mp4", "is damaged", "Copy it again");
        int made = 0;
        using var feed = new BatchFeed(_position, CPU, (generator, share) => ++made == 3 ? throw fault : Draw(generator, share));
        feed.Next(BatchShare.Whole);
        float[] second = Numbers(feed.Next(BatchShare.Whole));
        byte[] state = State(_position);
        Assert.Same(fault, Assert.Throws<DataException>(() => feed.Next(BatchShare.Whole)));
        Assert.Contains(nameof(Fault_OfTheMaker_IsThrownAsItIs_WhereItsBatchWouldHaveCome), fault.StackTrace);
        Assert.Equal(state, State(_position));

        // It may be asked again, for a file that is whole by now.
        Draw(_direct, BatchShare.Whole);
        Assert.Equal(second, Numbers(Draw(_direct, BatchShare.Whole)));
        Assert.Equal(Numbers(Draw(_direct, BatchShare.Whole)), Numbers(feed.Next(BatchShare.Whole)));
    }

    [Fact]
    public void Dispose_WhileBatchesWait_FreesThemAndEndsTheThread()
    {
        var made = new List<Tensor>();
        Thread? thread = null;
        var feed = new BatchFeed(_position, CPU, (generator, share) =>
        {
            thread = Thread.CurrentThread;
            var batch = Draw(generator, share);
            lock (made)
                made.AddRange(batch.Tensors);
            return batch;
        });
        Tensor taken;
        using (NewDisposeScope())
            taken = feed.Next(BatchShare.Whole).Tensors[0];
        Assert.True(taken.IsInvalid);
        feed.Dispose();
        Assert.False(thread!.IsAlive);
        Assert.NotEqual(Thread.CurrentThread, thread);
        Assert.All(made, tensor => Assert.True(tensor.IsInvalid));
        feed.Dispose();
    }

    // Mirrored and coloured, which takes numbers of its own a batch.
    [Fact]
    public void Animator_FromAStore_HasTheLossesThatItHasWithoutAFeed()
    {
        using var folder = new TempFolder();
        foreach (int frame in Enumerable.Range(0, 4))
            ImageFile.Write(folder[$"video/{frame}.png"], new Image(16, 16, [.. Enumerable.Range(0, 16 * 16 * 3).Select(i => (byte)((i * 7) + (frame * 31)))]));
        using var clips = ClipStore.Open([folder["video"]], 16, folder["cache"]);
        var recipe = new AnimatorRecipe
        {
            Animator = new AnimatorSettings { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] },
            Training = SmallTrainings.Settings(6) with { LogEvery = 1 },
            Pairs = new FramePairOptions { Flip = true, Jitter = 0.2 },
        };
        var fed = Losses("fed", new AnimatorTask(recipe, clips, clips));
        var plain = Losses("plain", new AnimatorTask(recipe, new StoredFramePairs(clips, recipe.Training.BatchSize, recipe.Training.Seed, recipe.Pairs), new HeldOutClips([])));
        Assert.Equal(6, plain.Count);
        Assert.Equal(plain, fed);

        List<double> Losses(string run, AnimatorTask task)
        {
            using var written = RunFolder.Create(folder[run]);
            using (task)
                new TrainingLoop(task, recipe.Training, written, new RecordedProgress()).Run();
            return [.. RunFolder.ReadMetrics(folder[run]).Select(m => m.Scalars["loss.animator"])];
        }
    }

    private static FedBatch Draw(Generator generator, BatchShare share)
    {
        var numbers = rand([4], generator: generator);
        return new FedBatch([share.Of(numbers)], [$"{numbers[0].item<float>():R}"]);
    }

    private static float[] Numbers(FedBatch batch) => batch.Tensors[0].ToArray<float>();

    private static byte[] State(Generator generator)
    {
        using var state = generator.get_state();
        return state.ToArray<byte>();
    }
}
