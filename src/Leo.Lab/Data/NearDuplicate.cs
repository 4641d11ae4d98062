namespace Leo.Lab.Data;

/// <summary>A video that stands on both sides of the split: what is measured on it is not measured on something unseen.</summary>
/// <param name="Train">The one that is trained on.</param>
/// <param name="Test">The one that is held out.</param>
/// <param name="Distance">Mean Hamming distance of their frames' perceptual hashes, in bits of 64; 0 to 6.</param>
/// <param name="IsSameFile">Whether they are the same bytes.</param>
public sealed record NearDuplicate(string Train, string Test, double Distance, bool IsSameFile);
