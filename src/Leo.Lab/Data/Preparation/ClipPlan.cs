namespace Leo.Lab.Data.Preparation;

/// <summary>One clip to make.</summary>
/// <param name="Name">Where to, without extension: <c>train/abc</c>.</param>
/// <param name="Source">The video or folder of frames.</param>
internal sealed record ClipPlan(string Name, string Source)
{
    /// <summary>The stretch to take; null for all.</summary>
    public ClipRange? Range { get; init; }

    /// <summary>The box to take; null for the centre square.</summary>
    public BoxRule? Box { get; init; }

    /// <summary>A video of face meshes that say what to take.</summary>
    public string? Mask { get; init; }
}
