using System.Security.Cryptography;
using System.Text;
using Leo.Fuzz.Mutation;
using Leo.Kernel.Wire;

namespace Leo.Fuzz.Targets;

/// <summary>The kernel's messages and connection file: what is not signed with the key is never taken, whatever else it is.</summary>
internal sealed class WireTarget : FuzzTarget
{
    private const string Header = """{"msg_id":"1","session":"s","username":"u","version":"5.3","date":"2026-01-01T00:00:00Z","msg_type":"execute_request"}""";
    private const string Content = """{"code":"1 + 1","silent":false,"store_history":true,"user_expressions":{},"allow_stdin":false}""";
    private const string File = """{"transport":"tcp","ip":"127.0.0.1","key":"k","signature_scheme":"hmac-sha256","shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5}""";

    public override string Name => "wire";

    public override int InputsInTests => 3000;

    public override void Make(FuzzRandom random, string folder)
    {
        System.IO.File.WriteAllBytes(Path.Combine(folder, "connection.json"), JsonMutation.Apply(random, File));
        bool signed = random.Chance(0.5);
        byte[][] parts = [JsonMutation.Apply(random, Header), random.Chance(0.5) ? "{}"u8.ToArray() : JsonMutation.Apply(random, Header), "{}"u8.ToArray(), JsonMutation.Apply(random, Content)];
        byte[] signature = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(signed ? "k"u8.ToArray() : random.Bytes(random.Below(3)), parts.SelectMany(p => p).ToArray())));
        if (!signed && random.Chance(0.5))
            signature = random.Pick<byte[]>([[], signature[..^1], [.. signature, 0], new byte[64]]);
        List<byte[]> frames = [random.Bytes(5), "<IDS|MSG>"u8.ToArray(), signature, .. parts];
        if (random.Chance(0.2))
            frames.RemoveAt(random.Below(frames.Count));
        if (random.Chance(0.1))
            frames.Insert(random.Below(frames.Count + 1), random.Bytes(random.Below(20)));
        System.IO.File.WriteAllLines(Path.Combine(folder, signed ? "signed" : "unsigned"), frames.Select(Convert.ToHexString));
    }

    public override void Read(string folder, string output)
    {
        bool signed = System.IO.File.Exists(Path.Combine(folder, "signed"));
        List<byte[]> frames = [.. System.IO.File.ReadAllLines(Path.Combine(folder, signed ? "signed" : "unsigned")).Select(Convert.FromHexString)];
        var format = new WireFormat(ConnectionInfo.Create() with { Key = "k" }, "fuzz");
        var message = format.Decode(frames, out string? refusal);
        if (message is null && string.IsNullOrEmpty(refusal))
            throw new InvalidOperationException("a message was dropped without a reason");
        if (message is not null && (!signed || format.Decode(frames, out _) is not null))
            throw new InvalidOperationException(signed ? "a message was taken twice" : "an unsigned message was taken");
        _ = (message?.Text("code"), message?.Number("cursor_pos", 0), message?.Flag("silent"), message?.ParentId);
        var connection = ConnectionInfo.Read(Path.Combine(folder, "connection.json"));
        if (connection.Key.Length == 0 || (connection.Transport == "tcp" && !connection.Shell.StartsWith("tcp://127.", StringComparison.Ordinal) && !connection.Shell.StartsWith("tcp://[::1]", StringComparison.Ordinal)))
            throw new InvalidOperationException($"a connection without key or beyond this machine was taken: {connection.Shell}");
    }
}
