namespace Leo.Lab.Data.Puppets;

/// <summary>One degree of freedom over one cycle of a pattern: a closed curve, by harmonics or through keyframes.</summary>
public sealed class PoseTrack
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
