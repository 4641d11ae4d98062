using static TorchSharp.torch;

namespace Leo.Lab.Distributed;

/// <summary>
/// Which examples of a batch a process takes. The batch is drawn whole by every process, with all its noise, from generators that are alike; so what is learnt does
/// not depend on the number of processes.
/// </summary>
/// <param name="Rank">Number of the process.</param>
/// <param name="Size">Processes in all.</param>
/// <param name="Inseparable">
/// Examples that are looked at together. Those of a group lie as far apart as there are groups (as <c>view(group, -1)</c> forms them), in the batch and in each share.
/// </param>
public sealed record BatchShare(int Rank, int Size, int Inseparable = 1)
{
    /// <summary>All of it.</summary>
    public static BatchShare Whole { get; } = new(0, 1);

    /// <summary>Examples of the batch where the share has so many.</summary>
    public long Count(long mine) => mine * Size;

    /// <summary>Places in the batch of the share's examples, in their order.</summary>
    /// <param name="whole">Examples of the batch, a multiple of <see cref="Inseparable"/> · <see cref="Size"/>.</param>
    public IReadOnlyList<int> Places(int whole)
    {
        int groups = whole / Inseparable, mine = groups / Size;
        return [.. Enumerable.Range(0, mine * Inseparable).Select(i => i / mine * groups + Rank * mine + i % mine)];
    }

    /// <summary>The share of a batch [B, …]: [B / <see cref="Size"/>, …].</summary>
    public Tensor Of(Tensor whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        if (Size == 1)
            return whole;
        long mine = whole.shape[0] / Inseparable / Size;
        return whole.unflatten(0, Inseparable, -1).narrow(1, Rank * mine, mine).flatten(0, 1);
    }

    /// <summary>Puts numbers of all shares into the batch's order.</summary>
    /// <param name="mine">A number for each example of this share.</param>
    /// <param name="team">All processes.</param>
    public float[] Join(float[] mine, Team team)
    {
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(team);
        if (Size == 1)
            return mine;
        float[] whole = new float[mine.Length * Size];
        foreach (var (i, place) in Places(whole.Length).Index())
            whole[place] = mine[i];
        team.Sum(whole);
        return whole;
    }
}
