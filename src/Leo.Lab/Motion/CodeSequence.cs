using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>The motion codes of one video, frame by frame.</summary>
/// <param name="Name">The video's name; unique in a collection.</param>
/// <param name="Dim">Dimension D of a code.</param>
/// <param name="Values">Codes, row by row: T·D numbers.</param>
public sealed record CodeSequence(string Name, int Dim, float[] Values)
{
    /// <summary>Frames T.</summary>
    public int Frames => Values.Length / Dim;

    /// <summary>Copies codes [T, D] out of a tensor.</summary>
    /// <param name="name">The video's name.</param>
    /// <param name="codes">Codes [T, D] of any floating type, on any device.</param>
    public static CodeSequence From(string name, Tensor codes)
    {
        if (codes.dim() != 2)
        {
            throw new ArgumentException($"Codes of {name}: expected [T, D], found [{string.Join(", ", codes.shape)}].", nameof(codes));
        }

        using var scope = NewDisposeScope();
        return new CodeSequence(name, (int)codes.shape[1], codes.detach().to(ScalarType.Float32).cpu().contiguous().ToArray<float>());
    }

    /// <summary>The codes as a tensor [T, D].</summary>
    public Tensor ToTensor() => tensor(Values, [Frames, Dim]);
}
