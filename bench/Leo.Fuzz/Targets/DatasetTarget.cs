using Leo.Fuzz.Mutation;
using Leo.Lab.Data.Preparation;

namespace Leo.Fuzz.Targets;

/// <summary>The tables and lists of the published data sets, on which <c>leo data prepare</c> builds file names.</summary>
internal sealed class DatasetTarget : FuzzTarget
{
    private const string Taichi = "video_id,start,end,bbox,fps,width,height,partition\nabc,0,128,10-20-300-310,25.0,640,360,train\n1#abc,5,99,0-0-9-9,30,640,360,test\n";

    private const string CelebV = """
        {"meta_info":{},"clips":{"abc_1":{"ytb_id":"abc","duration":{"start_sec":0.5,"end_sec":3.0},"bbox":{"top":0.1,"bottom":0.6,"left":0.2,"right":0.7}},
        "abc_2":{"ytb_id":"abc","duration":{"start_sec":1,"end_sec":2},"bbox":{"top":0,"bottom":1,"left":0,"right":1}}}}
        """;

    public override string Name => "dataset";

    public override void Make(FuzzRandom random, string folder)
    {
        void Put(string name, byte[] bytes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
        Put("taichi/taichi-metadata.csv", TextMutation.Apply(random, Taichi, ','));
        Put("taichi/youtube-taichi/abc.mp4", []);
        Put("taichi/youtube-taichi/1.mp4", []);
        Put("celebv/celebvhq_info.json", JsonMutation.Apply(random, CelebV));
        Put("celebv/raw/abc.mp4", []);
        foreach (string part in (string[])["train", "val", "test"])
            Put($"ff/splits/{part}.json", JsonMutation.Apply(random, """[["071","054"],["087","081"]]"""));
        Put("ff/original_sequences/youtube/c23/videos/071.mp4", []);
        Put("ff/manipulated_sequences/Face2Face/masks/videos/071_054.mp4", []);
        Put("ucf/ucfTrainTestlist/trainlist01.txt", TextMutation.Apply(random, "A/v_A_g01_c01.avi 1\nA/v_A_g02_c01.avi 1\n", ' '));
        Put("ucf/ucfTrainTestlist/testlist01.txt", TextMutation.Apply(random, "A/v_A_g03_c01.avi\n", '/'));
        foreach (string name in (string[])["g01", "g02", "g03"])
            Put($"ucf/UCF-101/A/v_A_{name}_c01.avi", []);
    }

    public override void Read(string folder, string output)
    {
        var options = new PreparationOptions();
        Try(() => Check(CelebVHqLayout.Plan(Path.Combine(folder, "celebv"), options), output));
        Try(() => Check(FaceForensicsLayout.Plan(Path.Combine(folder, "ff"), options), output));
        Try(() => Check(Ucf101Layout.Plan(Path.Combine(folder, "ucf"), options), output));
        Check(TaichiLayout.Plan(Path.Combine(folder, "taichi"), options), output);
    }

    private static void Check(DatasetPlan plan, string output)
    {
        foreach (var clip in plan.Clips)
        {
            string path = Path.GetFullPath(Path.Combine(output, clip.Name + ".mp4"));
            if (!path.StartsWith(output + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new InvalidOperationException($"a clip would be written to {path}");
            if (clip.Range?.Frames(25) is { } frames && (frames.First < 0 || frames.Count < 0))
                throw new InvalidOperationException($"a clip begins at frame {frames.First} and has {frames.Count}");
        }
    }
}
