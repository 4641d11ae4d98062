using System.Buffers.Binary;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>A random generator's state in a checkpoint. <c>Generator.set_state</c> of TorchSharp 0.107 aborts the process on any that libtorch refuses.</summary>
internal static class GeneratorState
{
    // at::CPUGeneratorImplState: seed (8 bytes), numbers left (4), whether seeded (4), the next (8), 624 of 8 bytes each, the normals kept back.
    private const int Bytes = 5056, Numbers = 624;

    /// <summary>Reads and checks one.</summary>
    /// <param name="file">The checkpoint.</param>
    /// <param name="name">The generator's name.</param>
    /// <exception cref="CheckpointException">It is missing, or no state of a generator.</exception>
    public static Tensor Read(ITensorFile file, string name)
    {
        string key = CheckpointNames.Random + name;
        var shape = file.Shape(key);
        if (!shape.SequenceEqual([(long)Bytes]) || file.DType(key) != ScalarType.Byte)
            throw Refused($"expected the {Bytes} bytes of a random generator's state, found {file.DType(key)} {Shapes.Text(shape)}");
        var state = file.Read(key);
        ReadOnlySpan<byte> bytes = state.ToArray<byte>();
        int left = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), seeded = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        return seeded != 0 && left is > 0 and <= Numbers && next <= Numbers ? state
            : throw Refused($"is no random generator's state: expected a seeded one with 1 to {Numbers} numbers left, found {(seeded != 0 ? "seeded" : "not seeded")}, {left} left, at {next}");

        CheckpointException Refused(string problem) => new(file.Path, problem, "Resume from the checkpoint before it", key);
    }
}
