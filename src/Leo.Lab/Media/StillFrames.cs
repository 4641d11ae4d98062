namespace Leo.Lab.Media;

/// <summary>Frames that are kept as pictures, one after the other.</summary>
/// <param name="path">The folder, or the one picture.</param>
/// <param name="files">The pictures.</param>
/// <param name="options">How they are wanted.</param>
internal sealed class StillFrames(string path, IReadOnlyList<string> files, VideoReadOptions options) : IFrameReader
{
    private readonly List<(int Frame, int Width, int Height)> _sizes = [];
    private int _next;

    public IReadOnlyList<(int Frame, int Width, int Height)> Sizes => _sizes;

    public bool Read(ref byte[] rgb, out int width, out int height)
    {
        (width, height) = (0, 0);
        while (_next < files.Count)
        {
            var picture = Next();
            if (picture is null)
                continue; // damaged, and to be passed over
            (width, height) = (picture.Width, picture.Height);
            if (rgb.Length < picture.Rgb.Length)
                rgb = new byte[picture.Rgb.Length];
            picture.Rgb.CopyTo(rgb, 0);
            return true;
        }

        return _sizes.Count > 0 ? false : throw new MediaException(path, "none of its pictures can be read", "Make them anew");
    }

    public void Dispose()
    {
    }

    private Image? Next()
    {
        string file = files[_next++];
        Image picture;
        (int Width, int Height) stored;
        try
        {
            picture = Still.Read(file, options, out stored);
        }
        catch (MediaException e) when (options.KeepDamaged && e.IsDamage && files.Count > 1)
        {
            return null;
        }

        if (_sizes.Count == 0 || (_sizes[^1].Width, _sizes[^1].Height) != stored)
            _sizes.Add((_next - 1, stored.Width, stored.Height));
        if (_sizes.Count > 1 && (options.Size is null || options.Crop is not null) && !options.AnySize)
            throw new MediaException(file, $"{stored.Width}×{stored.Height}, while the frames before it are {_sizes[0].Width}×{_sizes[0].Height}", "Give all frames one size, or ask for one");
        return picture;
    }
}
