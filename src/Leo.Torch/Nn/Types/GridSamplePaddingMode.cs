namespace TorchSharp;

public static partial class torch
{
    /// <summary>What is read outside the image.</summary>
    public enum GridSamplePaddingMode
    {
        /// <summary>Zeros.</summary>
        Zeros = 0,
        /// <summary>The image mirrored.</summary>
        Reflection = 1,
        /// <summary>The nearest border value.</summary>
        Border = 2
    }
}
