using System.Text;
using Leo.Fuzz.Mutation;

namespace Leo.Fuzz.Targets;

/// <summary>TorchSharp's <c>.dat</c>: counts, names, types and lengths in LEB128 that lie.</summary>
internal sealed class TorchSharpTarget : FuzzTarget
{
    public override string Name => "torchsharp";

    public override void Make(FuzzRandom random, string folder) => File.WriteAllBytes(Path.Combine(folder, "x.dat"), Bytes(random));

    public override void Read(string folder, string output) => SafetensorsTarget.ReadAll(Path.Combine(folder, "x.dat"), output);

    private static byte[] Bytes(FuzzRandom random)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        long Lie(long truth) => random.Chance(0.98) ? truth : random.Number();
        int count = random.Below(5);
        writer.Write7BitEncodedInt64(Lie(count));
        for (int i = 0; i < count; i++)
        {
            byte[] name = random.Chance(0.05) ? random.Bytes(9) : Encoding.UTF8.GetBytes(random.Chance(0.8) ? $"layer{random.Below(9)}.weight" : random.Pick(Hostile.Words));
            writer.Write7BitEncodedInt64(Lie(name.Length));
            writer.Write(name);
            writer.Write7BitEncodedInt64(Lie(6)); // Float32
            long[] shape = [.. Enumerable.Range(0, random.Below(4)).Select(_ => (long)random.Below(5))];
            writer.Write7BitEncodedInt64(Lie(shape.Length));
            foreach (long length in shape)
                writer.Write7BitEncodedInt64(Lie(length));
            writer.Write(random.Bytes((int)(4 * shape.Aggregate(1L, (a, b) => a * b))));
        }
        writer.Flush();
        return random.Chance(0.3) ? ByteMutation.Apply(random, stream.ToArray()) : stream.ToArray();
    }
}
