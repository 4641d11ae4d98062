using System.Text.Json.Nodes;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Host;

/// <summary>Asks the front end that runs a cell for a line of text.</summary>
internal sealed class InputChannel
{
    private readonly ZmqSocket _socket;
    private readonly WireFormat _format;
    private readonly Lock _lock = new();

    public InputChannel(ZmqSocket socket, WireFormat format)
    {
        (_socket, _format) = (socket, format);
        socket.Set(Zmq.ReceiveTimeout, 100);
    }

    /// <summary>Waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">The front end takes no input.</exception>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    public string? Ask(CellScope? scope, string prompt, bool password)
    {
        if (scope is null || !scope.Request.Flag("allow_stdin", byDefault: true))
            throw new InvalidOperationException("This front end takes no input; put the value into the cell.");
        lock (_lock)
        {
            // An answer to a question of a cell that was stopped may still lie here.
            while (_socket.Receive(wait: false) is not null)
            {
            }
            var content = new JsonObject { ["prompt"] = prompt, ["password"] = password };
            _socket.Send(_format.Encode("input_request", content, scope.Request.Header, scope.Request.Identities, null, out string id));
            while (true)
            {
                if (scope.Interrupt.IsPressed) throw new OperationCanceledException("The cell was stopped.");
                if (_socket.Receive() is not { } frames || _format.Decode(frames, out _) is not { Type: "input_reply" } reply) continue;
                if (reply.ParentId.Length == 0 || reply.ParentId == id) return reply.Text("value");
            }
        }
    }
}
