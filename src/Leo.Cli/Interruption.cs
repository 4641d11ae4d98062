using System.Runtime.InteropServices;
using Leo.Lab.Distributed;

namespace Leo.Cli;

/// <summary>
/// Ctrl-C and SIGTERM as a token: the first asks the work to save and stop, the second ends the process at once.
/// </summary>
/// <remarks>
/// One of several processes gets the signal of the terminal and then that of the launcher, which itself ends what does not stop in time; so there the second does
/// nothing. SIGUSR1, which mpirun hands on and Slurm can send ahead of a job's end, asks such a process as well.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private const PosixSignal UserSignal = (PosixSignal)10; // SIGUSR1 of Linux

    private readonly CancellationTokenSource _source = new();
    private readonly Launch _launch;
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption(Launch launch)
    {
        _launch = launch;
        PosixSignal[] signals = launch.IsShared && OperatingSystem.IsLinux() ? [PosixSignal.SIGINT, PosixSignal.SIGTERM, UserSignal] : [PosixSignal.SIGINT, PosixSignal.SIGTERM];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested && !_launch.IsShared)
            return; // let the default action end the process
        context.Cancel = true;
        _source.Cancel();
    }
}
