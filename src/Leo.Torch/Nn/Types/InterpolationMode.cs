namespace TorchSharp;

public static partial class torch
{
    /// <summary>How an image of another size is made.</summary>
    public enum InterpolationMode
    {
        /// <summary>The nearest value, with the historic rounding.</summary>
        Nearest = 0,
        /// <summary>Linear, of [N, C, L].</summary>
        Linear = 1,
        /// <summary>Bilinear, of [N, C, H, W].</summary>
        Bilinear = 2,
        /// <summary>Bicubic, of [N, C, H, W].</summary>
        Bicubic = 3,
        /// <summary>Trilinear, of [N, C, D, H, W].</summary>
        Trilinear = 4,
        /// <summary>Means of areas.</summary>
        Area = 5,
        /// <summary>The nearest value, rounded at centres.</summary>
        NearestExact = 6
    }
}
