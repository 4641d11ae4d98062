using System.Globalization;
using System.Text.RegularExpressions;

namespace Leo.Lab.Data.Preparation;

/// <summary>
/// TaichiHD as <c>data/taichi-loading</c> of the first-order-model repository lays it out: <c>taichi-metadata.csv</c> with the downloaded
/// videos in <c>youtube-taichi/</c>, or what its loader wrote: <c>train/</c> and <c>test/</c> with <c>id#start#end.mp4</c>, each a file or,
/// with <c>--format .png</c>, a folder of frames of that name.
/// </summary>
internal static partial class TaichiLayout
{
    private static readonly string[] Columns = ["video_id", "start", "end", "bbox", "fps", "width", "height", "partition"];
    private static readonly (string, int)[] Published = [("train", 2815), ("test", 285)]; // LEO §4; the metadata lists 3049 and 285

    /// <exception cref="DataException">Neither layout is there, or the metadata has other columns.</exception>
    public static DatasetPlan Plan(string source, PreparationOptions options)
    {
        string? metadata = SourceFiles.Find(options.Metadata, source, "taichi-metadata.csv", "taichi-metadata-new.csv", "data/taichi-loading/taichi-metadata.csv");
        var parts = SourceFiles.Folders(source, "train", "test");
        if (parts.Count > 0)
            return Cropped(source, parts, metadata);
        return metadata is not null
            ? Raw(source, metadata)
            : throw new DataException(source, "is not TaichiHD: neither train/ and test/ nor taichi-metadata.csv is there", "Give the loader's output folder, or a folder with taichi-metadata.csv and youtube-taichi/");
    }

    private static DatasetPlan Cropped(string source, IReadOnlyList<string> parts, string? metadata)
    {
        var plan = new PlanBuilder(source);
        foreach (string part in parts)
        {
            var videos = SourceFiles.Videos(part);
            foreach (var (name, path) in videos.OrderBy(v => v.Key, StringComparer.Ordinal))
                plan.Add(new ClipPlan($"{Path.GetFileName(part)}/{name}", path));
            foreach (string folder in Directory.EnumerateDirectories(part).Where(d => !videos.ContainsValue(d) && !Path.GetFileName(d).StartsWith('.')))
                plan.Skip($"{Path.GetFileName(part)}/{SourceFiles.Stem(folder)}", folder, "the folder holds no frames");
        }

        if (metadata is not null)
        {
            var listed = Rows(metadata, (_, _) => { }).Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
            var there = parts.SelectMany(p => SourceFiles.Videos(p).Keys.Select(k => $"{Path.GetFileName(p)}/{k}")).ToHashSet(StringComparer.Ordinal);
            foreach (string name in listed.Where(n => !there.Contains(n)).Order(StringComparer.Ordinal))
                plan.Skip(name, metadata, $"listed in {Path.GetFileName(metadata)}, not in the folder");
            plan.WarnOf([.. there.Where(n => !listed.Contains(n)).Order(StringComparer.Ordinal)], $"clips are not listed in {Path.GetFileName(metadata)}");
        }

        return plan.Build("the loader's output, cropped already", Published);
    }

    private static DatasetPlan Raw(string source, string metadata)
    {
        var plan = new PlanBuilder(source);
        string folder = SourceFiles.Folders(source, "youtube-taichi", "videos").FirstOrDefault(source);
        var videos = SourceFiles.Videos(folder);
        foreach (var row in Rows(metadata, (line, why) => plan.Skip($"line {line}", metadata, why)))
        {
            if (videos.TryGetValue(row.Video, out string? video))
                plan.Add(new ClipPlan(row.Name, video) { Range = row.Range, Box = row.Box });
            else
                plan.Skip(row.Name, Path.Combine(folder, row.Video + ".mp4"), $"the video {row.Video} is not there");
        }

        return plan.Build("metadata and YouTube videos", Published);
    }

    private static IEnumerable<(string Name, string Video, ClipRange Range, ReferenceBox Box)> Rows(string metadata, Action<int, string> fault)
    {
        foreach (var (line, values) in CsvRows.Read(metadata, Columns))
        {
            if (values is null)
            {
                fault(line, "the row has another number of fields than the first line");
                continue;
            }

            int Whole(string key) => double.TryParse(values[key], NumberStyles.Float, CultureInfo.InvariantCulture, out double v) && v is >= 0 and < 1e9 ? (int)v : -1;
            var box = Box().Match(values["bbox"]);
            var (start, end, width, height) = (Whole("start"), Whole("end"), Whole("width"), Whole("height"));
            bool rate = double.TryParse(values["fps"], NumberStyles.Float, CultureInfo.InvariantCulture, out double fps) && fps is > 0 and <= 1000;
            if (values["video_id"].Length == 0 || start < 0 || width < 1 || height < 1 || !rate || !box.Success)
            {
                fault(line, $"the row makes no sense: {string.Join(',', Columns.Select(c => values[c]))}");
            }
            else if (end <= start)
            {
                fault(line, $"the clip ends at {end}, before it begins at {start}");
            }
            else if (values["partition"] is not ("train" or "test"))
            {
                fault(line, $"its partition is '{values["partition"]}', neither train nor test");
            }
            else
            {
                int[] sides = [.. box.Groups.Values.Skip(1).Select(g => int.Parse(g.Value, CultureInfo.InvariantCulture))];
                // An id may carry a person after '#'; the loader's names put the person first.
                string[] id = values["video_id"].Split('#');
                string name = string.Create(CultureInfo.InvariantCulture, $"{values["partition"]}/{string.Join('#', id.Reverse())}#{start:000000}#{end:000000}");
                yield return (name, id[0], new ClipRange(start, end, fps), new ReferenceBox(sides[0], sides[1], sides[2], sides[3], width, height));
            }
        }
    }

    [GeneratedRegex(@"^\s*(-?\d{1,6})-(-?\d{1,6})-(-?\d{1,6})-(-?\d{1,6})\s*$")]
    private static partial Regex Box();
}
