using System.CommandLine;

namespace Leo.Cli;

/// <summary>The program itself.</summary>
internal sealed class LeoRootCommand() : RootCommand("LEO: a latent image animator that makes videos of people (Wang et al. 2024)."), IHasExamples
{
    public IReadOnlyList<string> Examples { get; } =
    [
        "leo run                        # everything once, into out/report.html",
        "leo train --help               # train the parts on your own videos",
        "leo animate --help             # move a picture as a video moves",
    ];
}
