using System.Text.Json;
using System.Text.Json.Nodes;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>Single pictures of many puppets of one kind in memory, each with the true pose and everything true of the person.</summary>
internal sealed class PuppetPictures
{
    /// <summary>Length of the videos from which the pictures are taken.</summary>
    public const int Frames = 64;

    private readonly byte[] _pixels;
    private readonly int _size;
    private readonly float[][] _poses, _people;

    /// <summary>Draws the pictures, the same for the same arguments.</summary>
    /// <param name="kind">Faces or bodies.</param>
    /// <param name="seed">Who they are.</param>
    /// <param name="first">Number of the first person.</param>
    /// <param name="people">How many there are.</param>
    /// <param name="each">Pictures of each.</param>
    /// <param name="size">Side in pixels.</param>
    public PuppetPictures(PuppetKind kind, long seed, int first, int people, int each, int size)
    {
        _size = size;
        _pixels = new byte[(long)people * each * size * size * 3];
        _poses = new float[people * each][];
        _people = new float[people * each][];
        var options = new PuppetOptions { Kind = kind, Seed = seed, TrainIdentities = first + people, VideosPerIdentity = 1, ImprovisedVideos = 1, Frames = Frames, Size = size };
        int at = 0;
        for (int person = first; person < first + people; person++)
        {
            // Half of the people move by a pattern and half as they like.
            var take = PuppetTake.Of(options, person, person % 2);
            float[] identity = Numbers(JsonSerializer.SerializeToNode<object?>((object?)take.Truth.Face ?? take.Truth.Body, Json.Compact)).ToArray();
            for (int i = 0; i < each; i++, at++)
            {
                int frame = (2 * i + 1) * Frames / (2 * each);
                take.Render(frame, _pixels.AsSpan(at * size * size * 3, size * size * 3));
                (_poses[at], _people[at]) = (take.Truth.Pose[frame], identity);
            }
        }
    }

    /// <summary>Number of pictures.</summary>
    public int Count => _poses.Length;

    /// <summary>Numbers that say a pose.</summary>
    public int PoseCount => _poses[0].Length;

    /// <summary>Numbers that say a person.</summary>
    public int PersonCount => _people[0].Length;

    /// <summary>Pictures drawn at random: [B, 3, S, S], poses [B, P], people [B, I], owned by the current dispose scope.</summary>
    public (Tensor Images, Tensor Poses, Tensor People) Next(int batch, Generator generator)
    {
        int[] drawn = [.. RandomDraws.Uniform(generator, batch).Select(draw => RandomDraws.Index(draw, Count))];
        Drawn = drawn;
        return At(drawn);
    }

    /// <summary>Numbers of the pictures of the last <see cref="Next"/>.</summary>
    public IReadOnlyList<int> Drawn { get; private set; } = [];

    /// <summary>All poses [n, P] and people [n, I].</summary>
    public (Tensor Poses, Tensor People) Truth() => (Table(_poses), Table(_people));

    /// <summary>These pictures.</summary>
    public (Tensor Images, Tensor Poses, Tensor People) At(int[] indices)
    {
        int bytes = _size * _size * 3;
        byte[] rgb = new byte[indices.Length * bytes];
        foreach (var (i, index) in indices.Index()) _pixels.AsSpan(index * bytes, bytes).CopyTo(rgb.AsSpan(i * bytes));
        return (FrameTensors.FromBytes(rgb, indices.Length, _size, _size), Table([.. indices.Select(i => _poses[i])]), Table([.. indices.Select(i => _people[i])]));
    }

    private static Tensor Table(float[][] rows) => tensor(rows.SelectMany(r => r).ToArray(), [rows.Length, rows[0].Length], float32);

    // Every number of an identity, whatever it is made of; the order is that of the JSON.
    internal static IEnumerable<float> Numbers(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Numbers(p.Value)),
        JsonArray a => a.SelectMany(Numbers),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => [(float)v.GetValue<double>()],
        _ => [],
    };
}
