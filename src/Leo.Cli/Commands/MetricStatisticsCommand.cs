using System.CommandLine;
using Leo.Lab.Metrics;

namespace Leo.Cli.Commands;

/// <summary><c>leo metric statistics</c>: what a Fréchet distance needs of features, kept or merged.</summary>
internal static class MetricStatisticsCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var features = new Option<string[]>("--features")
        {
            Description = "Files of features or of statistics of parts of one set.",
            HelpName = "files",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        var output = CommonOptions.Path("--out", "file", "Where to: count, mean and squared deviations, for `leo metric fvd` (.safetensors).");

        return new LeoCommand("statistics", "Keep mean and covariance of features, to be used again; join those that several processes made.",
            "leo metric statistics --features real.safetensors --out real-statistics.safetensors",
            "leo metric statistics --features part1.safetensors part2.safetensors --out real-statistics.safetensors")
        .With(features, output)
        .Does(parsed =>
        {
            string[] paths = parsed.GetRequiredValue(features);
            using var first = FeatureFile.Open(paths[0]);
            using var whole = first.ToStatistics();
            foreach (string path in paths[1..])
            {
                using var next = FeatureFile.Open(path);
                if (FeatureMetadata.Difference(first.Metadata, next.Metadata) is { } difference)
                    throw new MetricException(path, $"was made otherwise than {paths[0]}: {difference}", "Join parts of one set only");
                using var part = next.ToStatistics();
                RequireSameWidth(path, whole, part);
                whole.Merge(part);
            }
            string to = parsed.GetRequiredValue(output);
            whole.Save(to, first.Metadata);
            shell.Print($"{to}: statistics of {whole.Count} samples of {whole.Width} numbers");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "metric statistics", Out = to, whole.Count, whole.Width });
            return ExitCode.Success;
        });
    }

    private static void RequireSameWidth(string path, FeatureStatistics whole, FeatureStatistics part)
    {
        if (whole.Width != part.Width)
            throw new MetricException(path, $"expected {whole.Width} numbers a sample as in the files before, found {part.Width}", "Join parts of one set only");
    }
}
