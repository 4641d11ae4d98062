using System.Text.Json;
using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Perceptual;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>Videos of drawn puppets of one kind in memory, cut into clips with everything that is true of them.</summary>
internal sealed class PuppetClips
{
    private readonly byte[][] pixels;
    private readonly float[][][] poses;
    private readonly float[][] people;
    private readonly int[] patterns;
    private readonly int frames, size;
    private byte[] rgb = [];                                              // of the last clip; a new one each time would be half a gigabyte of garbage in a hundred steps

    /// <summary>Draws the videos, the same for the same arguments.</summary>
    /// <param name="kind">Faces or bodies.</param>
    /// <param name="seed">Who they are.</param>
    /// <param name="first">Number of the first person.</param>
    /// <param name="count">Videos, each of another person.</param>
    /// <param name="frames">Frames of each.</param>
    /// <param name="size">Side in pixels.</param>
    internal PuppetClips(PuppetKind kind, long seed, int first, int count, int frames, int size)
    {
        (this.frames, this.size) = (frames, size);
        pixels = new byte[count][];
        (poses, people, patterns) = (new float[count][][], new float[count][], new int[count]);
        string[] names = kind == PuppetKind.Bodies ? [.. BodyPattern.All.Select(p => p.Name)] : [.. FaceManner.All.Select(m => m.Name)];
        var options = new PuppetOptions { Kind = kind, Seed = seed, TrainIdentities = first + count, VideosPerIdentity = 1, Frames = frames, Size = size };
        int bytes = size * size * 3;
        for (int i = 0; i < count; i++)
        {
            var take = PuppetTake.Of(options, first + i, 0);
            pixels[i] = new byte[bytes * frames];
            for (int t = 0; t < frames; t++)
                take.Render(t, pixels[i].AsSpan(t * bytes, bytes));
            poses[i] = take.Truth.Pose;
            people[i] = [.. PuppetPictures.Numbers(JsonSerializer.SerializeToNode<object?>((object?)take.Truth.Face ?? take.Truth.Body, Json.Compact))];
            patterns[i] = Array.IndexOf(names, take.Truth.Pattern);
        }
        PatternCount = names.Length;
    }

    /// <summary>Videos.</summary>
    internal int Count => pixels.Length;

    /// <summary>Motions that there are.</summary>
    internal int PatternCount { get; }

    /// <summary>Numbers that say a pose.</summary>
    internal int PoseCount => poses[0][0].Length;

    /// <summary>Numbers that say a person.</summary>
    internal int PersonCount => people[0].Length;

    /// <summary>Which motion a video shows.</summary>
    internal int Pattern(int video) => patterns[video];

    /// <summary>A clip, [T, 3, S, S] float32, values 0 to 255. One thread at a time.</summary>
    internal Tensor Clip(int video, int start, int length, int stride)
    {
        int bytes = size * size * 3;
        if (rgb.Length != bytes * length)
            rgb = new byte[bytes * length];
        for (int t = 0; t < length; t++)
            pixels[video].AsSpan((start + (t * stride)) * bytes, bytes).CopyTo(rgb.AsSpan(t * bytes));
        using var scope = NewDisposeScope();
        return tensor(rgb, [length, size, size, 3]).permute(0, 3, 1, 2).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>First frames from which a clip fits.</summary>
    internal int Starts(int length, int stride) => frames - ((length - 1) * stride);

    /// <summary>The pose in one frame.</summary>
    internal float[] Pose(int video, int frame) => poses[video][frame];

    /// <summary>Everything true of the person.</summary>
    internal float[] Person(int video) => people[video];
}
