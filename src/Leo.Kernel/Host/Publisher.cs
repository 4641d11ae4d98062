using System.Text;
using System.Text.Json.Nodes;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Host;

/// <summary>The channel that tells every front end what happens. Safe for all threads.</summary>
internal sealed class Publisher(ZmqSocket socket, WireFormat format)
{
    private readonly Lock _lock = new();

    /// <summary>Says that the kernel is busy, idle or starting.</summary>
    public void Status(string state, WireMessage? request) => Publish("status", new JsonObject { ["execution_state"] = state }, request);

    /// <summary>Sends a message to all.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="content">Its content.</param>
    /// <param name="request">What caused it.</param>
    /// <param name="metadata">Whatever else there is to say.</param>
    public void Publish(string type, JsonObject content, WireMessage? request, JsonObject? metadata = null)
    {
        // The lock must not be left held, nor a message half sent, by a cell that is aborted here.
        try
        {
        }
        finally
        {
            lock (_lock) socket.Send(format.Encode(type, content, request?.Header, [Encoding.UTF8.GetBytes("kernel." + type)], metadata));
        }
    }
}
