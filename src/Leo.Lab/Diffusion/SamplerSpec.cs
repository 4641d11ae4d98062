using System.Globalization;

namespace Leo.Lab.Diffusion;

/// <summary>How to sample, as written on the command line: <c>ddpm</c>, <c>ddpm:250</c>, <c>ddim:50</c>, <c>ddim:50:0.5</c>.</summary>
/// <param name="Kind">The family.</param>
/// <param name="Steps">Steps to use; null uses all that the model was trained with.</param>
/// <param name="Eta">DDIM's η in [0, 1].</param>
public sealed record SamplerSpec(SamplerKind Kind, int? Steps = null, double Eta = 0)
{
    /// <summary>All steps, ancestral: what the paper's models are trained for.</summary>
    public static SamplerSpec Ddpm { get; } = new(SamplerKind.Ddpm);

    /// <summary>DDIM with 50 steps, η = 0: twenty times faster and nearly as good.</summary>
    public static SamplerSpec Ddim50 { get; } = new(SamplerKind.Ddim, 50);

    /// <summary>Reads <c>ddpm[:steps]</c> or <c>ddim[:steps[:eta]]</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="LeoException">The text is none of these.</exception>
    public static SamplerSpec Parse(string text)
    {
        var parts = text.Trim().ToLowerInvariant().Split(':');
        var steps = (int?)null;
        var eta = 0.0;
        var good = parts[0] is "ddpm" or "ddim" && parts.Length <= (parts[0] == "ddim" ? 3 : 2);
        if (good && parts.Length > 1)
        {
            good = int.TryParse(parts[1], CultureInfo.InvariantCulture, out var n) && n > 0;
            steps = n;
        }

        if (good && parts.Length > 2)
        {
            good = double.TryParse(parts[2], CultureInfo.InvariantCulture, out eta) && eta is >= 0 and <= 1;
        }

        return good
            ? new SamplerSpec(parts[0] == "ddpm" ? SamplerKind.Ddpm : SamplerKind.Ddim, steps, eta)
            : throw new LeoException($"sampler \"{text}\"", "not known", "Write ddpm, ddpm:STEPS, ddim:STEPS or ddim:STEPS:ETA with ETA in 0 … 1");
    }

    /// <summary>The sampler for a process.</summary>
    /// <param name="diffusion">The process that the model was trained with.</param>
    /// <exception cref="LeoException">The process cannot be divided into so many steps.</exception>
    public DiffusionSampler Build(GaussianDiffusion diffusion)
    {
        var trained = diffusion.Schedule.Steps;
        if (Steps is { } wanted && wanted != trained)
        {
            try
            {
                // DDIM's own striding where it exists, evenly spaced steps where no integer stride fits.
                var strided = Kind == SamplerKind.Ddim && Enumerable.Range(1, trained).Any(s => (trained + s - 1) / s == wanted);
                diffusion = diffusion.Respaced(Respacing.Timesteps(trained, strided ? $"ddim{wanted}" : $"{wanted}"));
            }
            catch (ArgumentException)
            {
                throw new LeoException($"sampler {this}", $"the model has {trained} steps", $"Ask for 1 … {trained} steps");
            }
        }

        return Kind == SamplerKind.Ddpm ? new DdpmSampler(diffusion) : new DdimSampler(diffusion, Eta);
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var name = Kind == SamplerKind.Ddpm ? "ddpm" : "ddim";
        return (Steps, Eta) switch
        {
            (null, _) => name,
            ({ } n, 0) => $"{name}:{n}",
            ({ } n, var eta) => string.Create(CultureInfo.InvariantCulture, $"{name}:{n}:{eta}"),
        };
    }
}
