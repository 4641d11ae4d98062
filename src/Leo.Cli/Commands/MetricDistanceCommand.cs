using System.CommandLine;
using System.Globalization;
using Leo.Lab.Metrics;

namespace Leo.Cli.Commands;

/// <summary><c>leo metric fvd</c> and <c>kvd</c>: how far two sets of features are apart.</summary>
internal static class MetricDistanceCommand
{
    public static LeoCommand Fvd(Shell shell)
    {
        var features = Features();
        var options = new MetricOptionSet();
        var root = new Option<string?>("--root") { Description = "How the matrix root is taken; by default as the protocol does it." };
        root.AcceptOnlyFromAmong("svd32", "svd64", "eigen");

        return new LeoCommand("fvd", "Fréchet distance of two sets of features or of their statistics.",
            "leo metric fvd --features real.safetensors fake.safetensors --protocol digan",
            "leo metric fvd --features real-statistics.safetensors fake.safetensors --protocol styleganv --json")
        .With(features, options.Protocol, root, options.Samples, options.Trials, options.Seed)
        .Does(parsed =>
        {
            var protocol = options.ReadProtocol(parsed);
            var form = protocol.Form with { Root = parsed.GetValue(root) is { } name ? Enum.Parse<MatrixRoot>(name, ignoreCase: true) : protocol.Form.Root };
            var (a, b) = Open(shell, parsed, features, protocol);
            using (a)
            using (b)
            {
                var value = FrechetOf(a, b, form, options.ReadTrials(parsed, protocol));
                long width = a.Features?.shape[1] ?? a.Statistics!.Width;
                Report(shell, parsed, "FVD", protocol, form.Name, a, value, MetricCaution.OfFrechet(protocol, value, width));
            }
            return ExitCode.Success;
        });
    }

    public static LeoCommand Kvd(Shell shell)
    {
        var features = Features();
        var options = new MetricOptionSet();
        var subsets = new Option<int?>("--subsets")
        {
            Description = "KID instead: a mean over so many random subsets, times 1000 (100 in the published code).",
            HelpName = "n",
            Validators = { result => CommonOptions.AtLeast(result, 1) },
        };
        var size = CommonOptions.Count("--subset-size", "Samples in each subset of KID, at most.", 1000, least: 2);

        return new LeoCommand("kvd", "Kernel distance of two sets of features: unbiased squared MMD with a cubic polynomial kernel.",
            "leo metric kvd --features real.safetensors fake.safetensors --protocol digan",
            "leo metric kvd --features real.safetensors fake.safetensors --subsets 100 --subset-size 1000 --json")
        .With(features, options.Protocol, subsets, size, options.Samples, options.Trials, options.Seed)
        .Does(parsed =>
        {
            var protocol = options.ReadProtocol(parsed);
            var (a, b) = Open(shell, parsed, features, protocol);
            using (a)
            using (b)
            {
                MetricValue value;
                if (parsed.GetValue(subsets) is { } many)
                {
                    double kid = KernelDistance.OverSubsets(a.RequireFeatures(), b.RequireFeatures(), many, parsed.GetValue(size), parsed.GetValue(options.Seed), a.Path, b.Path);
                    value = new MetricValue(kid, 0, 1, a.Count, b.Count);
                    Report(shell, parsed, "KID", protocol, FormattableString.Invariant($"x1000, mean over {many} subsets of at most {parsed.GetValue(size)}"), a, value, MetricCaution.OfKernel(protocol, value));
                }
                else
                {
                    value = options.ReadTrials(parsed, protocol).Run(a.RequireFeatures(), b.RequireFeatures(), (x, y) => KernelDistance.Between(x, y, a.Path, b.Path));
                    Report(shell, parsed, "KVD", protocol, "unbiased cubic polynomial MMD", a, value, MetricCaution.OfKernel(protocol, value));
                }
            }
            return ExitCode.Success;
        });
    }

    private static Option<string[]> Features() => new("--features")
    {
        Description = "Two files with a tensor 'features' [N, D]; for fvd also files of statistics.",
        HelpName = "A B",
        Required = true,
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private static MetricValue FrechetOf(FeatureFile a, FeatureFile b, FrechetForm form, MetricTrials trials)
    {
        if (a.Features is { } x && b.Features is { } y)
            return trials.Run(x, y, (u, v) => FrechetDistance.Between(u, v, form, a.Path, b.Path));
        using FeatureStatistics ofA = a.ToStatistics(), ofB = b.ToStatistics();
        return new MetricValue(FrechetDistance.Between(ofA, ofB, form, a.Path, b.Path), 0, 1, ofA.Count, ofB.Count);
    }

    private static (FeatureFile A, FeatureFile B) Open(Shell shell, ParseResult parsed, Option<string[]> features, MetricProtocol protocol)
    {
        string[] paths = parsed.GetRequiredValue(features);
        var a = FeatureFile.Open(paths[0]);
        try
        {
            var b = FeatureFile.Open(paths[1]);
            if (FeatureMetadata.Difference(a.Metadata, b.Metadata) is { } difference)
            {
                b.Dispose();
                throw new MetricException(paths[1], $"was made otherwise than {paths[0]}: {difference}", "Make both sets alike");
            }
            if (a.Metadata.TryGetValue(FeatureMetadata.Protocol, out string? made) && made != protocol.Name)
                shell.Say($"note: the features were made by protocol {made}; only the distance is {protocol.Name}'s");
            return (a, b);
        }
        catch
        {
            a.Dispose();
            throw;
        }
    }

    private static void Report(Shell shell, ParseResult parsed, string metric, MetricProtocol protocol, string form, FeatureFile a, MetricValue value, string? caution)
    {
        string name = MetricName.Of(metric, a.Extractor);
        string spread = value.Trials > 1 ? string.Create(CultureInfo.InvariantCulture, $" ± {value.Deviation:0.####} over {value.Trials} trials") : "";
        shell.Print(string.Create(CultureInfo.InvariantCulture, $"{name} {value.Value:0.######}{spread}  ({protocol.Name}: {form}; {value.SamplesA} and {value.SamplesB} samples)"));
        if (caution is not null)
            shell.Print($"caution: {caution}");
        if (CommonOptions.WantsJson(parsed))
        {
            shell.PrintJson(new
            {
                value.Value,
                Name = name,
                value.Deviation,
                value.Trials,
                value.SamplesA,
                value.SamplesB,
                Protocol = protocol.Name,
                Form = form,
                a.Extractor,
                Caution = caution,
                Preprocessing = a.Metadata.GetValueOrDefault(FeatureMetadata.Protocol),
            });
        }
    }
}
