using System.Globalization;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>Makes one clip: takes its stretch, cuts its box, resizes and writes it.</summary>
internal sealed class ClipMaker(string source, string target, PreparationOptions options, CancellationToken cancellation)
{
    /// <summary>Makes the clip; it stands under its name when whole.</summary>
    /// <exception cref="DataException">The clip cannot be made of its source.</exception>
    /// <exception cref="MediaException">The source is broken, or the target cannot be written.</exception>
    public PreparedClip Make(ClipPlan clip)
    {
        var info = VideoReader.Probe(clip.Source);
        var (first, count) = clip.Range?.Frames(info.FramesPerSecond) ?? (0, int.MaxValue);
        double start = first > 0 ? (first - 0.5) / info.FramesPerSecond : 0; // half a frame earlier: time stamps are rounded
        if (count == 0 || info.Duration is { } length && start >= length)
            throw new DataException(clip.Source, $"ends before the clip begins (frame {first})", "Download the whole video");

        double rate = options.FramesPerSecond ?? info.FramesPerSecond;
        long wanted = count == int.MaxValue ? int.MaxValue : (long)Math.Round(count * rate / info.FramesPerSecond);
        if (options.MaxFrames is { } most)
            wanted = Math.Min(wanted, ((long)most - 1) * options.Every + 1);
        var read = new VideoReadOptions
        {
            FramesPerSecond = options.FramesPerSecond,
            Start = start,
            MaxFrames = wanted < int.MaxValue ? (int)Math.Max(1, wanted) : null,
        };

        List<string> notes = [];
        var made = new PreparedClip { Name = OutputName(clip), Source = VideoFolder.NameIn(source, clip.Source), FirstFrame = first, SourceWidth = info.Width, SourceHeight = info.Height };
        made = clip.Mask is null ? FromBox(clip, info, read, made, notes) : FromMesh(clip, read, made, notes);
        if (count < int.MaxValue && options.MaxFrames is null && made.Frames < (wanted + options.Every - 1) / options.Every)
            notes.Add($"the video ends early: {made.Frames} frames of {(wanted + options.Every - 1) / options.Every}");
        if (made.Crop is { } box && Math.Min(box.Width, box.Height) < options.Size)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"enlarged from {box.Width}x{box.Height}"));
        return made with { Notes = notes, Bytes = BytesOf(Path.Combine(target, made.Name)) };
    }

    /// <summary>The clip's name with its extension; a folder of frames has none.</summary>
    public string OutputName(ClipPlan clip) => options.Format == ClipFormat.Mp4 ? clip.Name + ".mp4" : clip.Name;

    /// <summary>Bytes of a clip on the disk, file or folder; 0 where there is none.</summary>
    public static long BytesOf(string path) =>
        File.Exists(path) ? new FileInfo(path).Length
        : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles().Sum(f => f.Length)
        : 0;

    private PreparedClip FromBox(ClipPlan clip, VideoInfo info, VideoReadOptions read, PreparedClip made, List<string> notes)
    {
        var box = new PixelBox(0, 0, info.Width, info.Height);
        if (clip.Box?.On(info.Width, info.Height) is { } wanted)
        {
            box = CropGeometry.Clamp(wanted, info.Width, info.Height);
            if (box.Width < 2 || box.Height < 2)
                throw new DataException(clip.Source, $"{info.Width}×{info.Height}, while the box lies at {wanted.X}, {wanted.Y}, outside of it", "Check that this is the video that the metadata means");
            if (box != wanted)
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"box {wanted.Width}x{wanted.Height} at {wanted.X},{wanted.Y} reaches outside the {info.Width}x{info.Height} frame; clamped"));
        }

        bool whole = (box.Width, box.Height) == (info.Width, info.Height);
        using var stream = FrameStream.Open(clip.Source, read with { Size = options.Size, Crop = whole ? null : box });
        int frames = Write(clip, stream.FramesPerSecond, Decode(stream));
        return made with { Frames = frames, FramesPerSecond = stream.FramesPerSecond / options.Every, Crop = box };
    }

    private PreparedClip FromMesh(ClipPlan clip, VideoReadOptions read, PreparedClip made, List<string> notes)
    {
        var (meshes, width, height) = MeshBoxes.Read(clip.Mask!, read, cancellation);
        if ((width, height) != (made.SourceWidth, made.SourceHeight))
            throw new DataException(clip.Source, $"{made.SourceWidth}×{made.SourceHeight}, while its mask is {width}×{height}", "Download both again, in one quality");

        if (options.Crop == MeshCrop.Video)
            meshes = [.. Enumerable.Repeat(CropGeometry.Union(meshes), meshes.Count)];
        PixelBox[] squares = [.. meshes.Select(CropGeometry.Square)], boxes = [.. squares.Select(b => CropGeometry.Inside(b, width, height))];
        if (squares.Zip(boxes).Count(p => p.First != p.Second) is > 0 and var moved)
            notes.Add($"the box reaches outside the frame in {moved} of {boxes.Length} frames; moved inside");
        if (options.Crop == MeshCrop.Frame)
            notes.Add($"each frame by its own mesh, sides {boxes.Min(b => b.Width)} to {boxes.Max(b => b.Width)}");

        using var stream = FrameStream.Open(clip.Source, read);
        int frames = Write(clip, stream.FramesPerSecond, MovingCrop.Frames(stream, boxes, options.Size));
        int taken = stream.Count;
        byte[] rest = [];
        if (taken < boxes.Length || read.MaxFrames is null && stream.Read(ref rest))
            notes.Add($"video and mask have different lengths; their first {taken} frames are used");
        return made with { Frames = frames, FramesPerSecond = stream.FramesPerSecond / options.Every, Crop = CropGeometry.Union(boxes) };
    }

    private IEnumerable<ReadOnlyMemory<byte>> Decode(FrameStream stream)
    {
        byte[] rgb = [];
        while (stream.Read(ref rgb))
            yield return rgb.AsMemory(0, options.Size * options.Size * 3);
    }

    private int Write(ClipPlan clip, double rate, IEnumerable<ReadOnlyMemory<byte>> frames)
    {
        string path = Path.Combine(target, OutputName(clip));
        if (options.Format == ClipFormat.Png)
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true); // frames of an older recipe must not stay between the new ones
            path = Path.Combine(path, "%07d.png");
        }

        using var writer = new VideoWriter(path, options.Size, options.Size, rate / options.Every);
        int index = 0;
        foreach (var frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            if (index++ % options.Every == 0)
                writer.Write(frame.Span);
        }

        if (writer.Count < options.MinFrames)
            throw new DataException(clip.Source, $"gives {writer.Count} frames, while {options.MinFrames} are needed", "Leave it out, or download it again");
        writer.Complete();
        return writer.Count;
    }
}

/// <summary>Keeps boxes inside pictures.</summary>
internal static class CropGeometry
{
    /// <summary>The part of a published box that lies in the picture; empty where nothing does.</summary>
    public static PixelBox Clamp(PixelBox box, int width, int height)
    {
        int left = Math.Clamp(box.X, 0, width), top = Math.Clamp(box.Y, 0, height);
        int right = Math.Clamp(box.X + box.Width, left, width), bottom = Math.Clamp(box.Y + box.Height, top, height);
        return new PixelBox(left, top, right - left, bottom - top);
    }

    /// <summary>The shorter side grown on both ends to the longer one (Saito et al. 2020).</summary>
    public static PixelBox Square(PixelBox box)
    {
        int pad = Math.Abs(box.Width - box.Height) / 2, side = Math.Max(box.Width, box.Height);
        return box.Width < box.Height ? new(box.X - pad, box.Y, side, side) : new(box.X, box.Y - pad, side, side);
    }

    /// <summary>A square box moved into the picture, and only if it is larger than the picture made smaller: it stays square.</summary>
    public static PixelBox Inside(PixelBox box, int width, int height)
    {
        int side = Math.Min(box.Width, Math.Min(width, height)), less = (box.Width - side) / 2;
        return new PixelBox(Math.Clamp(box.X + less, 0, width - side), Math.Clamp(box.Y + less, 0, height - side), side, side);
    }

    /// <summary>The smallest box around all.</summary>
    public static PixelBox Union(IEnumerable<PixelBox> boxes)
    {
        int left = int.MaxValue, top = int.MaxValue, right = int.MinValue, bottom = int.MinValue;
        foreach (var box in boxes)
        {
            (left, top) = (Math.Min(left, box.X), Math.Min(top, box.Y));
            (right, bottom) = (Math.Max(right, box.X + box.Width), Math.Max(bottom, box.Y + box.Height));
        }

        return new PixelBox(left, top, right - left, bottom - top);
    }
}
