namespace Leo.Lab.Media;

/// <summary>Decodes a video, picture or folder of frames one frame at a time; memory stays at one frame however long the video.</summary>
public sealed class FrameStream : IDisposable
{
    private readonly string _path;
    private readonly IFrameReader _reader;
    private bool _ended;

    private FrameStream(string path, VideoReadOptions options, IFrameReader reader, VideoInfo source)
    {
        (_path, _reader, Source) = (path, reader, source);
        FramesPerSecond = options.FramesPerSecond ?? source.FramesPerSecond;
    }

    /// <summary>What the file's header says: the size before any resizing, the codec.</summary>
    public VideoInfo Source { get; }

    /// <summary>Rate of the frames that come out.</summary>
    public double FramesPerSecond { get; }

    /// <summary>Frames read so far.</summary>
    public int Count { get; private set; }

    /// <summary>Columns of the last frame; known after the first.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of the last frame; known after the first.</summary>
    public int Height { get; private set; }

    /// <summary>The sizes that the pictures had so far, before any resizing: frame and size of the first and of each change. Most videos have one.</summary>
    internal IReadOnlyList<(int Frame, int Width, int Height)> Sizes => _reader.Sizes;

    /// <summary>Starts decoding.</summary>
    /// <param name="path">A video, gif, picture, or folder of frames.</param>
    /// <param name="options">Null: every frame at its own size.</param>
    /// <exception cref="MediaException">The file is missing or no video, or ffmpeg is not installed.</exception>
    public static FrameStream Open(string path, VideoReadOptions? options = null)
    {
        options ??= new VideoReadOptions();
        options.Validate();
        if (Directory.Exists(path))
            return Pictures(path, FrameFolder.Open(path), options);
        if (!File.Exists(path))
            throw MediaErrors.NotFound(path);
        if (IsPicture(path))
            return Pictures(path, [path], options);
        var video = new DecodedVideo(path, options);
        return new FrameStream(path, options, video, video.Info);
    }

    /// <summary>Decodes the next frame into <paramref name="rgb"/>, which is allocated or enlarged as needed.</summary>
    /// <param name="rgb">Receives H·W·3 RGB24 bytes at its beginning.</param>
    /// <returns>False after the last frame.</returns>
    /// <exception cref="MediaException">The file is cut short, damaged, or changes its size midway and no size is asked for.</exception>
    public bool Read(ref byte[] rgb)
    {
        if (_ended)
            return false;
        if (!_reader.Read(ref rgb, out int width, out int height))
        {
            _ended = true;
            return false;
        }

        (Width, Height) = (width, height);
        Count++;
        return true;
    }

    /// <summary>Decodes the rest into memory.</summary>
    /// <exception cref="MediaException">As <see cref="Read"/>, or more than 2 GiB of pixels.</exception>
    public Video ReadAll()
    {
        byte[] frame = [], all = [];
        long length = 0L;
        int count = 0;
        for (; Read(ref frame); count++)
        {
            int size = Width * Height * 3;
            if (length + size > Array.MaxLength)
                throw new MediaException(_path, "more than 2 GiB of frames", "Read fewer frames, a lower rate or a smaller size");
            if (length + size > all.Length)
                Array.Resize(ref all, (int)Math.Min(Array.MaxLength, Math.Max(length + size, all.Length * 2L)));
            frame.AsSpan(0, size).CopyTo(all.AsSpan((int)length));
            length += size;
        }

        Array.Resize(ref all, (int)length);
        return new Video(count, Height, Width, FramesPerSecond, all);
    }

    /// <summary>Ends decoding, also midway.</summary>
    public void Dispose() => _reader.Dispose();

    /// <summary>Whether a file is named as a picture and is no GIF by its content.</summary>
    internal static bool IsPicture(string path) => MediaKind.IsPicture(path) && File.Exists(path) && PictureFormat.Of(path) is not PictureKind.Gif;

    private static FrameStream Pictures(string path, IReadOnlyList<string> files, VideoReadOptions options)
    {
        var info = Still.Info(files[0]) with { FrameCount = files.Count };
        double rate = options.FramesPerSecond ?? info.FramesPerSecond;
        files = [.. files.Skip((int)Math.Min(int.MaxValue, Math.Ceiling((options.Start * rate) - 1e-6)))];
        if (files.Count == 0)
            throw new MediaException(path, $"its {info.FrameCount} frames end before the wanted start", "Choose an earlier start");
        if (options.MaxFrames is { } limit && files.Count > limit)
            files = [.. files.Take(limit)];
        return new FrameStream(path, options, new StillFrames(path, files, options), info);
    }
}
