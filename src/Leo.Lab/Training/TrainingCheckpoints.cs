using Leo.Lab.Checkpoints;
using Leo.Lab.Distributed;

namespace Leo.Lab.Training;

/// <summary>Writes a run's state so that it can be trusted, and finds the newest that can.</summary>
internal sealed class TrainingCheckpoints(TrainingTask task, TrainingSettings settings, RunFolder run, ITrainingProgress progress, Team team)
{
    /// <exception cref="NotFiniteException">The state is not finite; nothing was written.</exception>
    /// <exception cref="CheckpointException">What was written does not read back; the checkpoints before are intact.</exception>
    /// <exception cref="FileWriteException">The disk is full or fails; the checkpoints before are intact.</exception>
    internal void Save(IReadOnlyList<Ema> averages, LoopState loop)
    {
        string file = run.Checkpoints.FileOf(loop.Step);
        // Once a checkpoint counts, a resumed run does not make its lines again.
        run.FlushLogs();
        new TrainingState(task, averages).Save(file, loop, settings);
        run.Checkpoints.Publish(file, settings.KeepCheckpoints);
        progress.Note($"saved {file}");
    }

    /// <summary>Puts back the newest checkpoint that is whole, and sets broken ones aside. Several processes take the one that the first finds.</summary>
    /// <returns>Its counters; null where the run has no checkpoint yet.</returns>
    /// <exception cref="TrainingException">There are checkpoints, and none can be read.</exception>
    /// <exception cref="CheckpointException">The newest whole one is of another kind or size.</exception>
    internal LoopState? Restore(IReadOnlyList<Ema> averages)
    {
        var (found, loop) = team.IsFirst ? Newest(averages) : ("", null);
        string file = team.OfFirst(found);
        if (!team.IsFirst && file.Length > 0)
        {
            using var checkpoint = Checkpoint.Open(file);
            loop = new TrainingState(task, averages).Load(checkpoint);
        }
        return loop;
    }

    private (string File, LoopState? Loop) Newest(IReadOnlyList<Ema> averages)
    {
        if (run.TakenOver is { } holder)
        {
            progress.Note($"{run.Path}: {holder} ended without closing the run");
        }
        var files = run.Checkpoints.NewestFirst();
        var broken = new List<string>();
        foreach (string file in files)
        {
            using var checkpoint = TryOpen(file, broken);
            if (checkpoint is null)
            {
                continue;
            }
            var state = new TrainingState(task, averages);
            var loop = state.Load(checkpoint);
            broken.ForEach(CheckpointFolder.SetAside);
            progress.Note($"resumed from {file}");
            if (state.DataNote is { } note)
            {
                progress.Note(note);
            }
            return (file, loop);
        }
        return files.Count == 0
            ? ("", null)
            : throw new TrainingException(run.Path, $"none of its {files.Count} checkpoints can be read, the newest is {files[0]}", "Start a new run in another folder");
    }

    private Checkpoint? TryOpen(string file, List<string> broken)
    {
        Checkpoint? checkpoint = null;
        try
        {
            checkpoint = Checkpoint.Open(file);
            checkpoint.File.Verify();
            return checkpoint;
        }
        catch (CheckpointException e)
        {
            checkpoint?.Dispose();
            broken.Add(file);
            progress.Note($"left out a broken checkpoint: {e.Message}");
            return null;
        }
    }
}
