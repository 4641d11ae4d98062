using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Host;

/// <summary>The kernel: five channels, each with its socket and thread, from a connection file until shutdown.</summary>
internal sealed class KernelServer
{
    private const int MostComplaints = 20, PublishedAhead = 50_000;
    private static readonly TimeSpan TimeToSave = TimeSpan.FromSeconds(4);

    private readonly ZmqContext _context = new();
    private readonly ZmqSocket _shell, _control, _iopub, _stdin, _heartbeat;
    private readonly WireFormat _format;
    private readonly Publisher _publisher;
    private readonly CellExecution _execution;
    private readonly Requests _requests;
    private readonly TextWriter _log = Console.Error;
    private volatile bool _stopping;
    private int _complaints;

    public KernelServer(ConnectionInfo connection)
    {
        _format = new(connection, "kernel");
        _iopub = _context.Open(Zmq.Pub);
        // A front end that does not read loses messages at some point, instead of filling the memory.
        _iopub.Set(Zmq.SendHighWater, PublishedAhead);
        _iopub.Bind(connection.IoPub);
        _shell = Bound(Zmq.Router, connection.Shell);
        _control = Bound(Zmq.Router, connection.Control);
        _stdin = Bound(Zmq.Router, connection.Stdin);
        _heartbeat = Bound(Zmq.Rep, connection.Heartbeat);
        _publisher = new(_iopub, _format);
        _execution = new(_publisher, new InputChannel(_stdin, _format));
        _requests = new(_execution, _publisher);
    }

    /// <summary>Serves until shut down.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        // A thread that a cell started may throw what nobody catches; that ends the thread, not the session.
        ExceptionHandling.SetUnhandledExceptionHandler(Survive);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c =>
        {
            c.Cancel = true;
            _execution.Interrupt();
        });
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c =>
        {
            c.Cancel = true;
            _ = Task.Run(Stop);
        });
        DieWithParent();
        Thread[] threads = [Start("heartbeat", Echo), Start("control", () => Serve(_control))];
        _publisher.Status("starting", null);
        Serve(_shell);
        _execution.Dispose();
        _context.Shutdown();
        foreach (var thread in threads) thread.Join(1000);
        foreach (var socket in (ZmqSocket[])[_shell, _control, _iopub, _stdin, _heartbeat]) socket.Dispose();
        _context.Dispose();
        return 0;
    }

    private ZmqSocket Bound(int type, string address)
    {
        var socket = _context.Open(type);
        socket.Bind(address);
        return socket;
    }

    private static Thread Start(string name, Action run)
    {
        var thread = new Thread(() => run()) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    private void Serve(ZmqSocket socket)
    {
        socket.Set(Zmq.ReceiveTimeout, 250);
        while (!_stopping)
        {
            if (Next(socket, wait: true) is not { } request) continue;
            foreach (var queued in Serve(socket, request)) Abort(socket, queued);
        }
    }

    // Returns the requests that wait behind one that failed.
    private List<WireMessage> Serve(ZmqSocket socket, WireMessage request)
    {
        _publisher.Status("busy", request);
        JsonObject? reply;
        try
        {
            reply = _requests.Answer(request);
        }
        catch (Exception e)
        {
            // A defect of the kernel must not end the session either; the front end is told.
            Complain($"{request.Type}: {e}");
            reply = Requests.Failure(e.GetType().Name, e.Message);
        }
        // Looked at before the reply goes out: what comes after it was sent by someone who knows of the failure.
        List<WireMessage> queued = [];
        if (request.Type == "execute_request" && (string?)reply?["status"] == "error" && request.Flag("stop_on_error", byDefault: true))
        {
            while (Next(socket, wait: false) is { } next) queued.Add(next);
        }
        Reply(socket, request, reply);
        _publisher.Status("idle", request);
        if (request.Type == "shutdown_request") _ = Task.Run(Stop);
        return queued;
    }

    // "Run all" has sent the cells after the one that failed; they are not to run.
    private void Abort(ZmqSocket socket, WireMessage request)
    {
        if (request.Type != "execute_request")
        {
            Serve(socket, request);
            return;
        }
        _publisher.Status("busy", request);
        Reply(socket, request, new JsonObject { ["status"] = "aborted", ["execution_count"] = _execution.Count });
        _publisher.Status("idle", request);
    }

    private void Reply(ZmqSocket socket, WireMessage request, JsonObject? content)
    {
        if (content is not null)
            socket.Send(_format.Encode(request.Type.Replace("_request", "_reply", StringComparison.Ordinal), content, request.Header, request.Identities));
    }

    private WireMessage? Next(ZmqSocket socket, bool wait)
    {
        while (socket.Receive(wait) is { } frames)
        {
            if (_format.Decode(frames, out string? refusal) is { } message) return message;
            Complain($"a message was not accepted: {refusal}");
        }
        return null;
    }

    private void Echo()
    {
        _heartbeat.Set(Zmq.ReceiveTimeout, 250);
        while (!_stopping)
        {
            if (_heartbeat.Receive() is { } beat) _heartbeat.Send(beat);
        }
    }

    // A running cell may save first; then the channels close.
    private void Stop()
    {
        _execution.Interrupt();
        var clock = Stopwatch.StartNew();
        while (_execution.IsRunning && clock.Elapsed < TimeToSave) Thread.Sleep(20);
        _execution.Interrupt();
        _stopping = true;
        // What cannot be stopped must not keep the process.
        Thread.Sleep(3000);
        Environment.Exit(0);
    }

    private bool Survive(Exception e)
    {
        var scope = CellScope.Current;
        _execution.Print("stderr", $"A thread of this session ended by an exception: {e}\n", scope?.Request);
        return true;
    }

    private static void DieWithParent()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), out int parent) || parent <= 1) return;
        Start("parent", () =>
        {
            try
            {
                using var process = Process.GetProcessById(parent);
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // Gone already.
            }
            Environment.Exit(0);
        });
    }

    private void Complain(string text)
    {
        if (Interlocked.Increment(ref _complaints) <= MostComplaints) _log.WriteLine($"leo-kernel: {text}");
    }
}
