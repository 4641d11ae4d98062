using System.Text;

namespace Leo.Lab.Distributed;

/// <summary>
/// The processes that work on one task together. Whatever is called here has to be called by all of them, in the same order. Alone, none of it does anything.
/// </summary>
public abstract class Team : IDisposable
{
    private protected Team(int rank, int size, int localRank) => (Rank, Size, LocalRank) = (rank, size, localRank);

    /// <summary>A process of its own.</summary>
    public static Team Alone { get; } = new LoneTeam();

    /// <summary>Number of this process, from 0.</summary>
    public int Rank { get; }

    /// <summary>Processes in all.</summary>
    public int Size { get; }

    /// <summary>Number of this process among those of its machine, from 0: which of the machine's devices it takes.</summary>
    public int LocalRank { get; }

    /// <summary>Whether this is the process that writes and speaks.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Whether there are other processes.</summary>
    public bool IsShared => Size > 1;

    /// <summary>This process in words, for messages: <c>rank 1 on node7</c>.</summary>
    public string Name => $"rank {Rank} on {Environment.MachineName}";

    /// <summary>Joins the processes that <c>mpirun</c> or <c>srun</c> started together; comes back when all have.</summary>
    /// <param name="launch">How this process was started.</param>
    /// <exception cref="TeamException">There is no MPI library, or it sees other processes than were started.</exception>
    public static Team Join(Launch launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return launch.IsShared ? new MpiTeam(launch) : Alone;
    }

    /// <summary>Each number becomes the sum of all processes', the same bits everywhere.</summary>
    public abstract void Sum(Span<float> values);

    /// <inheritdoc cref="Sum(Span{float})"/>
    public abstract void Sum(Span<double> values);

    /// <summary>All get the bytes that one process has.</summary>
    /// <param name="bytes">As many everywhere; what the others had is lost.</param>
    /// <param name="from">That process.</param>
    public abstract void Broadcast(Span<byte> bytes, int from = 0);

    /// <summary>Comes back when all processes are here.</summary>
    public abstract void Barrier();

    /// <summary>Ends all processes at once, without asking them; does not come back where there are others.</summary>
    /// <param name="code">Their exit code.</param>
    public abstract void Abort(int code);

    /// <summary>The sum of all processes' numbers.</summary>
    public double Total(double value)
    {
        Span<double> sum = [value];
        Sum(sum);
        return sum[0];
    }

    /// <summary>The mean of all processes' numbers.</summary>
    public double Mean(double value) => Total(value) / Size;

    /// <summary>Whether it is so for any process.</summary>
    public bool Any(bool value) => Total(value ? 1 : 0) > 0;

    /// <summary>The first process's answer, for all.</summary>
    public bool OfFirst(bool value) => Any(IsFirst && value);

    /// <summary>The first process's number, for all.</summary>
    public double OfFirst(double value) => Total(IsFirst ? value : 0);

    /// <summary>The first process's text, for all.</summary>
    public string OfFirst(string text) => IsShared ? Encoding.UTF8.GetString(Bytes(IsFirst ? Encoding.UTF8.GetBytes(text) : [], 0)) : text;

    /// <summary>What each process gives, for all, in the order of ranks.</summary>
    public IReadOnlyList<byte[]> Gather(byte[] mine)
    {
        ArgumentNullException.ThrowIfNull(mine);
        return [.. Enumerable.Range(0, Size).Select(rank => Bytes(mine, rank))];
    }

    /// <summary>The first process does it before the others do, who then find what it left on the disk.</summary>
    /// <param name="work">Done by every process once.</param>
    public T InTurn<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!IsFirst)
            Barrier();
        var result = work();
        if (IsFirst)
            Barrier();
        return result;
    }

    /// <summary>Divides pieces of work that do not depend on each other, and gives all results to all processes.</summary>
    /// <param name="count">Pieces.</param>
    /// <param name="work">The result of one, as bytes.</param>
    /// <param name="done">Called after each of this process's with the number done by then, counted as if the others were as fast.</param>
    /// <returns>The results in order.</returns>
    public IReadOnlyList<byte[]> Divide(int count, Func<int, byte[]> work, Action<int>? done = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        byte[][] results = new byte[count][];
        for (int i = Rank; i < count; i += Size)
        {
            results[i] = work(i);
            done?.Invoke(Math.Min(count, i - Rank + Size));
        }
        for (int i = 0; i < count; i++)
            results[i] = Bytes(results[i] ?? [], i % Size);
        return results;
    }

    /// <summary>Takes leave of the others, once all are here.</summary>
    public void Dispose()
    {
        Leave();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Leave();

    private byte[] Bytes(byte[] mine, int from)
    {
        if (!IsShared)
            return mine;
        int length = (int)Total(Rank == from ? mine.Length : 0);
        byte[] bytes = Rank == from ? mine : new byte[length];
        Broadcast(bytes, from);
        return bytes;
    }

    private sealed class LoneTeam() : Team(0, 1, 0)
    {
        public override void Sum(Span<float> values)
        {
        }

        public override void Sum(Span<double> values)
        {
        }

        public override void Broadcast(Span<byte> bytes, int from = 0)
        {
        }

        public override void Barrier()
        {
        }

        public override void Abort(int code)
        {
        }

        private protected override void Leave()
        {
        }
    }
}
