using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Leo.Fuzz.Mutation;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using Leo.Lab.Motion;

namespace Leo.Fuzz.Targets;

/// <summary>safetensors: a sound file with faults in the length of its header, in offsets, shapes, types, names and metadata.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    private static readonly string[] Types = ["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL", "F8_E4M3", "", "f32", "F32 "];

    private static readonly string[] Lengths =
        ["9223372036854775808", "9223372036854775807", "18446744073709551616", "NaN", "-1", "1e3", "2.5", "\"2\"", "null", "4294967296", "[2]", "-0", "1e400", "00"];

    public override string Name => "safetensors";

    public override void Make(FuzzRandom random, string folder) => File.WriteAllBytes(Path.Combine(folder, "x.safetensors"), Bytes(random));

    public override void Read(string folder, string output) => ReadAll(Path.Combine(folder, "x.safetensors"), output);

    /// <summary>Everything that is done with a file of tensors.</summary>
    public static void ReadAll(string path, string output)
    {
        Try(() => CheckpointSummary.Read(path));
        Try(() => CodeSequences.Load(path));
        if (FrameSource.IsTensorFile(path)) // others would go to ffmpeg
            Try(() => FrameSource.Load(path, 8));
        Try(() => Leo.Lab.Animator.ImageAnimator.ReadSettings(path));
        Try(() =>
        {
            using var checkpoint = Checkpoint.Open(path, "motion");
            checkpoint.Settings<MotionSettings>(s => s.Validate());
        });
        using var file = Checkpoint.Open(path);
        using (var scope = TorchSharp.torch.NewDisposeScope())
        {
            foreach (string name in file.File.Names)
                file.File.Read(name);
        }
        Try(file.File.Verify);
        Try(() => CheckpointConverter.Convert(file, Path.Combine(output, "y.dat"), all: true));
        CheckpointConverter.Convert(file, Path.Combine(output, "y.safetensors"));
    }

    private static byte[] Bytes(FuzzRandom random)
    {
        var entries = new List<string>();
        long at = 0;
        for (int i = 0, count = random.Below(5); i < count; i++)
        {
            int[] shape = [.. Enumerable.Range(0, random.Below(4)).Select(_ => random.Below(5))];
            string type = random.Pick(Types[..10]);
            long size = shape.Aggregate(1L, (a, b) => a * b) * (type[^1] == '4' && type != "BF16" ? 8 : type.EndsWith("32", StringComparison.Ordinal) ? 4 : type is "I8" or "U8" or "BOOL" ? 1 : 2);
            string name = random.Chance(0.2) ? random.Pick(Hostile.Words) : random.Pick(["frames", "ema.a.weight", "model.b", "gen.enc.net_app.convs.0.0.weight", "extra.scale", $"v{i}"]);
            entries.Add(Entry(random, name, type, [.. shape.Select(s => s.ToString(CultureInfo.InvariantCulture))], at, at + size));
            at += size;
        }
        if (random.Chance(0.6))
            entries.Insert(random.Below(entries.Count + 1), Metadata(random));
        if (random.Chance(0.2)) // data may lie in another order than the names
            entries.Reverse();
        string header = "{" + string.Join(random.Chance(0.95) ? "," : ",,", entries) + "}" + new string(' ', random.Chance(0.1) ? random.Below(2000) : 0);
        byte[] json = Encoding.UTF8.GetBytes(header);
        if (random.Chance(0.15))
            json = JsonMutation.Apply(random, Parses(header) ? header : "{}");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, random.Chance(0.9) ? json.Length : random.Chance(0.5) ? json.Length + random.Below(5) - 2 : random.Number());
        byte[] data = random.Bytes((int)at + (random.Chance(0.9) ? 0 : random.Below(20) - Math.Min(10, (int)at)));
        byte[] file = [.. length, .. json, .. data];
        return random.Chance(0.2) ? ByteMutation.Apply(random, file) : file;
    }

    private static string Entry(FuzzRandom random, string name, string type, List<string> shape, long begin, long end)
    {
        string text(long n) => n.ToString(CultureInfo.InvariantCulture);
        string offsets = $"[{text(begin)},{text(end)}]";
        if (random.Chance(0.2))
        {
            switch (random.Below(9))
            {
                case 0:
                    shape.Insert(random.Below(shape.Count + 1), random.Pick(Lengths));
                    break;
                case 1:
                    offsets = $"[{text(random.Number())},{text(random.Number())}]";
                    break;
                case 2: // into another's bytes, or leaving a hole
                    offsets = $"[{text(Math.Max(0, begin - random.Below(9)))},{text(end + random.Below(9))}]";
                    break;
                case 3:
                    offsets = $"[{text(end)},{text(begin)}]";
                    break;
                case 4:
                    type = random.Pick(Types);
                    break;
                case 5: // a product that wraps round to the right size
                    shape = ["4294967296", "4294967296", .. shape];
                    break;
                case 6: // nothing in it, and no room for its strides
                    shape = ["0", random.Pick(Lengths[..3]), text(1L << (20 + random.Below(43))), .. shape];
                    offsets = $"[{text(begin)},{text(begin)}]";
                    break;
                case 7:
                    shape = [.. Enumerable.Repeat("1", 65), .. shape];
                    break;
                default:
                    shape.Add(random.Chance(0.5) ? "0" : text(random.Number()));
                    break;
            }
        }
        string entry = $"\"dtype\":{JsonSerializer.Serialize(type)},\"shape\":[{string.Join(',', shape)}],\"data_offsets\":{offsets}";
        return $"{JsonSerializer.Serialize(name)}:{{{entry}{(random.Chance(0.03) ? ",\"dtype\":\"F32\"" : "")}{(random.Chance(0.03) ? ",\"x\":{}" : "")}}}";
    }

    private static string Metadata(FuzzRandom random)
    {
        string[] keys = [CheckpointNames.Kind, CheckpointNames.Settings, CheckpointNames.Step, CheckpointNames.Losses, CheckpointNames.Order, "videos", "fps", "format", "checksum", "sha256"];
        var pairs = Enumerable.Range(0, random.Below(5)).Select(_ => $"{JsonSerializer.Serialize(random.Chance(0.9) ? random.Pick(keys) : random.Pick(Hostile.Words))}:{Value(random)}");
        return $"\"__metadata__\":{(random.Chance(0.95) ? $"{{{string.Join(',', pairs)}}}" : Value(random))}";
    }

    private static string Value(FuzzRandom random) => random.Below(8) switch
    {
        0 => random.Pick(["1", "null", "[]", "{}", "\"\\ud800\""]),
        1 => "\"motion\"",
        2 => JsonSerializer.Serialize(Leo.Lab.Json.WriteLine(MotionSettings.Tiny)),
        3 => JsonSerializer.Serialize(Encoding.UTF8.GetString(JsonMutation.Apply(random, Leo.Lab.Json.WriteLine(MotionSettings.Tiny)))),
        4 => JsonSerializer.Serialize(random.Number().ToString(CultureInfo.InvariantCulture)),
        5 => "\"[\\\"frames\\\",\\\"v0\\\"]\"",
        _ => JsonSerializer.Serialize(random.Pick(Hostile.Words)),
    };

    private static bool Parses(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
