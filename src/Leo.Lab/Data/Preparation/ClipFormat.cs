namespace Leo.Lab.Data.Preparation;

/// <summary>How prepared clips are kept.</summary>
public enum ClipFormat
{
    /// <summary>H.264 that looks lossless (CRF 13): about 1 % of the PNG files' size.</summary>
    Mp4,

    /// <summary>A folder of PNG files for each clip, numbered from 0: nothing is lost.</summary>
    Png,
}
