namespace Leo.Lab.Media;

/// <summary>A folder that holds one video as pictures.</summary>
internal static class FrameFolder
{
    /// <summary>The rate that a folder of frames is taken to have, for want of time stamps.</summary>
    public const double DefaultFramesPerSecond = 25;

    /// <summary>Picture files in natural order; hidden files are left out.</summary>
    public static IReadOnlyList<string> List(string folder) =>
        [.. Directory.EnumerateFiles(folder)
            .Where(f => MediaKind.IsPicture(f) && !Path.GetFileName(f).StartsWith('.'))
            .OrderBy(f => Path.GetFileName(f), NaturalOrder.Instance)];

    /// <summary>The files of <see cref="List"/>, checked: at least one, all of one picture format.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="oneSize">True to ask for one size too.</param>
    /// <exception cref="MediaException">No pictures, or two formats or sizes side by side.</exception>
    public static IReadOnlyList<string> Open(string folder, bool oneSize)
    {
        var files = List(folder);
        if (files.Count == 0)
            throw new MediaException(folder, "the folder holds no frames", "Put the frames there as png, jpg, bmp or webp files");

        // One decoder reads the whole sequence and would stretch later pictures to the first: a stray thumbnail must not pass as a frame.
        var first = PictureHeader.Read(files[0]);
        foreach (string file in files)
        {
            var header = PictureHeader.Read(file);
            if (header.Format != first.Format)
                throw new MediaException(file, $"{header.Format}, while the frames before it are {first.Format}", "Keep one picture format in a folder of frames");
            if (oneSize && header != first)
                throw new MediaException(file, $"{header.Width}×{header.Height}, while the frames before it are {first.Width}×{first.Height}", "Give all frames one size");
        }

        return files;
    }
}

/// <summary>Orders names as people count: <c>frame2.png</c> before <c>frame10.png</c>. Digits of any length compare by value.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return string.CompareOrdinal(x, y);

        int i = 0, j = 0;
        while (i < x.Length && j < y.Length)
        {
            int difference;
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                var a = Digits(x, ref i);
                var b = Digits(y, ref j);
                difference = a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
            }
            else
            {
                difference = x[i++] - y[j++];
            }

            if (difference != 0)
                return difference;
        }

        int rest = (x.Length - i) - (y.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(x, y); // "01" and "1" count alike, yet must not be equal
    }

    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
