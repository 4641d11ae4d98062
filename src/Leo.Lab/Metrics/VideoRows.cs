using System.Globalization;
using Leo.Lab.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>What an extractor saw in one video.</summary>
/// <param name="Rows">[n, D] float32; null where there is no row.</param>
/// <param name="Clips">Which clip of the video each row is of, from 0.</param>
/// <param name="ClipCount">Clips that were looked at; 0 where the video is shorter than one.</param>
/// <param name="Without">Frames in which nobody was found.</param>
internal sealed record VideoRows(Tensor? Rows, IReadOnlyList<long> Clips, int ClipCount, int Without = 0)
{
    private const string ClipCountKey = "clips", ClipName = "clip";

    internal static VideoRows TooShort => new(null, [], 0);

    internal static VideoRows From(ExtractionPart part)
    {
        return new(part.Tensors.GetValueOrDefault(FeatureFile.TensorName), part.Tensors[ClipName].ToArray<long>(),
            Number(ClipCountKey), Number(FeatureMetadata.FramesWithout));

        int Number(string key) => int.Parse(part.Strings[key], CultureInfo.InvariantCulture);
    }

    internal ExtractionPart ToPart()
    {
        var tensors = new Dictionary<string, Tensor> { [ClipName] = tensor(Clips.ToArray(), dtype: ScalarType.Int64) };
        if (Rows is not null)
        {
            tensors[FeatureFile.TensorName] = Rows;
        }
        return new ExtractionPart(tensors, new Dictionary<string, string>
        {
            [ClipCountKey] = ClipCount.ToString(CultureInfo.InvariantCulture),
            [FeatureMetadata.FramesWithout] = Without.ToString(CultureInfo.InvariantCulture),
        });
    }
}
