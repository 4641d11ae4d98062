using System.Globalization;

namespace Leo.Lab.Data.Preparation;

/// <summary>
/// UCF101: <c>UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi</c> and the official <c>ucfTrainTestlist/trainlist01.txt</c>
/// (with class numbers) and <c>testlist01.txt</c> (without).
/// </summary>
internal static class Ucf101Layout
{
    private static readonly (int Train, int Test)[] Published = [(9537, 3783), (9586, 3734), (9624, 3696)]; // 13,320 each

    /// <exception cref="DataException">The videos or the official lists are not there.</exception>
    public static DatasetPlan Plan(string source, PreparationOptions options)
    {
        string? lists = SourceFiles.Find(options.Metadata, source, "ucfTrainTestlist", "UCF101TrainTestSplits-RecognitionTask/ucfTrainTestlist", "ucfTrainTestlist/ucfTrainTestlist");
        string split = options.Split.ToString("00", CultureInfo.InvariantCulture);
        string[] names = [$"trainlist{split}.txt", $"testlist{split}.txt"];
        lists ??= names.All(n => File.Exists(Path.Combine(source, n))) ? source : null;
        if (lists is null || names.Any(n => !File.Exists(Path.Combine(lists, n))))
            throw new DataException(source, $"the official split is not there ({names[0]}, {names[1]})", "Unpack UCF101TrainTestSplits-RecognitionTask.zip there, or name its folder with --metadata");

        string videos = SourceFiles.Folders(source, "UCF-101", "UCF101", "videos").FirstOrDefault(source);
        var plan = new PlanBuilder(source);
        var known = Known(videos, plan);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 2; i++)
        {
            foreach (string line in File.ReadLines(Path.Combine(lists, names[i])))
                Take(plan, known, taken, i == 0 ? "train" : "test", line, videos);
        }

        plan.WarnOf([.. known.Values.Distinct().Where(v => !taken.Contains(v)).Select(v => VideoFolder.NameIn(videos, v)).Order(StringComparer.Ordinal)],
            $"videos are in neither list of split {options.Split}");
        var (train, test) = Published[options.Split - 1];
        return plan.Build($"class folders and official split {options.Split}", ("train", train), ("test", test));
    }

    private static void Take(PlanBuilder plan, Dictionary<string, string> known, HashSet<string> taken, string part, string line, string videos)
    {
        // "ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi 1"; lines end in CR LF.
        string entry = line.Trim().Replace('\\', '/');
        int number = entry.LastIndexOf(' ');
        if (number > 0 && entry[(number + 1)..].All(char.IsAsciiDigit))
            entry = entry[..number];
        if (entry.Length == 0)
            return;
        string name = $"{part}/{entry[..(entry.LastIndexOf('/') + 1)]}{SourceFiles.Stem(entry)}";
        if (!known.TryGetValue(Key(entry), out string? path) && !known.TryGetValue(Key(Path.GetFileName(entry)), out path))
            plan.Skip(name, Path.Combine(videos, entry), "listed, but not there");
        else if (!taken.Add(path))
            plan.Skip(name, path, "listed twice; the first one is used");
        else
            plan.Add(new ClipPlan(name, path));
    }

    // By class and file and by file alone: some copies are flat. Without case: the class HandstandPushups has files v_HandStandPushups_….
    private static Dictionary<string, string> Known(string folder, PlanBuilder plan)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> empty = [];
        foreach (var (_, path) in SourceFiles.Videos(folder))
            known[Key(Path.GetFileName(path))] = path;
        foreach (string below in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var videos = SourceFiles.Videos(below);
            foreach (var (_, path) in videos)
                known[Key(VideoFolder.NameIn(folder, path))] = known[Key(Path.GetFileName(path))] = path;
            if (SourceFiles.IsEmpty(below))
                empty.Add(Path.GetFileName(below));
        }

        plan.WarnOf(empty, "class folders are empty");
        return known.Count > 0 ? known : throw new DataException(folder, "holds no class folders of avi files", "Unpack UCF101.rar there");
    }

    private static string Key(string name) => Path.ChangeExtension(name, null).ToUpperInvariant();
}
