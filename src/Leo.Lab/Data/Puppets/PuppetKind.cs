namespace Leo.Lab.Data.Puppets;

/// <summary>The two kinds of puppets.</summary>
public enum PuppetKind
{
    /// <summary>Talking heads: head pose, mouth, blinks, brows, gaze.</summary>
    Faces,

    /// <summary>Whole figures in slow, tai-chi-like motion.</summary>
    Bodies,
}
