namespace Leo.Lab.Metrics;

/// <summary>How a protocol brings frames to the extractor's 224×224. Both interpolate bilinearly between pixel centres, without smoothing first.</summary>
public enum ClipResize
{
    /// <summary>The short side becomes 224 and the middle is cut out: VideoGPT, DIGAN.</summary>
    ShortSideAndCrop,

    /// <summary>Each side becomes 224, whatever that does to proportions: TATS, StyleGAN-V's detector.</summary>
    Stretch,
}
