using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Leo.Cli.Tests;

/// <summary>What raters send back.</summary>
internal static class StudyAnswers
{
    /// <summary>Answers of a rater who always takes the left clip of two, and says yes to one, as the page writes them, made from the key alone.</summary>
    public static void Write(JsonNode key, int rater, string file)
    {
        var sheet = key["sheets"]!.AsArray().Single(s => (int)s!["rater"]! == rater)!;
        var answers = sheet["trials"]!.AsArray().Select(t => (Item: (string)t!["item"]!, Clips: t["clips"]!.AsArray().Select(c => (string)c!).ToArray())).ToList();
        string[] lines = ["leo-study-result/1", (string)key["study"]!, $"{rater}", "a", "b", .. answers.Select(a => $"{a.Item} {string.Join(',', a.Clips)} {Choice(a.Clips)} 9 0")];
        string seal = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes((string)sheet["token"]!), Encoding.UTF8.GetBytes(string.Join('\n', lines))));
        var all = new JsonArray([.. answers.Select(a => new JsonObject { ["item"] = a.Item, ["clips"] = new JsonArray([.. a.Clips.Select(c => (JsonNode)c!)]), ["choice"] = Choice(a.Clips), ["milliseconds"] = 9, ["replays"] = 0 })]);
        File.WriteAllText(file, new JsonObject { ["format"] = lines[0], ["study"] = lines[1], ["rater"] = rater, ["started"] = "a", ["finished"] = "b", ["answers"] = all, ["seal"] = seal }.ToJsonString());
    }

    private static string Choice(string[] clips) => clips.Length > 1 ? "left" : "yes";
}
