using System.CommandLine;
using Leo.Lab.Experiments.Study;

namespace Leo.Cli.Commands;

/// <summary><c>leo study make</c>: a page for raters, and the key for whoever reports.</summary>
internal static class StudyMakeCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var methods = new Option<string[]>("--method")
        {
            Description = "A method and the folder of its clips. In pairs, the first is compared with each of the others; real videos are a method, too.",
            HelpName = "NAME=FOLDER",
            Required = true,
            Validators = { result => { if (result.Tokens.FirstOrDefault(t => t.Value.IndexOf('=') is < 1 || t.Value.EndsWith('=')) is { } bad) result.AddError($"--method wants NAME=FOLDER, not '{bad.Value}'."); } },
        };
        var question = new Option<string>("--question")
        {
            Description = "What is asked: realistic or coherent, of pairs (LEO Table 3); repeated, of single clips (LEO Table 5).",
            DefaultValueFactory = _ => StudyQuestion.Realistic.Name,
        };
        question.AcceptOnlyFromAmong([.. StudyQuestion.All.Select(q => q.Name)]);
        var wording = new Option<string?>("--wording") { Description = "The question in other words or another language.", HelpName = "text" };
        var count = CommonOptions.Count("--count", "Pairs of each comparison, or clips of each method.", 20);
        var raters = CommonOptions.Count("--raters", "Sheets to make, one a rater. With an even number each pair is shown equally often either way round.", 20);
        var checks = CommonOptions.Count("--checks", "Attention checks on each sheet: a clip beside itself scrambled, or a clip that plainly repeats.", 0, least: 0);
        var pairing = new Option<string>("--pairing") { Description = "Which clips meet: drawn by chance, or those of one file name.", DefaultValueFactory = _ => "chance" };
        pairing.AcceptOnlyFromAmong("chance", "names");
        var frames = new Option<int?>("--frames") { Description = "Show so many frames of each clip; by default all.", HelpName = "n", Validators = { result => CommonOptions.AtLeast(result, 2) } };
        var size = new Option<int?>("--size") { Description = "Bring every clip to a square of so many pixels, short side resized and middle cut out; by default each keeps its size.", HelpName = "n", Validators = { result => CommonOptions.AtLeast(result, 8) } };
        var rate = new Option<double?>("--fps") { Description = "Bring every clip to so many frames a second; by default each keeps its rate.", HelpName = "rate" };
        var single = new Option<bool>("--single-file") { Description = "Put the clips into the page, so that it is one file to send." };
        var output = CommonOptions.Path("--out", "folder", "New folder for the page: all that raters get.");
        var key = CommonOptions.Path("--key", "file", "Where the key goes, which tells whose clip is whose; raters must not get it.");
        var seed = CommonOptions.Seed();

        return new LeoCommand("make", "Make a page for raters: blinded, in an order of each rater's own, sides balanced. It runs offline from its folder.",
            "leo study make --method leo=out/leo --method tats=out/tats --method real=data/test --out study --key study-key.json",
            "leo study make --question coherent --count 30 --raters 20 --checks 3 --frames 64 --size 256 --fps 25 --method leo=a --method stylegan-v=b --out study --key study-key.json",
            "leo study make --question repeated --method without=out/plain --method with=out/transitions --out study --key study-key.json")
        .With(methods, question, wording, count, raters, checks, pairing, frames, size, rate, single, output, key, seed)
        .Does(parsed =>
        {
            var asked = StudyQuestion.Find(parsed.GetValue(question)!);
            var options = new StudyOptions
            {
                Methods = [.. parsed.GetRequiredValue(methods).Select(m => new StudyMethod(m[..m.IndexOf('=')], m[(m.IndexOf('=') + 1)..]))],
                Question = asked with { Text = parsed.GetValue(wording) ?? asked.Text },
                Count = parsed.GetValue(count),
                Raters = parsed.GetValue(raters),
                Checks = parsed.GetValue(checks),
                PairsByName = parsed.GetValue(pairing) == "names",
                Frames = parsed.GetValue(frames),
                Size = parsed.GetValue(size),
                FramesPerSecond = parsed.GetValue(rate),
                IsSingleFile = parsed.GetValue(single),
                Seed = parsed.GetValue(seed),
            };
            StudyMade? made = null;
            WorkProgress.Track(shell, "clips", "clips", progress => made = StudyMaker.Make(options, parsed.GetRequiredValue(output), parsed.GetRequiredValue(key), (done, total) =>
            {
                shell.Cancellation.ThrowIfCancellationRequested();
                progress.Report(done, total);
            }));
            foreach (string note in made!.Notes)
                shell.Say($"note: {note}");
            int questions = made.Key.Sheets[0].Trials.Count;
            shell.Print($"{made.Page}: study {made.Key.Study}, {questions} questions for each of {options.Raters} raters. Give each rater a number from 1 to {options.Raters}.");
            shell.Print($"{parsed.GetValue(key)}: the key. Keep it from raters.");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "study make", made.Key.Study, made.Page, Key = parsed.GetValue(key), Questions = questions, Clips = made.Key.Clips.Count, options.Raters, made.Notes });
            return ExitCode.Success;
        });
    }
}
