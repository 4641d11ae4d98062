using Leo.Lab.Diffusion;

namespace Leo.Lab.Motion;

/// <summary>Shape of the simple diffusion model of single codes, p(α) (LEO §3.2). The paper says no more of it than that.</summary>
public sealed record StartCodeSettings
{
    /// <summary>Dimension of a motion code.</summary>
    /// <value>20, the paper's.</value>
    public int Dim { get; init; } = 20;

    /// <summary>Width of the residual network; even.</summary>
    /// <value>128</value>
    public int Width { get; init; } = 128;

    /// <summary>Residual blocks.</summary>
    /// <value>3</value>
    public int Blocks { get; init; } = 3;

    /// <summary>The diffusion process.</summary>
    public DiffusionSettings Diffusion { get; init; } = new();

    /// <summary>0.24 M weights: a minute on one core.</summary>
    public static StartCodeSettings Tiny => new();

    /// <summary>Twice the width.</summary>
    public static StartCodeSettings Small => new() { Width = 256, Blocks = 4 };

    /// <summary>512 wide, six blocks; our choice, for the paper names no widths.</summary>
    public static StartCodeSettings Paper => new() { Width = 512, Blocks = 6 };

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        var faults = new SettingsFaults().AtLeast(Dim, 1).AtLeast(Blocks, 1)
            .Require(Width >= 2 && Width % 2 == 0, nameof(Width), "even and at least 2", $"{Width}");
        Diffusion.Check(faults).Throw("start-code settings");
    }
}
