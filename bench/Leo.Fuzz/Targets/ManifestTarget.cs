using Leo.Fuzz.Mutation;
using Leo.Lab;
using Leo.Lab.Data;
using Leo.Lab.Data.Preparation;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Metrics.Faces;

namespace Leo.Fuzz.Targets;

/// <summary>Files that lie beside others: the manifest of prepared data and its journal, the puppets' truth, lists of weights, the store of decoded clips.</summary>
internal sealed class ManifestTarget : FuzzTarget
{
    private static readonly byte[] Print = new byte[32];

    private static readonly string Manifest = Json.Write(new PreparationManifest
    {
        Dataset = "taichi",
        Layout = "x",
        Source = "/x",
        Size = 64,
        Subsampling = "x",
        Counts = new Dictionary<string, int> { ["train"] = 1 },
        Published = new Dictionary<string, int> { ["train"] = 2 },
        Warnings = ["w"],
        Clips = [new() { Name = "train/a.mp4", Source = "a.mp4", Frames = 3, Notes = ["n"] }],
    });

    private const string Truth = """{"kind":"faces","identity":3,"pattern":"x","framesPerSecond":25,"seed":0,"poseNames":["x","y"],"pose":[[0.5,1],[0.25,2]]}""";

    private const string Weights = """[{"weights":[{"name":"w","shape":[2,3],"dtype":"float32"},{"name":"q","shape":[4],"dtype":"float32","quantization":{"dtype":"uint8","scale":0.1,"min":-1}}],"paths":["shard1"]}]""";

    public override string Name => "manifest";

    public override void Make(FuzzRandom random, string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "manifest.json"), JsonMutation.Apply(random, Manifest));
        File.WriteAllBytes(Path.Combine(folder, ".manifest.jsonl"), JsonMutation.Apply(random, Json.WriteLine(new PreparedClip { Name = "train/a.mp4", Source = "a" })));
        File.WriteAllBytes(Path.Combine(folder, "video.json"), JsonMutation.Apply(random, Truth));
        File.WriteAllBytes(Path.Combine(folder, "net-weights_manifest.json"), JsonMutation.Apply(random, Weights));
        File.WriteAllBytes(Path.Combine(folder, "shard1"), random.Bytes(random.Chance(0.8) ? 28 : random.Below(60)));
        using var store = new MemoryStream();
        store.Write(new byte[ClipStoreFile.HeaderBytes + 48]);
        ClipStoreFile.Finish(store, 4, [new(ClipStoreFile.HeaderBytes, 1, 25, 0), new(random.Chance(0.9) ? ClipStoreFile.HeaderBytes : random.Number(), random.Chance(0.9) ? 1 : (int)random.Number(), 25, 0)], Print);
        byte[] bytes = store.ToArray();
        if (random.Chance(0.5)) // damage behind a sound header
            bytes = [.. bytes[..ClipStoreFile.HeaderBytes], .. SameLength(ByteMutation.Apply(random, bytes[ClipStoreFile.HeaderBytes..]), bytes.Length - ClipStoreFile.HeaderBytes)];
        else
            bytes = ByteMutation.Apply(random, bytes);
        File.WriteAllBytes(Path.Combine(folder, "clips.bin"), bytes);
    }

    public override void Read(string folder, string output)
    {
        Try(() => PreparationManifest.Load(folder));
        Try(() =>
        {
            using var journal = new PreparationJournal(folder, "taichi");
            journal.Find("train/a.mp4");
        });
        Try(() =>
        {
            if (PuppetTruth.ForVideo(Path.Combine(folder, "video.mp4")) is { } truth)
                _ = (truth.PoseNames.Length, truth.Pose.Length);
        });
        foreach (var entry in ClipStoreFile.Read(Path.Combine(folder, "clips.bin"), 4, Print) ?? [])
        {
            if (entry.Offset < 0 || entry.Frames < 0 || entry.Offset + (entry.Frames * 48L) > new FileInfo(Path.Combine(folder, "clips.bin")).Length)
                throw new InvalidOperationException("a store of clips points out of its file");
        }
        FaceApiWeights.Load(folder, "net", [("w", [2, 3]), ("q", [4])]).Dispose();
    }

    private static byte[] SameLength(byte[] bytes, int length) => bytes.Length >= length ? bytes[..length] : [.. bytes, .. new byte[length - bytes.Length]];
}
