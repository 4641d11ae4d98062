using System.Text;
using System.Text.Json;
using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>
/// FaceForensics as its script downloads it – <c>train|val|test/original/NAME.avi</c> with <c>mask/NAME.avi</c>, the face meshes in colour
/// on white – or FaceForensics++ – <c>original_sequences/youtube/c23/videos/071.mp4</c> with
/// <c>manipulated_sequences/METHOD/masks/videos/071_054.mp4</c>, white on black, and the official <c>splits/*.json</c>.
/// </summary>
internal static class FaceForensicsLayout
{
    private static readonly string[] Parts = ["train", "val", "test"];
    private static readonly string[] Methods = ["Face2Face", "NeuralTextures", "FaceSwap", "Deepfakes"]; // from whole-face meshes to plain boxes

    /// <exception cref="DataException">Neither layout is there.</exception>
    public static DatasetPlan Plan(string source, PreparationOptions options)
    {
        string root = SourceFiles.Folders(source, "FaceForensics_compressed", "FaceForensics").FirstOrDefault(source);
        if (Parts.Any(p => Directory.Exists(Path.Combine(root, p, "original"))))
            return First(source, root);
        string youtube = Path.Combine(source, "original_sequences", "youtube");
        return SourceFiles.Folders(youtube, "raw/videos", "c0/videos", "c23/videos", "c40/videos") is [var videos, ..]
            ? PlusPlus(source, videos, options)
            : throw new DataException(source, "is not FaceForensics: neither train/original nor original_sequences/youtube/c23/videos is there", "Give the folder that the download script filled");
    }

    private static DatasetPlan First(string source, string root)
    {
        var plan = new PlanBuilder(source);
        foreach (string part in Parts)
        {
            string originals = Path.Combine(root, part, "original"), masks = Path.Combine(root, part, "mask");
            if (!Directory.Exists(originals))
            {
                plan.Warn($"the part {part}/original is not there");
                continue;
            }

            var meshes = Directory.Exists(masks) ? SourceFiles.Videos(masks) : [];
            var videos = SourceFiles.Videos(originals);
            foreach (var (name, path) in videos.OrderBy(v => v.Key, StringComparer.Ordinal))
                Add(plan, $"{part}/{name}", path, meshes.GetValueOrDefault(name), $"{part}/mask");
            plan.WarnOf([.. meshes.Keys.Where(m => !videos.ContainsKey(m)).Order(StringComparer.Ordinal)], $"masks of {part} have no original");
        }

        return plan.Build("FaceForensics", ("train", 704), ("val", 150), ("test", 150));
    }

    private static DatasetPlan PlusPlus(string source, string videos, PreparationOptions options)
    {
        var plan = new PlanBuilder(source);
        var parts = Splits(source, options, plan);
        var masks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string method in Methods)
        {
            foreach (string folder in SourceFiles.Folders(Path.Combine(source, "manipulated_sequences", method), "masks/videos", "masks/images", "masks"))
            {
                foreach (var (name, path) in SourceFiles.Videos(folder).OrderBy(v => v.Key, StringComparer.Ordinal))
                    masks.TryAdd(name.Split('_')[0], path); // 071_054: the face of 054 laid on the video 071
            }
        }

        foreach (var (name, path) in SourceFiles.Videos(videos).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            if (parts is not null && !parts.ContainsKey(name))
                plan.Skip(name, path, "in none of the official splits");
            else
                Add(plan, $"{parts?[name] ?? "train"}/{name}", path, masks.GetValueOrDefault(name), "manipulated_sequences/*/masks");
        }

        string layout = $"FaceForensics++, {Path.GetFileName(Path.GetDirectoryName(videos))}";
        return parts is null ? plan.Build(layout, ("train", 1000)) : plan.Build(layout, ("train", 720), ("val", 140), ("test", 140));
    }

    private static void Add(PlanBuilder plan, string name, string path, string? mask, string where)
    {
        if (mask is null)
            plan.Skip(name, path, $"no mesh of it in {where}");
        else
            plan.Add(new ClipPlan(name, path) { Mask = mask });
    }

    private static Dictionary<string, string>? Splits(string source, PreparationOptions options, PlanBuilder plan)
    {
        string? folder = SourceFiles.Find(options.Metadata, source, "splits", "dataset/splits");
        if (folder is null)
        {
            plan.Warn("the official splits (splits/train.json, val.json, test.json) are not there; everything goes to train");
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in Parts)
        {
            string path = Path.Combine(folder, part + ".json");
            if (!File.Exists(path))
                throw new DataException(path, "no such file", "Put train.json, val.json and test.json of the official splits there");
            try
            {
                foreach (string?[]? pair in JsonSerializer.Deserialize<string?[]?[]>(File.ReadAllText(path)) ?? [])
                {
                    foreach (string? name in pair ?? throw new JsonException("null in place of a pair"))
                        parts.TryAdd(name ?? throw new JsonException("null in place of a name"), part);
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new DataException(path, $"not a list of pairs ({e.Message})", """Give the official file, [["071", "054"], …]""");
            }
        }

        return parts;
    }
}

/// <summary>
/// Reads the box of each frame's face mesh out of a mask video: the first and last columns and rows whose mean difference from the
/// background, summed over the channels, exceeds 5 of 255 (Saito et al. 2020, <c>make_face_forensics.py</c>).
/// </summary>
internal static class MeshBoxes
{
    private const int Threshold = 5;

    /// <summary>One box a frame, as wide and high as the mesh.</summary>
    /// <param name="mask">The mask video or folder of frames.</param>
    /// <param name="options">How its frames are taken: as the video's.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <returns>The boxes and the mask's size.</returns>
    /// <exception cref="DataException">A frame shows no mesh.</exception>
    /// <exception cref="MediaException">The mask cannot be read.</exception>
    public static (IReadOnlyList<PixelBox> Boxes, int Width, int Height) Read(string mask, VideoReadOptions options, CancellationToken cancellation)
    {
        using var stream = FrameStream.Open(mask, options);
        List<PixelBox> boxes = [];
        byte[] rgb = [];
        bool? onWhite = null;
        while (stream.Read(ref rgb))
        {
            cancellation.ThrowIfCancellationRequested();
            onWhite ??= IsBorderBright(rgb, stream.Width, stream.Height);
            boxes.Add(Find(rgb, stream.Width, stream.Height, onWhite.Value)
                ?? throw new DataException(mask, $"frame {boxes.Count} shows no face mesh", "Leave the clip out, as the published preparation does"));
        }

        return (boxes, stream.Width, stream.Height);
    }

    private static PixelBox? Find(byte[] rgb, int width, int height, bool onWhite)
    {
        long[] columns = new long[width], rows = new long[height];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at += 3)
            {
                int sum = rgb[at] + rgb[at + 1] + rgb[at + 2], mesh = onWhite ? (3 * 255) - sum : sum;
                columns[x] += mesh;
                rows[y] += mesh;
            }
        }

        bool InColumn(long sum) => sum > (long)Threshold * height;
        bool InRow(long sum) => sum > (long)Threshold * width;
        int left = Array.FindIndex(columns, InColumn), right = Array.FindLastIndex(columns, InColumn);
        int top = Array.FindIndex(rows, InRow), bottom = Array.FindLastIndex(rows, InRow);
        return right > left && bottom > top ? new PixelBox(left, top, right - left, bottom - top) : null;
    }

    // FaceForensics draws meshes on white, FaceForensics++ masks on black.
    private static bool IsBorderBright(byte[] rgb, int width, int height)
    {
        long sum = 0, count = 0;
        for (int y = 0; y < height; y++)
        {
            bool edge = y == 0 || y == height - 1;
            for (int x = 0; x < width; x += edge ? 1 : Math.Max(1, width - 1))
            {
                sum += rgb[((y * width) + x) * 3];
                count++;
            }
        }

        return sum > 127 * count;
    }
}

/// <summary>Cuts another square box out of every frame of a video and resizes all of them to one size; ffmpeg does the resizing.</summary>
internal static class MovingCrop
{
    /// <summary>Frames of size × size RGB24, one for each box or until the video ends.</summary>
    /// <param name="video">Decodes whole frames. The caller disposes it, after the last frame was taken.</param>
    /// <param name="boxes">One inside the picture for each frame.</param>
    /// <param name="size">Side of the result.</param>
    /// <exception cref="MediaException">The video is damaged.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Frames(FrameStream video, IReadOnlyList<PixelBox> boxes, int size)
    {
        using var scaler = FfmpegProcess.Start("ffmpeg",
        [
            "-v", "error", "-threads", "1", "-protocol_whitelist", "pipe", "-f", "image2pipe", "-framerate", "25", "-c:v", "ppm", "-i", "pipe:0",
            "-vf", $"scale={size}:{size}:flags=bicubic+accurate_rnd", "-r", "25", "-pix_fmt", "rgb24", "-c:v", "ppm", "-f", "image2pipe", "pipe:1",
        ], feedInput: true);
        var feeder = Task.Run(() => Feed(video, boxes, scaler.Input));
        try
        {
            var scaled = new PpmStream(scaler.Output);
            byte[] frame = new byte[size * size * 3];
            while (scaled.TryReadHeader(out _, out _))
            {
                scaled.ReadPixels(frame);
                yield return frame;
            }

            feeder.GetAwaiter().GetResult();
        }
        finally
        {
            scaler.Dispose(); // breaks the pipe, so that the feeder ends too where the caller stopped early
            ((IAsyncResult)feeder).AsyncWaitHandle.WaitOne();
            _ = feeder.Exception;
        }
    }

    private static void Feed(FrameStream video, IReadOnlyList<PixelBox> boxes, Stream target)
    {
        using (target)
        {
            byte[] rgb = [];
            for (int i = 0; i < boxes.Count && video.Read(ref rgb); i++)
            {
                var box = boxes[i];
                target.Write(Encoding.ASCII.GetBytes($"P6\n{box.Width} {box.Height}\n255\n"));
                for (int y = box.Y; y < box.Y + box.Height; y++)
                    target.Write(rgb, ((y * video.Width) + box.X) * 3, box.Width * 3);
            }
        }
    }
}
