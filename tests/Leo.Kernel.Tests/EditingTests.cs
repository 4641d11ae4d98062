using System.Text.Json.Nodes;

namespace Leo.Kernel.Tests;

/// <summary>What a front end asks while a cell is being written.</summary>
[Collection(KernelCollection.Name)]
public sealed class EditingTests(KernelFixture kernel)
{
    [Theory]
    [InlineData("Console.WriteL|", "WriteLine", 8)]
    [InlineData("\"abc\".Le|", "Length", 6)]
    [InlineData("new[] { 1 }.Sel|", "Select", 12)]
    [InlineData("var number = 1; num|", "number", 16)]
    [InlineData("Math.|", "PI", 5)]
    [InlineData("System.Collections.Gen|", "Generic", 19)]
    [InlineData("new System.Text.StringBuilder { Cap|", "Capacity", 32)]
    [InlineData("string.Join(sep|", "separator", 12)]
    [InlineData("awa|", "await", 0)]
    [InlineData("var s = \"😀\"; s.Le|", "Length", 15)]
    [InlineData("DayOfWeek.Mon|", "Monday", 10)]
    public void Complete_AtAName_OffersIt(string code, string expected, int start)
    {
        var reply = Complete(code);
        Assert.Contains(expected, reply["matches"]!.AsArray().Select(m => (string)m!));
        Assert.Equal(start, (int)reply["cursor_start"]!);
    }

    [Fact]
    public void Complete_OfAnEarlierCellsVariable_KnowsItsMembers()
    {
        kernel.Run("record Person(string GivenName); var ada = new Person(\"Ada\");");
        Assert.Equal(["GivenName"], Complete("ada.Giv|")["matches"]!.AsArray().Select(m => (string)m!));
    }

    [Fact]
    public void Complete_InAText_OffersNothing() => Assert.Empty(Complete("var s = \"Cons|\";")["matches"]!.AsArray());

    [Fact]
    public void Complete_OfHalfWrittenCode_IsNoError()
    {
        foreach (string code in (string[])["|", ".|", "x.|", "foreach (var |", "new |", "((((|", "#r \"|", "\"|", "/* |", "😀|"])
            Assert.Equal("ok", (string?)Complete(code)["status"]);
    }

    [Theory]
    [InlineData("Math.Max|(1, 2)", "Math.Max(int val1, int val2)")]
    [InlineData("var l = new List<int>(); l.Add(|", "List<int>.Add(int item)")]
    [InlineData("string t|ext = \"\";", "string text")]
    public void Inspect_OfAName_GivesItsSignature(string code, string expected)
    {
        var reply = At("inspect_request", code);
        Assert.True((bool)reply["found"]!);
        Assert.Contains(expected, (string)reply["data"]!["text/plain"]!);
    }

    [Fact]
    public void Inspect_OfADocumentedMember_ShowsItsDocumentation()
    {
        SmallLibrary.Compile(Path.Combine(kernel.Folder, "Documented.dll"), "public static class Documented { public static int Twice(int x) => 2 * x; }");
        File.WriteAllText(Path.Combine(kernel.Folder, "Documented.xml"), """
            <doc><members><member name="M:Documented.Twice(System.Int32)">
              <summary>Doubles a number, see <see cref="T:System.Int32"/>.</summary><param name="x">What to double.</param>
            </member></members></doc>
            """);
        Assert.Equal("ok", kernel.Run("#r \"Documented.dll\"").Status);
        string text = (string)At("inspect_request", "Documented.Twice|(1)")["data"]!["text/plain"]!;
        Assert.Contains("Doubles a number, see Int32.\nx: What to double.", text);
    }

    [Fact]
    public void Inspect_OfNothing_FindsNothing() => Assert.False((bool)At("inspect_request", "   |")["found"]!);

    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("if (true) {", "incomplete")]
    [InlineData("var x = 1;", "complete")]
    [InlineData("foreach (var i in new[] { 1 })", "incomplete")]
    public void IsComplete_Asked_Knows(string code, string status) =>
        Assert.Equal(status, (string?)kernel.Ask("is_complete_request", new JsonObject { ["code"] = code })["status"]);

    [Fact]
    public void History_Asked_HasTheCellsInOrder()
    {
        kernel.Run("\"first of history\"");
        kernel.Run("\"second of history\"");
        string[] Codes(JsonObject request) => [.. kernel.Ask("history_request", request)["history"]!.AsArray().Select(h => (string)h![2]!)];
        Assert.Equal(["\"first of history\"", "\"second of history\""], Codes(new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2 }));
        Assert.Equal(["\"first of history\""], Codes(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "*first of*", ["n"] = 5 }));
    }

    [Fact]
    public void Comms_AskedFor_AreNoneAndAnUnknownOneIsClosed()
    {
        Assert.Empty(kernel.Ask("comm_info_request", [])["comms"]!.AsObject());
        var heard = new List<string>();
        kernel.Client.Published = m => heard.Add(m.Type);
        kernel.Client.Send("comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "nobody", ["data"] = new JsonObject() });
        kernel.Client.Listen(TimeSpan.FromSeconds(10), () => heard.Contains("comm_close"));
        Assert.Contains("comm_close", heard);
    }

    [Fact]
    public void Request_OfAnUnknownType_IsAnswered() => Assert.Equal("error", (string?)kernel.Ask("debug_request", [], control: true)["status"]);

    private JsonObject Complete(string code) => At("complete_request", code);

    private JsonObject At(string type, string code)
    {
        string text = code.Replace("|", "");
        int cursor = new System.Globalization.StringInfo(code[..code.IndexOf('|')]).LengthInTextElements;
        return kernel.Ask(type, new JsonObject { ["code"] = text, ["cursor_pos"] = cursor, ["detail_level"] = 0 });
    }
}
