using Leo.Lab.Diffusion;

namespace Leo.Lab.Motion;

/// <summary>Shape of the Transition DM (LEO §6), of which the paper gives no numbers: those of the motion model are taken over.</summary>
public sealed record TransitionSettings
{
    /// <summary>Codes in a transition, both ends included.</summary>
    /// <value>64, as the motion model's sequences.</value>
    public int Length { get; init; } = 64;

    /// <summary>Dimension of a motion code.</summary>
    /// <value>20, the paper's.</value>
    public int Dim { get; init; } = 20;

    /// <summary>The diffusion process.</summary>
    public DiffusionSettings Diffusion { get; init; } = new();

    /// <summary>The network's widths.</summary>
    public UNetSettings Network { get; init; } = new();

    /// <summary>As <see cref="MotionSettings.Tiny"/>.</summary>
    public static TransitionSettings Tiny => Like(MotionSettings.Tiny);

    /// <summary>As <see cref="MotionSettings.Small"/>.</summary>
    public static TransitionSettings Small => Like(MotionSettings.Small);

    /// <summary>As <see cref="MotionSettings.Paper"/>.</summary>
    public static TransitionSettings Paper => Like(MotionSettings.Paper);

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate()
    {
        var faults = new SettingsFaults().AtLeast(Length, 3).AtLeast(Dim, 1);
        Network.Check(Diffusion.Check(faults));
        if (Network.ChannelMult.Count is > 0 and < 31)
        {
            faults.Require(Length % Network.LengthMultiple() == 0, nameof(Length), $"a multiple of {Network.LengthMultiple()}, for the network halves it {Network.ChannelMult.Count - 1} times", $"{Length}");
        }

        faults.Throw("transition settings");
    }

    private static TransitionSettings Like(MotionSettings motion) => new() { Length = motion.Length, Dim = motion.Dim, Diffusion = motion.Diffusion, Network = motion.Network };
}
