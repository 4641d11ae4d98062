using System.IO.MemoryMappedFiles;
using Leo.Lab.Checkpoints;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>
/// Videos decoded and resized once, as uint8 RGB in one memory-mapped file, so that training never decodes and the system's page
/// cache, not the process, decides what stays in memory. Safe to read from several threads.
/// </summary>
public sealed unsafe class ClipStore : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly IReadOnlyList<string> _paths;
    private readonly IReadOnlyList<ClipStoreFile.Entry> _entries;
    private readonly bool[] _whole;
    private byte* _memory;

    private ClipStore(string file, int size, IReadOnlyList<(string Path, ClipStoreFile.Entry Entry)> videos)
    {
        var kept = videos.Where(v => v.Entry.Frames > 0).ToList();
        (File, Size, _paths, _entries, _whole) = (file, size, [.. kept.Select(v => v.Path)], [.. kept.Select(v => v.Entry)], new bool[kept.Count]);
        LeftOut = [.. videos.Where(v => v.Entry.Frames == 0).Select(v => v.Path)];
        _map = MemoryMappedFile.CreateFromFile(file, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _memory);
    }

    /// <summary>Path of the store's file.</summary>
    public string File { get; }

    /// <summary>Side of the square frames, S.</summary>
    public int Size { get; }

    /// <summary>Paths of the videos that are not in the store because they are damaged.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Number of videos, without those that were left out.</summary>
    public int Count => _entries.Count;

    /// <summary>Opens the store of these videos, building it if it is missing or a video changed since.</summary>
    /// <param name="videoPaths">Videos, gifs or folders of frames; the order is kept. Damaged ones are left out.</param>
    /// <param name="size">Side S: each frame's short side is resized to it and the centre cropped.</param>
    /// <param name="cacheFolder">Where stores are kept; made if needed. Deleting it costs only time.</param>
    /// <param name="log">Told, in a few lines, what is decoded and what is left out.</param>
    /// <param name="framesPerSecond">Constant rate to resample all videos to.<value>Default null: every frame.</value></param>
    /// <param name="keepDamaged">Takes damaged videos as the decoder gives them, with frames missing or wrong; only those without any frame are left out then.<value>Default false.</value></param>
    /// <exception cref="DataException">No videos, one smaller than <paramref name="size"/>, or all are damaged.</exception>
    /// <exception cref="MediaException">A video is missing or no video, or ffmpeg is not installed.</exception>
    /// <exception cref="FileWriteException">The disk is full; earlier stores are intact.</exception>
    public static ClipStore Open(
        IReadOnlyList<string> videoPaths, int size, string cacheFolder, Action<string>? log = null, double? framesPerSecond = null, bool keepDamaged = false)
    {
        ArgumentNullException.ThrowIfNull(videoPaths);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (videoPaths.Count == 0)
            throw new DataException(cacheFolder, "no videos to decode", "Name at least one video");

        string file = System.IO.Path.Combine(System.IO.Path.GetFullPath(cacheFolder), ClipStoreFile.Name(videoPaths, size, framesPerSecond, keepDamaged));
        byte[] fingerprint = ClipStoreFile.Fingerprint(videoPaths, size, framesPerSecond, keepDamaged);
        if (ClipStoreFile.Read(file, size, fingerprint) is not { } entries || entries.Count != videoPaths.Count)
        {
            ClipStoreBuilder.Build(file, videoPaths, new VideoReadOptions { Size = size, FramesPerSecond = framesPerSecond, KeepDamaged = keepDamaged }, fingerprint, log);
            entries = ClipStoreFile.Read(file, size, fingerprint)
                ?? throw new DataException(file, "changed while it was opened", "Keep other programs from the cache folder");
        }

        if (entries.All(e => e.Frames == 0))
            throw new DataException(videoPaths[0], videoPaths.Count == 1 ? "is damaged, and there is no other video" : $"is damaged, and so are the {videoPaths.Count - 1} others", "Copy or download them again; leo data scan says what is wrong with each");
        var store = new ClipStore(file, size, [.. videoPaths.Zip(entries)]);
        if (store.LeftOut.Count > 0)
            log?.Invoke($"{store.LeftOut.Count} of {videoPaths.Count} videos are damaged and left out: {Few(store.LeftOut)}{(keepDamaged ? "" : " (leo data scan says where; --keep-damaged takes them as they are)")}");
        return store;
    }

    private static string Few(IReadOnlyList<string> paths) =>
        string.Join(", ", paths.Take(5).Select(System.IO.Path.GetFileName)) + (paths.Count > 5 ? ", …" : "");

    /// <summary>Path of a video, as it was given.</summary>
    public string Path(int video) => _paths[video];

    /// <summary>The videos in a few words that change when their order, names or lengths do.</summary>
    public string Describe()
    {
        var checksum = new Checksum();
        foreach (var (path, entry) in _paths.Zip(_entries))
            checksum.Add(System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"{System.IO.Path.GetFileName(path)} {entry.Frames}\n")));
        return FormattableString.Invariant($"{_entries.Count} videos, {_entries.Sum(e => (long)e.Frames)} frames, {checksum.Text}");
    }

    /// <summary>Frames of a video, T.</summary>
    public int FrameCount(int video) => _entries[video].Frames;

    /// <summary>Rate of a video.</summary>
    public double FramesPerSecond(int video) => _entries[video].FramesPerSecond;

    /// <summary>One frame's S·S·3 bytes, RGB24. Valid until the store is disposed.</summary>
    /// <param name="video">0 … <see cref="Count"/>−1.</param>
    /// <param name="frame">0 … T−1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such video or frame.</exception>
    /// <exception cref="DataException">The video's frames are damaged: found when the first of them is asked for.</exception>
    public ReadOnlySpan<byte> Frame(int video, int frame)
    {
        ObjectDisposedException.ThrowIf(_memory == null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, _entries[video].Frames);
        if (!_whole[video])
            Verify(video);
        return Bytes(video, frame);
    }

    /// <summary>Frames <c>start, start + stride, …</c> of a video, [L, 3, S, S] float32 in [-1, 1].</summary>
    /// <param name="video">0 … <see cref="Count"/>−1.</param>
    /// <param name="start">First frame.</param>
    /// <param name="length">L ≥ 1.</param>
    /// <param name="stride">Step.<value>Default 1.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The clip reaches beyond the video.</exception>
    public Tensor Clip(int video, int start, int length, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        Frame(video, start); // both ends exist, or it throws before memory is taken
        Frame(video, checked(start + ((length - 1) * stride)));
        var clip = empty(length, 3, Size, Size, dtype: ScalarType.Float32);
        var floats = FrameTensors.Floats(clip);
        for (int i = 0; i < length; i++)
            CopyTo(video, start + (i * stride), floats, i);
        return clip;
    }

    /// <summary>Closes the file; spans of frames are dead afterwards.</summary>
    public void Dispose()
    {
        if (_memory == null)
            return;
        _memory = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }

    // A video is read once more for it than training would, in whatever thread comes first; two at once find the same.
    private void Verify(int video)
    {
        var checksum = new Checksum();
        for (int frame = 0; frame < _entries[video].Frames; frame++)
            checksum.Add(Bytes(video, frame));
        if (checksum.Value != _entries[video].Checksum)
            throw new DataException(File, $"the decoded frames of {_paths[video]} are damaged (their checksum is {checksum.Value:x8}, {_entries[video].Checksum:x8} was expected)", "Delete the file; it is made again");
        _whole[video] = true;
    }

    private ReadOnlySpan<byte> Bytes(int video, int frame)
    {
        int size = Size * Size * 3;
        return new ReadOnlySpan<byte>(_memory + _entries[video].Offset + ((long)frame * size), size);
    }

    /// <summary>Writes a frame as floats into place <paramref name="at"/> of a batch, mirrored if asked.</summary>
    internal void CopyTo(int video, int frame, Span<float> batch, int at, bool flip = false)
    {
        int size = Size * Size * 3;
        PixelScale.ToPlanes(Frame(video, frame), batch.Slice(at * size, size), 1, Size * Size, flip, Size);
    }
}
