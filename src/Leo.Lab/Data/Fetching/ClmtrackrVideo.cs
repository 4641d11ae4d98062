using Leo.Lab.Media;

namespace Leo.Lab.Data.Fetching;

/// <summary>One talking head of the package, and where its face is.</summary>
/// <param name="Name">The person.</param>
/// <param name="File">Name in the archive.</param>
/// <param name="Width">Columns of the video.</param>
/// <param name="Height">Rows of the video.</param>
/// <param name="Rate">Frames a second.</param>
/// <param name="Frames">Frames.</param>
/// <param name="Face">One square for the whole video, chosen by eye so that the head stays inside as it moves, and its movement is kept.</param>
/// <param name="HeldOutFrom">First frame of the segment that is held out; null where all is for training.</param>
internal sealed record ClmtrackrVideo(string Name, string File, int Width, int Height, double Rate, int Frames, PixelBox Face, int? HeldOutFrom);
