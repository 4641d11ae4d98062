using System.Buffers.Binary;
using System.Text;
using Leo.Fuzz.Mutation;
using Leo.Lab.Metrics;

namespace Leo.Fuzz.Targets;

/// <summary>NumPy's <c>.npy</c>: headers whose types, orders, shapes and lengths lie, in all three formats.</summary>
internal sealed class NpyTarget : FuzzTarget
{
    private static readonly string[] Types = ["<f4", "<f8", "<f2", "<i8", "<i4", "<i2", "|i1", "|u1", "|b1", ">f4", "|O", "<c8", "<U3", "", "<f4' + __import__('os').system('x') + '"];

    public override string Name => "npy";

    public override void Make(FuzzRandom random, string folder) => File.WriteAllBytes(Path.Combine(folder, "x.npy"), Bytes(random));

    public override void Read(string folder, string output)
    {
        string path = Path.Combine(folder, "x.npy");
        Try(() =>
        {
            using var features = FeatureFile.Open(path);
            using var statistics = features.ToStatistics();
        });
        SafetensorsTarget.ReadAll(path, output);
    }

    private static byte[] Bytes(FuzzRandom random)
    {
        int width = random.Pick([4, 4, 4, 8, 2, 1]);
        long[] shape = [.. Enumerable.Range(0, random.Below(4)).Select(_ => (long)random.Below(6))];
        string type = random.Chance(0.8) ? width switch { 8 => "<f8", 2 => "<f2", 1 => "|u1", _ => "<f4" } : random.Pick(Types);
        string sides = string.Join(", ", shape.Select(s => random.Chance(0.97) ? $"{s}" : random.Chance(0.5) ? $"{random.Number()}" : random.Pick(Hostile.Words)));
        string header = $"{{'descr': '{type}', 'fortran_order': {(random.Chance(0.7) ? "False" : "True")}, 'shape': ({sides}{(shape.Length == 1 ? "," : "")}), }}";
        if (random.Chance(0.1))
            header = random.Pick(Hostile.Words) + header;
        header = header.PadRight(118) + "\n";
        byte version = (byte)(random.Chance(0.9) ? 1 + random.Below(3) : random.Below(256));
        byte[] length = new byte[version == 1 ? 2 : 4];
        int told = random.Chance(0.95) ? header.Length : (int)random.Number();
        if (version == 1) BinaryPrimitives.WriteInt16LittleEndian(length, (short)told);
        else BinaryPrimitives.WriteInt32LittleEndian(length, told);
        byte[] bytes =
        [
            0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(header),
            .. random.Bytes((int)(width * shape.Aggregate(1L, (a, b) => a * b)) + (random.Chance(0.95) ? 0 : random.Below(9))),
        ];
        return random.Chance(0.3) ? ByteMutation.Apply(random, bytes) : bytes;
    }
}
