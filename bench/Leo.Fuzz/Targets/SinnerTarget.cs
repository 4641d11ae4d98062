using System.Globalization;

namespace Leo.Fuzz.Targets;

/// <summary>Does on its fifth input what no reader may, to prove that it would be seen. It is not among the targets of a run.</summary>
internal sealed class SinnerTarget(string sin) : FuzzTarget
{
    /// <summary>Beginning of its name; the sin follows.</summary>
    public const string Prefix = "sinner:";

    public override string Name => Prefix + sin;

    public override int InputsInTests => 8;

    public override int Patience => sin == "hangs" ? 4 : 60;

    public override void Make(FuzzRandom random, string folder) =>
        File.WriteAllText(Path.Combine(folder, "x"), random.Index.ToString(CultureInfo.InvariantCulture));

    public override void Read(string folder, string output)
    {
        if (File.ReadAllText(Path.Combine(folder, "x")) != "5")
            return;
        switch (sin)
        {
            case "throws":
                throw new InvalidOperationException("x");
            case "exits":
                Environment.Exit(3);
                break;
            case "overflows its stack":
                Down(0);
                break;
            case "takes all memory":
                var all = new List<byte[]>();
                while (true) all.Add(new byte[64 << 20]);
            case "hangs":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "writes beside":
                File.WriteAllText(Path.Combine("..", "canary", Hostile.Mark), "");
                break;
            case "writes below":
                File.WriteAllText(Hostile.Mark, "");
                break;
        }
    }

    private static int Down(int depth) => depth < 0 ? 0 : Down(depth + 1) + Down(depth + 2);
}
