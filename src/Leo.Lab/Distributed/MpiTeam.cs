namespace Leo.Lab.Distributed;

/// <summary>Processes that MPI connects.</summary>
internal sealed class MpiTeam : Team
{
    private readonly MpiLibrary _mpi;

    /// <exception cref="TeamException">There is no MPI library, or it sees other processes than were started.</exception>
    internal MpiTeam(Launch launch)
        : base(launch.Rank, launch.Size, launch.LocalRank)
    {
        _mpi = MpiLibrary.Start(launch);
        if (_mpi.Size != launch.Size || _mpi.Rank != launch.Rank)
        {
            throw new TeamException("MPI", $"{launch.By} started this as process {launch.Rank} of {launch.Size}, but the MPI library sees process {_mpi.Rank} of {_mpi.Size}",
                $"Start with the mpirun of the same MPI, or with srun --mpi=pmix (Open MPI) or --mpi=pmi2 (MPICH), or name the launcher's library with {MpiLibrary.Variable}");
        }
    }

    /// <inheritdoc/>
    public override void Sum(Span<float> values) => _mpi.Sum(values);

    /// <inheritdoc/>
    public override void Sum(Span<double> values) => _mpi.Sum(values);

    /// <inheritdoc/>
    public override void Broadcast(Span<byte> bytes, int from = 0) => _mpi.Broadcast(bytes, from);

    /// <inheritdoc/>
    public override void Barrier() => _mpi.Barrier();

    /// <inheritdoc/>
    public override void Abort(int code) => _mpi.Abort(code);

    private protected override void Leave() => _mpi.Finish();
}
