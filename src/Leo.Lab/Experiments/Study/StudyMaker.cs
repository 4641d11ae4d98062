using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Display;
using Leo.Lab.Media;

namespace Leo.Lab.Experiments.Study;

/// <summary>Writes a study: the page with its clips, and the key beside it.</summary>
public static class StudyMaker
{
    // Below this, every pixel becomes four: H.264 keeps one colour sample for each 2×2.
    private const int SmallSide = 256;
    private static readonly DateTime NoTime = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// Chooses clips, writes each anew – one codec, no title, no date, a random name, in the order of those names – and lays out all sheets.
    /// </summary>
    /// <param name="options">The layout.</param>
    /// <param name="folder">Where the page goes; it must not exist or be empty.</param>
    /// <param name="keyPath">Where the key goes: not into <paramref name="folder"/>, and not over another key.</param>
    /// <param name="progress">Called with clips done and clips in all. <value>Default none.</value></param>
    /// <exception cref="StudyException">The options, the folder or the clips do not do.</exception>
    /// <exception cref="LeoException">A clip cannot be read, or a file cannot be written; then nothing is left behind.</exception>
    public static StudyMade Make(StudyOptions options, string folder, string keyPath, Action<int, int>? progress = null)
    {
        options.Validate();
        CheckTargets(folder, keyPath);
        var folders = options.Methods.ToDictionary(m => m.Name, m => m.Folder);
        var groups = StudySelection.Choose(options);
        var draw = new StudyDraw(options.Seed, groups.SelectMany(g => g.Items).SelectMany(i => i).Select(f => Digest(Path.Combine(folders[f.Method], f.Source))));
        var key = StudyDesign.Make(options, groups, draw);

        string whole = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar), part = $"{whole}.{Guid.NewGuid():N}.part";
        try
        {
            var looks = new Dictionary<string, ClipLook>();
            string clips = Path.Combine(part, "clips");
            for (int i = 0; i < key.Clips.Count; i++)
            {
                progress?.Invoke(i, key.Clips.Count);
                var clip = key.Clips[i];
                looks[clip.Name] = Write(Path.Combine(folders[clip.Method], clip.Source), Path.Combine(clips, clip.Name + ".mp4"), clip, options, draw);
            }
            progress?.Invoke(key.Clips.Count, key.Clips.Count);
            WritePage(options, key, part, clips);
            key.Save(keyPath);
            try
            {
                if (Directory.Exists(whole)) Directory.Delete(whole);
                Directory.Move(part, whole);
            }
            catch
            {
                File.Delete(keyPath);
                throw;
            }
            return new StudyMade(key, Path.Combine(folder, "index.html"), Notes(key, looks));
        }
        catch
        {
            if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
            throw;
        }
    }

    private static ClipLook Write(string source, string target, StudyClip clip, StudyOptions options, StudyDraw draw)
    {
        var video = VideoReader.Read(source, new VideoReadOptions { MaxFrames = options.Frames, Size = options.Size, FramesPerSecond = options.FramesPerSecond });
        int least = options.Frames ?? 2;
        if (video.FrameCount < least)
            throw new StudyException(StudyFault.Settings, source, $"{video.FrameCount} frames, while a clip needs {least}", "Take fewer with --frames, or leave this file out");
        if (clip.IsSpoilt)
            video = options.Question.Mode == StudyMode.Occurrence ? SpoiltClip.Repeat(video) : SpoiltClip.Scramble(video, draw.Order(16, $"tiles {clip.Name}"));
        VideoWriter.WriteAll(target, Math.Max(video.Width, video.Height) < SmallSide ? VideoSheet.SideBySide([video]) : video);
        // When a clip was made tells nothing then.
        File.SetLastWriteTimeUtc(target, NoTime);
        return new ClipLook(video.FrameCount, video.Width, video.Height, video.FramesPerSecond);
    }

    private static void WritePage(StudyOptions options, StudyKey key, string part, string clips)
    {
        string page = Path.Combine(part, "index.html");
        var embedded = options.IsSingleFile ? key.Clips.ToDictionary(c => c.Name, c => File.ReadAllBytes(Path.Combine(clips, c.Name + ".mp4"))) : null;
        AtomicFile.WriteText(page, StudyPage.Html(key, embedded));
        File.SetLastWriteTimeUtc(page, NoTime);
        if (embedded is not null) Directory.Delete(clips, recursive: true);
    }

    private static IReadOnlyList<string> Notes(StudyKey key, Dictionary<string, ClipLook> looks)
    {
        var groups = key.Question.Mode == StudyMode.Preference
            ? key.Items.Select(i => i.Clips)
            : [[.. key.Clips.Select(c => c.Name)]];
        var pairs = groups.Select(g => g.Select(c => looks[c]).ToList()).ToList();
        string subject = key.Question.Mode == StudyMode.Preference ? "pairs have clips" : "set of clips is";
        List<string> notes = [];
        void Note(string what, Func<ClipLook, object> look, string advice)
        {
            if (pairs.Count(p => p.Select(look).Distinct().Count() > 1) is > 0 and var n)
                notes.Add($"{n} {subject} of different {what}, which can tell the methods apart; {advice}");
        }
        Note("length", l => l.Frames, "--frames shows equally many of each");
        Note("size", l => (l.Width, l.Height), "--size brings them to one");
        Note("frame rate", l => Math.Round(l.FramesPerSecond, 2), "--fps brings them to one");
        return notes;
    }

    private static void CheckTargets(string folder, string keyPath)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), key = Path.GetFullPath(keyPath);
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new StudyException(StudyFault.Settings, folder, "there is something already, and a page with clips of two studies would mix them", "Name a new folder");
        if (key.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal) || key == target)
            throw new StudyException(StudyFault.Settings, keyPath, "the key would lie in the folder that raters get", "Put it elsewhere");
        if (Path.Exists(key))
            throw new StudyException(StudyFault.Settings, keyPath, "there is a file already, and results of its study need it", "Name a new file");
    }

    private static byte[] Digest(string path)
    {
        if (!Directory.Exists(path))
        {
            using var file = File.OpenRead(path);
            return SHA256.HashData(file);
        }
        var frames = Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));
        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', frames)));
    }

    private readonly record struct ClipLook(int Frames, int Width, int Height, double FramesPerSecond);
}

/// <summary>A study that was made.</summary>
/// <param name="Key">Its key, as written.</param>
/// <param name="Page">The page to open.</param>
/// <param name="Notes">What could tell a rater which method a clip is from, in one sentence each.</param>
public sealed record StudyMade(StudyKey Key, string Page, IReadOnlyList<string> Notes);

/// <summary>Clips for attention checks, about which attentive raters cannot differ. Neither flickers.</summary>
internal static class SpoiltClip
{
    private const int Tiles = 4, Turns = 6;

    /// <summary>The picture cut into 4×4 tiles that have changed places, the same in all frames: neither realistic nor coherent.</summary>
    public static Video Scramble(Video video, int[] order)
    {
        int high = video.Height / Tiles, wide = video.Width / Tiles, row = video.Width * 3;
        byte[] rgb = [.. video.Rgb];
        for (int t = 0; t < video.FrameCount; t++)
        {
            var from = video.Frame(t);
            var to = rgb.AsSpan(t * video.Height * row, video.Height * row);
            for (int tile = 0; tile < Tiles * Tiles; tile++)
            {
                for (int y = 0; y < high; y++)
                {
                    from.Slice((((order[tile] / Tiles * high) + y) * row) + (order[tile] % Tiles * wide * 3), wide * 3)
                        .CopyTo(to[((((tile / Tiles * high) + y) * row) + (tile % Tiles * wide * 3))..]);
                }
            }
        }
        return new Video(video.FrameCount, video.Height, video.Width, video.FramesPerSecond, rgb);
    }

    /// <summary>The clip's first sixth to and fro, three times and more, to the length of the clip: repeated motion, without a jump.</summary>
    public static Video Repeat(Video video)
    {
        int reach = Math.Max(1, (video.FrameCount / Turns) - 1), frame = video.Height * video.Width * 3;
        byte[] rgb = new byte[video.FrameCount * frame];
        for (int t = 0; t < video.FrameCount; t++)
        {
            int at = t % (2 * reach);
            video.Frame(Math.Min(video.FrameCount - 1, at <= reach ? at : (2 * reach) - at)).CopyTo(rgb.AsSpan(t * frame));
        }
        return new Video(video.FrameCount, video.Height, video.Width, video.FramesPerSecond, rgb);
    }
}
