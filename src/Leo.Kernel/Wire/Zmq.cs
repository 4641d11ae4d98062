using System.Reflection;
using System.Runtime.InteropServices;

namespace Leo.Kernel.Wire;

/// <summary>The part of libzmq that a Jupyter kernel and its client need.</summary>
internal static unsafe partial class Zmq
{
    // Numbers of zmq.h.
    public const int Pub = 1, Sub = 2, Req = 3, Rep = 4, Dealer = 5, Router = 6;
    public const int RoutingId = 5, Subscribe = 6, Linger = 17, MaxMessageSize = 22, SendHighWater = 23, ReceiveHighWater = 24,
        ReceiveTimeout = 27, SendTimeout = 28, RouterHandover = 56, Ipv6 = 42;
    public const int DontWait = 1, SendMore = 2;
    public const int Interrupted = 4, Again = 11, Terminated = 156384765;
    private const string Library = "libzmq";

    static Zmq() => NativeLibrary.SetDllImportResolver(typeof(Zmq).Assembly, Resolve);

    /// <summary>What went wrong last on this thread, in libzmq's words.</summary>
    public static string LastError => Marshal.PtrToStringUTF8(zmq_strerror(zmq_errno())) ?? "unknown error";

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        foreach (string file in (string[])["libzmq.so.5", "libzmq.5.dylib", "libzmq.so", "libzmq.dll"])
        {
            if (NativeLibrary.TryLoad(file, assembly, path, out nint handle)) return handle;
        }
        throw new KernelException("libzmq", "the messaging library of Jupyter was not found",
            "Install it: `apt-get install libzmq5` on Debian and Ubuntu, `brew install zeromq` on macOS");
    }

    [LibraryImport(Library)]
    public static partial nint zmq_ctx_new();

    [LibraryImport(Library)]
    public static partial int zmq_ctx_shutdown(nint context);

    [LibraryImport(Library)]
    public static partial int zmq_ctx_term(nint context);

    [LibraryImport(Library)]
    public static partial nint zmq_socket(nint context, int type);

    [LibraryImport(Library)]
    public static partial int zmq_close(nint socket);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_bind(nint socket, string address);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_connect(nint socket, string address);

    [LibraryImport(Library)]
    public static partial int zmq_setsockopt(nint socket, int option, void* value, nuint length);

    [LibraryImport(Library)]
    public static partial int zmq_msg_init(byte* message);

    [LibraryImport(Library)]
    public static partial int zmq_msg_recv(byte* message, nint socket, int flags);

    [LibraryImport(Library)]
    public static partial byte* zmq_msg_data(byte* message);

    [LibraryImport(Library)]
    public static partial nuint zmq_msg_size(byte* message);

    [LibraryImport(Library)]
    public static partial int zmq_msg_more(byte* message);

    [LibraryImport(Library)]
    public static partial int zmq_msg_close(byte* message);

    [LibraryImport(Library)]
    public static partial int zmq_send(nint socket, byte* data, nuint length, int flags);

    [LibraryImport(Library)]
    public static partial int zmq_errno();

    [LibraryImport(Library)]
    private static partial nint zmq_strerror(int error);
}
