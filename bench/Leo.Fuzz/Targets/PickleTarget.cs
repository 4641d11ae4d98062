using System.Text;
using Leo.Fuzz.Mutation;

namespace Leo.Fuzz.Targets;

/// <summary>Files of torch.save around programs of pickle: an archive, or one pickle after the other as before PyTorch 1.6.</summary>
internal sealed class PickleTarget(bool legacy) : FuzzTarget
{
    // torch's magic number, its protocol version, and the system it was written on.
    private static readonly byte[] Head = Encoding.Latin1.GetBytes(
        "\u0080\u0002\u008a\u000a\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019.\u0080\u0002M\u00e9\u0003.\u0080\u0002}X\u000d\0\0\0little_endian\u0088s.");

    public override string Name => legacy ? "pickle-legacy" : "pickle-zip";

    public override void Make(FuzzRandom random, string folder) => File.WriteAllBytes(Path.Combine(folder, "x.pt"), Bytes(random));

    public override void Read(string folder, string output) => SafetensorsTarget.ReadAll(Path.Combine(folder, "x.pt"), output);

    private byte[] Bytes(FuzzRandom random)
    {
        var program = new PickleProgram(random);
        byte[] pickle = program.Make(), storage = random.Bytes(24);
        byte[] file = legacy ? Legacy(random, pickle, program.Storages, storage) : ZipBytes.Make(random, Files(random, pickle, storage));
        return random.Chance(0.1) ? ByteMutation.Apply(random, file) : file;
    }

    private static List<(string, byte[])> Files(FuzzRandom random, byte[] pickle, byte[] storage)
    {
        List<(string, byte[])> files = [("archive/data.pkl", random.Chance(0.01) ? new byte[1 << 22] : pickle), ("archive/data/0", storage), ("archive/data/1", storage), ("archive/version", "3\n"u8.ToArray())];
        if (random.Chance(0.05))
            files.Add(("archive/byteorder", Encoding.UTF8.GetBytes(random.Pick(["little", "big", ""]))));
        if (random.Chance(0.03))
            files.Add(("archive/constants.pkl", "\u0080\u0002N."u8.ToArray()));
        return files;
    }

    private static byte[] Legacy(FuzzRandom random, byte[] pickle, IReadOnlyCollection<string> used, byte[] storage)
    {
        byte[] Key(string key) => [(byte)'X', .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(key)), .. Encoding.UTF8.GetBytes(key)];
        byte[] keys = random.Chance(0.95) ? [0x80, 2, .. "]("u8, .. used.SelectMany(Key), .. "e."u8] : new PickleProgram(random).Make();
        byte[] Storage() => [.. BitConverter.GetBytes(random.Chance(0.95) ? 6L : random.Number()), .. storage];
        return [.. random.Chance(0.97) ? Head : ByteMutation.Apply(random, Head), .. pickle, .. keys, .. used.SelectMany(_ => Storage())];
    }
}
