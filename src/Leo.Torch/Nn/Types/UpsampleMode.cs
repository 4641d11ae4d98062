namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a larger image is made.</summary>
    public enum UpsampleMode
    {
        /// <summary>The nearest value.</summary>
        Nearest = 0,
        /// <summary>Linear, of [N, C, L].</summary>
        Linear = 1,
        /// <summary>Bilinear, of [N, C, H, W].</summary>
        Bilinear = 2,
        /// <summary>Bicubic, of [N, C, H, W].</summary>
        Bicubic = 3,
        /// <summary>Trilinear, of [N, C, D, H, W].</summary>
        Trilinear = 4
    }
}
