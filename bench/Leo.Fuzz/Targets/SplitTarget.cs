using Leo.Fuzz.Mutation;
using Leo.Lab.Data;

namespace Leo.Fuzz.Targets;

/// <summary>A folder of videos with a split that someone wrote: <c>split.json</c>, or lists.</summary>
internal sealed class SplitTarget : FuzzTarget
{
    public override string Name => "split";

    public override void Make(FuzzRandom random, string folder)
    {
        foreach (string name in (string[])["a.mp4", "b.mp4", "sub/c.avi"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllBytes(Path.Combine(folder, name), []);
        }
        if (random.Chance(0.5))
        {
            File.WriteAllBytes(Path.Combine(folder, "split.json"), JsonMutation.Apply(random, """{"train":["a.mp4","sub/c"],"test":["b"]}"""));
            return;
        }
        File.WriteAllBytes(Path.Combine(folder, "train.txt"), TextMutation.Apply(random, "a.mp4 1\nsub/c.avi 2\n", ' '));
        File.WriteAllBytes(Path.Combine(folder, "test.txt"), TextMutation.Apply(random, "b.mp4\n", ' '));
    }

    public override void Read(string folder, string output)
    {
        var videos = VideoFolder.Open(folder);
        if (videos.All.Any(v => !v.StartsWith(folder, StringComparison.Ordinal)) || videos.Train.Intersect(videos.Test).Any())
            throw new InvalidOperationException("a split leads out of its folder, or has a video on both sides");
    }
}
