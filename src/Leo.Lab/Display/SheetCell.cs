using Leo.Lab.Media;

namespace Leo.Lab.Display;

/// <summary>A place of a <see cref="LabelledSheet"/>.</summary>
/// <param name="Label">The line above it; empty for none.</param>
/// <param name="Video">What plays there, a picture being a video of one frame; null leaves the place empty.</param>
public sealed record SheetCell(string Label, Video? Video);
