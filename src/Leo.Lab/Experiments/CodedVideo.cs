using Leo.Lab.Data.Puppets;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>A video's motion codes beside what is truly known about it.</summary>
public sealed class CodedVideo
{
    private readonly float[] _codes;
    private readonly double[] _pose;

    /// <summary>Joins codes and truth.</summary>
    /// <param name="path">The video file.</param>
    /// <param name="codes">α of the kept frames, [n, 20] Float32.</param>
    /// <param name="frames">Which frames of the video they are, n numbers.</param>
    /// <param name="truth">The video's true identity and pose.</param>
    public CodedVideo(string path, Tensor codes, IReadOnlyList<int> frames, PuppetTruth truth)
    {
        Path = path;
        Identity = truth.Identity;
        PoseNames = [.. truth.PoseNames];
        Length = frames.Count;
        CodeDim = (int)codes.shape[1];
        _codes = codes.detach().cpu().contiguous().ToArray<float>();
        _pose = [.. frames.SelectMany(t => truth.Pose[t].Select(p => (double)p))];
    }

    /// <summary>The video file.</summary>
    public string Path { get; }

    /// <summary>Number of the person shown.</summary>
    public int Identity { get; }

    /// <summary>Number of frames kept.</summary>
    public int Length { get; }

    /// <summary>Width of a code; 20 in the paper.</summary>
    public int CodeDim { get; }

    /// <summary>Names of the pose variables.</summary>
    public string[] PoseNames { get; }

    /// <summary>α, [n, 20], Float64.</summary>
    public Tensor Codes()
    {
        using var scope = NewDisposeScope();
        return tensor(_codes).reshape(Length, CodeDim).to(ScalarType.Float64).MoveToOuterDisposeScope();
    }

    /// <summary><c>m = α − α₁</c>, [n, 20], Float64; the first row is zero.</summary>
    public Tensor MotionDifference() => SinceFirst(Codes());

    /// <summary>True pose less that of the first frame, [n, P], Float64.</summary>
    public Tensor PoseChange()
    {
        using var scope = NewDisposeScope();
        return SinceFirst(tensor(_pose).reshape(Length, PoseNames.Length)).MoveToOuterDisposeScope();
    }

    private static Tensor SinceFirst(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return (rows - rows.narrow(0, 0, 1)).MoveToOuterDisposeScope();
    }
}
