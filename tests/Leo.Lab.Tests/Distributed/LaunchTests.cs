using Leo.Lab.Distributed;

namespace Leo.Lab.Tests.Distributed;

public sealed class LaunchTests
{
    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=1", 1, 4, 1, "Open MPI's mpirun")]
    [InlineData("PMI_RANK=2 PMI_SIZE=3 MPI_LOCALRANKID=0", 2, 3, 0, "mpiexec")]
    [InlineData("PMI_RANK=1 PMI_SIZE=2 SLURM_PROCID=1 SLURM_NTASKS=2 SLURM_STEP_NUM_TASKS=2 SLURM_LOCALID=1", 1, 2, 1, "srun")]
    [InlineData("SLURM_PROCID=0 SLURM_NTASKS=4 SLURM_LOCALID=0", 0, 1, 0, "")] // a batch script, which srun has not started
    [InlineData("OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=1", 0, 1, 0, "")]
    [InlineData("OMPI_COMM_WORLD_RANK=x OMPI_COMM_WORLD_SIZE=2", 0, 1, 0, "")]
    [InlineData("", 0, 1, 0, "")]
    public void Read_SaysWhatTheLauncherSaid(string environment, int rank, int size, int localRank, string by)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(new Launch(rank, size, localRank, by), Launch.Read(variables.GetValueOrDefault));
    }

    [Fact]
    public void Alone_ChangesNothing()
    {
        using var team = Team.Join(Launch.Alone);
        float[] values = [1, 2];
        team.Sum(values);
        Assert.Equal([1f, 2f], values);
        Assert.Equal(3.5, team.Mean(3.5));
        Assert.Equal("text", team.OfFirst("text"));
        Assert.Equal([[1], [2], [3]], team.Divide(3, i => [(byte)(i + 1)]));
        Assert.Equal([[7]], team.Gather([7]));
    }
}
