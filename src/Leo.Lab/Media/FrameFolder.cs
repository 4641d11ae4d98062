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

    /// <summary>The files of <see cref="List"/>, checked: at least one, and all named as one format.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="MediaException">No pictures, or two formats side by side.</exception>
    public static IReadOnlyList<string> Open(string folder)
    {
        var files = List(folder);
        if (files.Count == 0)
            throw new MediaException(folder, "the folder holds no frames", "Put the frames there as png, jpg, bmp or webp files");

        // A stray thumbnail must not pass as a frame.
        string first = MediaKind.FormatByName(files[0]);
        if (files.FirstOrDefault(f => MediaKind.FormatByName(f) != first) is { } stray)
            throw new MediaException(stray, $"{MediaKind.FormatByName(stray)}, while the frames before it are {first}", "Keep one picture format in a folder of frames");
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
