using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Leo.Fuzz.Mutation;

/// <summary>Changes JSON by its structure: keys unknown, missing and twice, values of other types and sizes, depth without end.</summary>
internal static class JsonMutation
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1e999", "-1e999", "1e-999", "0.5", "2147483648", "9223372036854775808", "18446744073709551616", "-0", "01", "NaN", "Infinity",
        "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[]]", "[0,0,0,0,0,0,0,0,0]", "{\"a\":1,\"a\":2}", "", "}", "/**/1", "'x'",
        new string('9', 4000), "0." + new string('0', 4000) + "1",
    ];

    /// <summary>A changed copy as bytes, sometimes with the bytes damaged too.</summary>
    public static byte[] Apply(FuzzRandom random, string json)
    {
        var tree = JsonTree.Parse(json);
        for (int left = random.Below(5); left > 0; left--)
            Change(random, tree);
        byte[] bytes = Encoding.UTF8.GetBytes(tree.ToString());
        return random.Below(8) switch
        {
            0 => ByteMutation.Apply(random, bytes),
            1 => random.Pick<byte[]>([[0xEF, 0xBB, 0xBF, .. bytes], [.. bytes, .. "x"u8], Encoding.Unicode.GetBytes(tree.ToString()), [], "null"u8.ToArray()]),
            _ => bytes,
        };
    }

    private static void Change(FuzzRandom random, JsonTree tree)
    {
        var all = tree.All().ToList();
        var at = random.Pick(all);
        if (at.Raw is not null)
        {
            at.Raw = Scalar(random);
            return;
        }
        int index = random.Below(at.Entries.Count + 1);
        bool exists = index < at.Entries.Count;
        switch (random.Below(7))
        {
            case 0 when exists:
                at.Entries.RemoveAt(index);
                break;
            case 1 when exists:
                at.Entries.Insert(index, (at.Entries[index].Key, at.Entries[index].Value.Clone()));
                break;
            case 2 when exists && at.IsObject:
                at.Entries[index] = (Name(random, at.Entries[index].Key!), at.Entries[index].Value);
                break;
            case 3 when exists: // one value in the place of another
                at.Entries[index] = (at.Entries[index].Key, random.Pick(all).Clone());
                break;
            case 4:
                at.Entries.Insert(index, (at.IsObject ? random.Pick(Hostile.Words) : null, JsonTree.Value(Scalar(random))));
                break;
            case 5:
                int depth = random.Pick([3, 70, 2000]);
                at.Entries.Insert(index, (at.IsObject ? "deep" : null, JsonTree.Value(new string('[', depth) + (random.Chance(0.8) ? new string(']', depth) : ""))));
                break;
            default:
                at.Raw = Scalar(random);
                break;
        }
    }

    private static string Name(FuzzRandom random, string name) => random.Below(4) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name + " ",
        2 => "\u200b" + name,
        _ => random.Pick(Hostile.Words),
    };

    private static string Scalar(FuzzRandom random) => random.Below(4) switch
    {
        0 => random.Number().ToString(CultureInfo.InvariantCulture),
        1 => JsonSerializer.Serialize(random.Pick(Hostile.Words)),
        _ => random.Pick(Values),
    };
}
