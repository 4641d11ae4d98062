namespace Leo.Lab.Metrics.Embedded;

/// <summary>Ways to spoil a clip.</summary>
public enum ClipDegradationKind
{
    /// <summary>Gaussian noise on every pixel.</summary>
    Noise,

    /// <summary>Gaussian blur of every frame.</summary>
    Blur,

    /// <summary>Frames in a wrong order.</summary>
    Shuffle,

    /// <summary>A clip that comes to a stop.</summary>
    Freeze,

    /// <summary>The end of the clip is another person's.</summary>
    Swap,
}
