using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

/// <summary>Small videos of one colour.</summary>
internal static class VideoFixture
{
    /// <summary>A folder of frames, 16×16.</summary>
    public static void Solid(string folder, int frames, byte level = 128) =>
        VideoWriter.WriteAll(Path.Combine(folder, "%05d.png"), new Video(frames, 16, 16, 25, [.. Enumerable.Repeat(level, frames * 16 * 16 * 3)]));
}
