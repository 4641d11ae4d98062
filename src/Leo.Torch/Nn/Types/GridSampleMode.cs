namespace TorchSharp;

public static partial class torch
{
    /// <summary>How values between pixels are read.</summary>
    public enum GridSampleMode
    {
        /// <summary>The nearest value.</summary>
        Nearest = 0,
        /// <summary>Bilinear.</summary>
        Bilinear = 2
    }
}
