using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Client;

/// <summary>A front end of a kernel: sends requests and hears what the kernel publishes. For one thread.</summary>
internal sealed class KernelClient : IDisposable
{
    private readonly ZmqContext _context = new();
    private readonly ZmqSocket _shell, _control, _iopub, _stdin;
    private readonly WireFormat _format;
    // What came while something else was waited for.
    private readonly Dictionary<string, WireMessage> _replies = [];
    private readonly HashSet<string> _idle = [];

    public KernelClient(ConnectionInfo connection)
    {
        _format = new(connection, "leo");
        // The kernel asks for input under the name that the request came from.
        byte[] name = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
        _shell = Connected(Zmq.Dealer, connection.Shell, name);
        _stdin = Connected(Zmq.Dealer, connection.Stdin, name);
        _control = Connected(Zmq.Dealer, connection.Control, null);
        _iopub = Connected(Zmq.Sub, connection.IoPub, null);
    }

    /// <summary>Called for everything that the kernel publishes.</summary>
    public Action<WireMessage>? Published { get; set; }

    /// <summary>Called when a cell asks for a line; by default the answer is empty.</summary>
    public Func<string, string>? Asked { get; set; }

    /// <summary>Waits until the kernel answers and its publications arrive.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    public WireMessage WaitUntilReady(TimeSpan time, Func<bool>? isAlive = null)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time && isAlive?.Invoke() != false)
        {
            // A subscription takes a moment to arrive: ask until the question itself is heard back on it.
            string id = Send("kernel_info_request", []);
            WireMessage? reply = null;
            bool heard = false;
            for (var round = Stopwatch.StartNew(); round.ElapsedMilliseconds < 1000 && !(heard && reply is not null);)
            {
                heard |= Receive(_iopub, wait: true) is { } published && published.ParentId == id;
                if (Receive(_shell, wait: false) is { } answer && answer.ParentId == id) reply = answer;
            }
            if (heard && reply is not null) return reply;
        }
        throw new TimeoutException($"The kernel did not answer within {time.TotalSeconds:0} s.");
    }

    /// <summary>Sends a request and returns its id.</summary>
    public string Send(string type, JsonObject content, bool control = false)
    {
        (control ? _control : _shell).Send(_format.Encode(type, content, null, [], null, out string id));
        return id;
    }

    /// <summary>Sends frames as they are; for what a proper client never sends.</summary>
    public void SendRaw(IReadOnlyList<byte[]> frames) => _shell.Send(frames);

    /// <summary>Frames of a request, signed.</summary>
    public List<byte[]> Frames(string type, JsonObject content) => _format.Encode(type, content, null, []);

    /// <summary>Sends a request and waits for its reply; meanwhile passes on what is published.</summary>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public WireMessage Ask(string type, JsonObject content, TimeSpan time, bool control = false, Func<bool>? goOn = null) =>
        Wait(Send(type, content, control), time, control, goOn);

    /// <summary>Waits for the reply to a request, and for the kernel to be idle again; meanwhile passes on what is published.</summary>
    /// <param name="id">The request.</param>
    /// <param name="time">How long.</param>
    /// <param name="control">Whether it went over the control channel.</param>
    /// <param name="goOn">Asked again and again; waiting ends where it says no.</param>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public WireMessage Wait(string id, TimeSpan time, bool control = false, Func<bool>? goOn = null)
    {
        var socket = control ? _control : _shell;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time && goOn?.Invoke() != false;)
        {
            while (!_idle.Contains(id) && Publication(wait: true) is not null)
            {
            }
            if (Receive(_stdin, wait: false) is { Type: "input_request" } question) Answer(question);
            while (!_replies.ContainsKey(id) && Receive(socket, wait: _idle.Contains(id)) is { } answer) _replies[answer.ParentId] = answer;
            if (_idle.Contains(id) && _replies.Remove(id, out var reply))
            {
                _idle.Remove(id);
                return reply;
            }
        }
        throw new TimeoutException($"No reply within {time.TotalSeconds:0} s.");
    }

    /// <summary>Passes on what is published, for a while.</summary>
    public void Listen(TimeSpan time, Func<bool>? until = null)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time && until?.Invoke() != true;)
        {
            Publication(wait: true);
        }
    }

    /// <summary>Asks the kernel to end.</summary>
    public void Shutdown() => Send("shutdown_request", new JsonObject { ["restart"] = false }, control: true);

    /// <summary>Hangs up.</summary>
    public void Dispose()
    {
        foreach (var socket in (ZmqSocket[])[_shell, _control, _iopub, _stdin]) socket.Dispose();
        _context.Dispose();
    }

    private ZmqSocket Connected(int type, string address, byte[]? name)
    {
        var socket = _context.Open(type);
        if (name is not null) socket.Set(Zmq.RoutingId, name);
        if (type == Zmq.Sub) socket.Set(Zmq.Subscribe, []);
        socket.Set(Zmq.ReceiveTimeout, 20);
        socket.Set(Zmq.ReceiveHighWater, 0);
        socket.Connect(address);
        return socket;
    }

    private WireMessage? Receive(ZmqSocket socket, bool wait) =>
        socket.Receive(wait) is { } frames ? _format.Decode(frames, out _) : null;

    private WireMessage? Publication(bool wait)
    {
        if (Receive(_iopub, wait) is not { } published) return null;
        if (published.Type == "status" && published.Text("execution_state") == "idle") _idle.Add(published.ParentId);
        Published?.Invoke(published);
        return published;
    }

    private void Answer(WireMessage question)
    {
        string answer = Asked?.Invoke(question.Text("prompt")) ?? "";
        _stdin.Send(_format.Encode("input_reply", new JsonObject { ["status"] = "ok", ["value"] = answer }, question.Header, []));
    }
}
