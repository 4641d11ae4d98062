using System.Globalization;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Media;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// Which of the known puppets a frame shows, told by its colours. The features of two frames are 0 apart if both show one person and 1 if
/// they do not, so that their ACD is the share of pairs of frames that show different people.
/// </summary>
public sealed class PuppetIdentityExtractor : IFrameExtractor
{
    private const int FramesOfEach = 8;
    private readonly PeoplePalettes _palettes;
    private readonly IReadOnlyList<int> _people;

    private PuppetIdentityExtractor(PeoplePalettes palettes, string weights) => (_palettes, _people, Weights) = (palettes, palettes.People, weights);

    /// <inheritdoc/>
    public string Name => "puppets";

    /// <inheritdoc/>
    public string Weights { get; }

    /// <summary>Gets to know the people of a folder of puppets, eight frames of each video.</summary>
    /// <param name="folder">What <c>leo data puppets</c> wrote.</param>
    /// <exception cref="DataException">There are no videos, or there is no truth beside one, or they show a single person.</exception>
    /// <exception cref="MediaException">A video cannot be read.</exception>
    public static PuppetIdentityExtractor Learn(string folder)
    {
        var palettes = new PeoplePalettes();
        foreach (string path in VideoFolder.List(folder))
        {
            var truth = PuppetTruth.ForVideo(path) ?? throw new DataException(path, "has no truth beside it, so nobody knows who that is", "Give a folder made by `leo data puppets`");
            using var scope = NewDisposeScope();
            var video = VideoReader.Read(path);
            int step = Math.Max(1, video.FrameCount / FramesOfEach);
            var frames = FrameTensors.FromVideo(video);
            palettes.Add(truth.Identity, frames.index_select(0, arange(0, video.FrameCount, step, dtype: ScalarType.Int64)));
        }
        return palettes.Count > 1 ? new PuppetIdentityExtractor(palettes, string.Create(CultureInfo.InvariantCulture, $"{palettes.Count} people of {Path.GetFileName(Path.GetFullPath(folder))}"))
            : throw new DataException(folder, "shows a single person, so that every frame would be that person", "Give a folder of several people");
    }

    /// <inheritdoc/>
    /// <remarks>There is no network: it stays on the CPU.</remarks>
    public void MoveTo(Device device)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor?> Features(Tensor frames)
    {
        using var scope = NewDisposeScope();
        var scaled = frames.to(ScalarType.Float32) / 127.5f - 1f;
        var rows = new List<Tensor?>();
        for (long t = 0; t < frames.shape[0]; t++)
        {
            int nearest = _palettes.Nearest(scaled.narrow(0, t, 1));
            var row = zeros(_people.Count, dtype: ScalarType.Float32);
            row[_people.Index().First(p => p.Item == nearest).Index] = Math.Sqrt(0.5); // √½ apart in two places: distance 1
            rows.Add(row.MoveToOuterDisposeScope());
        }
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
