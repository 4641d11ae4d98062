namespace Leo.Lab.Media;

/// <summary>
/// Reads the sequence of binary PPM pictures that ffmpeg writes to its pipe: raw RGB24, each frame with its own width and height,
/// so that the size never has to be foretold from headers, rotation flags and crops.
/// </summary>
internal sealed class PpmStream(Stream stream)
{
    private readonly BufferedStream input = new(stream, 1 << 16);

    /// <summary>Reads a frame's header.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">Something else than PPM arrives.</exception>
    public bool TryReadHeader(out int width, out int height)
    {
        (width, height) = (0, 0);
        var first = input.ReadByte();
        if (first < 0)
            return false;
        if (first != 'P' || input.ReadByte() != '6')
            throw new InvalidDataException("not a PPM picture");
        width = ReadNumber();
        height = ReadNumber();
        if (ReadNumber() != 255 || width < 1 || height < 1)
            throw new InvalidDataException("not an 8-bit PPM picture");
        return true;
    }

    /// <summary>Reads the pixels that follow a header.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within the frame.</exception>
    public void ReadPixels(Span<byte> rgb) => input.ReadExactly(rgb);

    // White space, digits, one white-space character.
    private int ReadNumber()
    {
        var c = input.ReadByte();
        while (c is ' ' or '\n' or '\r' or '\t')
            c = input.ReadByte();
        var value = 0;
        for (; c is >= '0' and <= '9'; c = input.ReadByte())
            value = checked((value * 10) + (c - '0'));
        return value;
    }
}
