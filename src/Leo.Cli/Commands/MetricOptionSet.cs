using System.CommandLine;
using Leo.Lab.Metrics;

namespace Leo.Cli.Commands;

/// <summary>Options that all commands with metrics share.</summary>
internal sealed class MetricOptionSet
{
    public Option<string> Protocol { get; } = CreateProtocol();

    public Option<int?> Samples { get; } = new("--samples")
    {
        Description = "Samples of each set in a trial; by default the protocol's. Where a set has no more, all are used.",
        HelpName = "n",
        Validators = { result => CommonOptions.AtLeast(result, 2) },
    };

    public Option<int?> Trials { get; } = new("--trials")
    {
        Description = "How often samples are drawn where there are more; by default as often as the protocol says.",
        HelpName = "n",
        Validators = { result => CommonOptions.AtLeast(result, 1) },
    };

    public Option<long> Seed { get; } = CommonOptions.Seed();

    public MetricProtocol ReadProtocol(ParseResult parsed) => MetricProtocol.Find(parsed.GetValue(Protocol)!);

    public MetricTrials ReadTrials(ParseResult parsed, MetricProtocol protocol) =>
        new(parsed.GetValue(Samples) ?? protocol.Samples, parsed.GetValue(Trials) ?? protocol.Trials, parsed.GetValue(Seed));

    private static Option<string> CreateProtocol()
    {
        var option = new Option<string>("--protocol")
        {
            Description = "Whose published way of computing is followed; docs/metrics.md writes each down.",
            DefaultValueFactory = _ => MetricProtocol.Digan.Name,
        };
        option.AcceptOnlyFromAmong([.. MetricProtocol.Names]);
        return option;
    }
}
