namespace Leo.Lab.Media;

/// <summary>Where <see cref="VideoWriter"/> sends its frames.</summary>
internal interface IFrameWriter : IDisposable
{
    void Write(ReadOnlySpan<byte> rgb);

    void Complete();
}
