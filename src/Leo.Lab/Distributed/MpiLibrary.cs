using System.Runtime.InteropServices;

namespace Leo.Lab.Distributed;

/// <summary>The few functions of the system's MPI that <see cref="MpiTeam"/> needs, by the binary interface of Open MPI or of MPICH.</summary>
/// <remarks>
/// Open MPI's handles are addresses of exported symbols. MPICH, Intel MPI, MVAPICH and Cray MPICH share one interface, whose handles are numbers
/// (the values are those of MPICH's <c>mpi.h</c>). An error inside MPI ends all processes, which is MPI's own default.
/// </remarks>
internal sealed unsafe class MpiLibrary
{
    /// <summary>Variable that names the library to load.</summary>
    internal const string Variable = "LEO_MPI";

    private const int Serialized = 2; // MPI_THREAD_SERIALIZED, in both
    private static readonly string[] OpenMpi = ["libmpi.so.40"], Mpich = ["libmpi.so.12", "libmpich.so.12"];

    private readonly nint _library, _world, _inPlace, _float, _double, _byte, _sum;
    private readonly delegate* unmanaged<nint, void*, int, nint, nint, nint, int> _allReduce;
    private readonly delegate* unmanaged<void*, int, nint, int, nint, int> _broadcast;
    private readonly delegate* unmanaged<nint, int> _barrier;
    private readonly delegate* unmanaged<nint, int, int> _abort;
    private readonly delegate* unmanaged<int> _finalize;

    private MpiLibrary(nint library)
    {
        _library = library;
        if (NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out nint world))
        {
            (_world, _inPlace) = (world, 1);
            (_float, _double, _byte, _sum) = (Symbol("ompi_mpi_float"), Symbol("ompi_mpi_double"), Symbol("ompi_mpi_byte"), Symbol("ompi_mpi_op_sum"));
        }
        else
        {
            (_world, _inPlace) = (0x44000000, -1);
            (_float, _double, _byte, _sum) = (0x4c00040a, 0x4c00080b, 0x4c00010d, 0x58000003);
        }
        _allReduce = (delegate* unmanaged<nint, void*, int, nint, nint, nint, int>)Symbol("MPI_Allreduce");
        _broadcast = (delegate* unmanaged<void*, int, nint, int, nint, int>)Symbol("MPI_Bcast");
        _barrier = (delegate* unmanaged<nint, int>)Symbol("MPI_Barrier");
        _abort = (delegate* unmanaged<nint, int, int>)Symbol("MPI_Abort");
        _finalize = (delegate* unmanaged<int>)Symbol("MPI_Finalize");
    }

    /// <summary>Number of this process, as MPI sees it.</summary>
    internal int Rank { get; private set; }

    /// <summary>Processes, as MPI sees them.</summary>
    internal int Size { get; private set; }

    /// <summary>Loads the library and begins with it; comes back when all processes have.</summary>
    /// <param name="launch">How this process was started.</param>
    /// <exception cref="TeamException">There is none, or it cannot begin.</exception>
    internal static MpiLibrary Start(Launch launch)
    {
        var mpi = new MpiLibrary(Load(launch));
        int provided, rank, size;
        var start = (delegate* unmanaged<int*, byte***, int, int*, int>)mpi.Symbol("MPI_Init_thread");
        Check(start(null, null, Serialized, &provided), "MPI_Init_thread");
        Check(((delegate* unmanaged<nint, int*, int>)mpi.Symbol("MPI_Comm_rank"))(mpi._world, &rank), "MPI_Comm_rank");
        Check(((delegate* unmanaged<nint, int*, int>)mpi.Symbol("MPI_Comm_size"))(mpi._world, &size), "MPI_Comm_size");
        (mpi.Rank, mpi.Size) = (rank, size);
        return mpi;
    }

    /// <summary>Each number becomes the sum of all processes'.</summary>
    internal void Sum(Span<float> values)
    {
        fixed (float* at = values)
            Check(_allReduce(_inPlace, at, values.Length, _float, _sum, _world), "MPI_Allreduce");
    }

    /// <inheritdoc cref="Sum(Span{float})"/>
    internal void Sum(Span<double> values)
    {
        fixed (double* at = values)
            Check(_allReduce(_inPlace, at, values.Length, _double, _sum, _world), "MPI_Allreduce");
    }

    /// <summary>All get the bytes of one process.</summary>
    internal void Broadcast(Span<byte> bytes, int from)
    {
        fixed (byte* at = bytes)
            Check(_broadcast(at, bytes.Length, _byte, from, _world), "MPI_Bcast");
    }

    /// <summary>Comes back when all processes are here.</summary>
    internal void Barrier() => Check(_barrier(_world), "MPI_Barrier");

    /// <summary>Ends all processes; does not come back.</summary>
    internal void Abort(int code) => _ = _abort(_world, code);

    /// <summary>Takes leave; comes back when all processes do.</summary>
    internal void Finish() => Check(_finalize(), "MPI_Finalize");

    private static nint Load(Launch launch)
    {
        string[] names = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? [given]
            : HasPmi && !HasPmix ? [.. Mpich, .. OpenMpi] : [.. OpenMpi, .. Mpich];
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, out nint library))
                continue;
            return NativeLibrary.TryGetExport(library, "MPI_Init_thread", out _)
                ? library
                : throw new TeamException(name, "it is no MPI library: it has no MPI_Init_thread", $"Name another with {Variable}, or unset it");
        }
        throw new TeamException("MPI", $"{launch.By} started {launch.Size} processes, but no MPI library can be loaded (tried {string.Join(", ", names)})",
            $"Install Open MPI or MPICH, or name the library with {Variable}=/path/to/libmpi.so; to work in one process, start leo without {launch.By}");
    }

    // What a launcher offers tells which library it is for: PMI is MPICH's way to find the other processes, PMIx is Open MPI's.
    private static bool HasPmi => Environment.GetEnvironmentVariable("PMI_RANK") is not null;

    private static bool HasPmix => Environment.GetEnvironmentVariable("PMIX_RANK") is not null;

    private nint Symbol(string name) => NativeLibrary.TryGetExport(_library, name, out nint symbol) ? symbol
        : throw new TeamException("MPI", $"the library has no {name}, which both Open MPI and MPICH have", $"Name another library with {Variable}");

    private static void Check(int code, string function)
    {
        if (code != 0)
            throw new TeamException("MPI", $"{function} failed with code {code}", "See what MPI itself says above");
    }
}
