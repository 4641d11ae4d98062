namespace TorchSharp;

/// <summary>How much a convolution pads.</summary>
public enum Padding
{
    /// <summary>Not at all.</summary>
    Valid = 0,
    /// <summary>So that the output is as large as the input; only with stride 1.</summary>
    Same = 1
}
