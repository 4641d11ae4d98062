namespace Leo.Lab.Data.Puppets;

/// <summary>One degree of freedom over one cycle of a pattern: a closed curve, by harmonics or through keyframes.</summary>
internal sealed class PoseTrack
{
    private readonly float[] _keys;
    private readonly float _swing, _turn, _second, _secondTurn;

    private PoseTrack(float centre, float swing, float turn, float second, float secondTurn, float[] keys) =>
        (Centre, _swing, _turn, _second, _secondTurn, _keys) = (centre, swing, turn, second, secondTurn, keys);

    /// <summary>The value that the curve swings around; amplitude scales the distance to it.</summary>
    public float Centre { get; }

    /// <summary>A value that does not move.</summary>
    /// <param name="value">The value.</param>
    public static PoseTrack Hold(float value) => new(value, 0, 0, 0, 0, []);

    /// <summary><c>centre + swing · sin 2π(u + turn) + second · sin 4π(u + secondTurn)</c>.</summary>
    /// <param name="centre">The mean.</param>
    /// <param name="swing">Amplitude of the cycle.</param>
    /// <param name="turn">Its phase, in turns.</param>
    /// <param name="second">Amplitude of the half cycle.</param>
    /// <param name="secondTurn">Its phase, in turns.</param>
    public static PoseTrack Wave(float centre, float swing, float turn = 0, float second = 0, float secondTurn = 0) =>
        new(centre, swing, turn, second, secondTurn, []);

    /// <summary>A closed Catmull–Rom spline through values that are equally far apart in time.</summary>
    /// <param name="values">At least two values; the first also follows the last.</param>
    public static PoseTrack Keys(params float[] values) => new(values.Average(), 0, 0, 0, 0, values);

    /// <summary>The value at a place of the cycle.</summary>
    /// <param name="phase">In turns; only the fraction counts.</param>
    /// <param name="amplitude">Scales the distance from <see cref="Centre"/>.</param>
    public float At(float phase, float amplitude = 1)
    {
        if (_keys.Length > 0)
        {
            return Centre + (amplitude * (Spline(phase) - Centre));
        }

        float wave = (_swing * Sine(phase + _turn)) + (_second * Sine(2 * (phase + _secondTurn)));
        return Centre + (amplitude * wave);
    }

    /// <summary>The sine of a number of turns.</summary>
    internal static float Sine(float turns) => (float)Math.Sin(2 * Math.PI * turns);

    private float Spline(float phase)
    {
        int count = _keys.Length;
        float place = (phase - MathF.Floor(phase)) * count;
        int index = Math.Min((int)place, count - 1);
        float t = place - index;
        float a = _keys[(index + count - 1) % count], b = _keys[index];
        float c = _keys[(index + 1) % count], d = _keys[(index + 2) % count];
        return b + (0.5f * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
    }
}

/// <summary>What is true of a puppet video: who is in it and the pose in every frame. It stands beside the video as JSON.</summary>
public sealed record PuppetTruth
{
    /// <summary>The person's number; the same person has the same number in all of their videos.</summary>
    public required int Identity { get; init; }

    /// <summary><c>faces</c> or <c>bodies</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the <see cref="BodyPattern"/> or <see cref="FaceManner"/>.</summary>
    public required string Pattern { get; init; }

    /// <summary>Frames a second.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>The data set's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>All parameters of the person, if a body.</summary>
    public BodyIdentity? Body { get; init; }

    /// <summary>All parameters of the person, if a face.</summary>
    public FaceIdentity? Face { get; init; }

    /// <summary>
    /// Names of the pose variables: the degrees of freedom, then <c>joint.x</c>, <c>joint.y</c> for every joint or feature
    /// in image coordinates, −1 … 1 from edge to edge.
    /// </summary>
    public required string[] PoseNames { get; init; }

    /// <summary>The pose variables, <c>[T][P]</c>.</summary>
    public required float[][] Pose { get; init; }

    /// <summary>Reads the truth beside a video: the same name with <c>.json</c>.</summary>
    /// <param name="videoPath">The video.</param>
    /// <returns>Null if there is no such file: the video is not a puppet's.</returns>
    /// <exception cref="LeoException">The file is not a puppet's truth.</exception>
    public static PuppetTruth? ForVideo(string videoPath)
    {
        string path = PathFor(videoPath);
        if (!File.Exists(path))
            return null;
        var truth = Json.Read<PuppetTruth>(File.ReadAllText(path), path);
        return truth.Pose.All(p => p?.Length == truth.PoseNames.Length) ? truth
            : throw new DataException(path, $"a frame has not the {truth.PoseNames.Length} pose variables that it names", "Make the puppets anew, or delete the file");
    }

    /// <summary>Where the truth of a video stands.</summary>
    /// <param name="videoPath">The video.</param>
    public static string PathFor(string videoPath) => Path.ChangeExtension(videoPath, ".json");

    /// <summary>Writes it beside a video.</summary>
    /// <param name="videoPath">The video.</param>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void Save(string videoPath) => AtomicFile.WriteText(PathFor(videoPath), Json.WriteLine(this));
}
