using Leo.Lab.Data;

namespace Leo.Lab.Metrics;

/// <summary>Turns the videos of a folder into features.</summary>
public interface IFeatureExtraction
{
    /// <summary>Looks at every video. One that is too short for a clip is left out and counted.</summary>
    /// <param name="folder">Where they are, for their names.</param>
    /// <param name="paths">The videos.</param>
    /// <param name="progress">Called after each with the number done. May throw to stop. <value>Default nobody.</value></param>
    /// <param name="parts">Keeps what was seen of each video, so that an extraction that stopped goes on. <value>Default nothing is kept.</value></param>
    /// <returns>The features; the caller disposes of them.</returns>
    /// <exception cref="Media.MediaException">A video cannot be read.</exception>
    /// <exception cref="FileWriteException">A part cannot be kept.</exception>
    VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null, ExtractionParts? parts = null);
}
