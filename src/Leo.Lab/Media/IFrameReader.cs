namespace Leo.Lab.Media;

/// <summary>Where <see cref="FrameStream"/> gets its frames.</summary>
internal interface IFrameReader : IDisposable
{
    /// <summary>The next frame at the beginning of <paramref name="rgb"/>, which is allocated or enlarged as needed.</summary>
    /// <returns>False after the last frame.</returns>
    /// <exception cref="MediaException">It cannot be read.</exception>
    bool Read(ref byte[] rgb, out int width, out int height);

    /// <summary>The sizes that pictures had so far, before any resizing: frame and size of the first and of each change.</summary>
    IReadOnlyList<(int Frame, int Width, int Height)> Sizes { get; }
}
