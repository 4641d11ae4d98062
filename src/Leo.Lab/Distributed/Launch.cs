using System.Globalization;

namespace Leo.Lab.Distributed;

/// <summary>How this process was started: alone, or as one of several by <c>mpirun</c> or <c>srun</c>, which say so in the environment.</summary>
/// <param name="Rank">Number of this process among all, from 0.</param>
/// <param name="Size">Processes in all.</param>
/// <param name="LocalRank">Number of this process among those of its machine, from 0.</param>
/// <param name="By">What started it, in a word; empty where it was started alone.</param>
public sealed record Launch(int Rank, int Size, int LocalRank, string By)
{
    // Slurm's step is srun's: a batch script, which is one process whatever was asked for, has none.
    private static readonly (string By, string Rank, string Size, string LocalRank)[] Known =
    [
        ("Open MPI's mpirun", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK"),
        ("srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID"),
        ("mpiexec", "PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID"),
    ];

    /// <summary>A process of its own.</summary>
    public static Launch Alone { get; } = new(0, 1, 0, "");

    /// <summary>Whether there are other processes.</summary>
    public bool IsShared => Size > 1;

    /// <summary>Reads the environment; whatever is not said whole is a process of its own.</summary>
    /// <param name="variable">A variable's value, null where it is not set; <see cref="Environment.GetEnvironmentVariable(string)"/> by default.</param>
    public static Launch Read(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        foreach (var (by, rankName, sizeName, localName) in Known)
        {
            if (Number(rankName) is { } rank && Number(sizeName) is > 1 and int size && rank < size)
                return new Launch(rank, size, Number(localName) ?? 0, by);
        }
        return Alone;

        int? Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
    }
}
