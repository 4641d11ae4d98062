using System.Text;

namespace Leo.Fuzz.Mutation;

/// <summary>Changes lists and tables line by line and field by field.</summary>
internal static class TextMutation
{
    private static readonly string[] Ends = ["\n", "\r\n", "\r", "\n\n", "\u2028"];

    public static byte[] Apply(FuzzRandom random, string text, char separator)
    {
        List<string> lines = [.. text.Split('\n')];
        for (int left = random.Below(5); left > 0; left--)
            Change(random, lines, separator);
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join(random.Chance(0.7) ? "\n" : random.Pick(Ends), lines));
        return random.Below(6) switch
        {
            0 => ByteMutation.Apply(random, bytes),
            1 => [0xEF, 0xBB, 0xBF, .. bytes],
            _ => bytes,
        };
    }

    private static void Change(FuzzRandom random, List<string> lines, char separator)
    {
        if (lines.Count == 0)
            lines.Add("");
        int at = random.Below(lines.Count);
        string[] fields = lines[at].Split(separator);
        int field = random.Below(fields.Length);
        switch (random.Below(7))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[at]);
                break;
            case 2:
                fields[field] = random.Pick(Hostile.Words);
                lines[at] = string.Join(separator, fields);
                break;
            case 3:
                fields[field] = random.Number().ToString(System.Globalization.CultureInfo.InvariantCulture);
                lines[at] = string.Join(separator, fields);
                break;
            case 4:
                lines[at] = string.Join(separator, fields.Where((_, i) => i != field));
                break;
            case 5:
                lines[at] += separator + random.Pick(["\"", "\"\"", "\"a,b\n\"", "x", new string(separator, 3000)]);
                break;
            default:
                lines.Insert(at, random.Pick(Hostile.Words));
                break;
        }
    }
}
