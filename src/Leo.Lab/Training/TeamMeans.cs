using System.Text.Json;
using Leo.Lab.Distributed;

namespace Leo.Lab.Training;

/// <summary>Means of a team's scalars: every process has those of its share of the batches, and all shares are of one size.</summary>
internal static class TeamMeans
{
    /// <summary>Sums and counts of all processes together, as one process would have them.</summary>
    /// <param name="mine">As <see cref="ScalarMeans.Save"/> gives them.</param>
    /// <param name="team">All processes.</param>
    internal static SortedDictionary<string, double[]> Join(SortedDictionary<string, double[]> mine, Team team)
    {
        if (!team.IsShared)
            return mine;
        // By name: a scalar that was not finite somewhere is missing there.
        var joined = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (byte[] theirs in team.Gather(JsonSerializer.SerializeToUtf8Bytes(mine)))
        {
            foreach (var (name, sum) in JsonSerializer.Deserialize<Dictionary<string, double[]>>(theirs)!)
            {
                double[] total = joined.GetValueOrDefault(name) ?? [0, 0];
                joined[name] = [total[0] + sum[0] / team.Size, total[1] + sum[1] / team.Size];
            }
        }
        return joined;
    }
}
