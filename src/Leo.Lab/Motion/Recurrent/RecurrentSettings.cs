namespace Leo.Lab.Motion.Recurrent;

/// <summary>Shape of the recurrent prior.</summary>
public sealed record RecurrentSettings
{
    /// <summary>Dimension of a motion code.</summary>
    /// <value>20</value>
    public int Dim { get; init; } = 20;

    /// <summary>Codes in a training sequence; sampling may go on for as long as wanted.</summary>
    /// <value>64, as the motion model's.</value>
    public int Length { get; init; } = 64;

    /// <summary>Width of the hidden state.</summary>
    /// <value>128</value>
    public int Width { get; init; } = 128;

    /// <summary>Root mean square of the step between neighbouring frames, in units of the codes' deviation; set from the training data.</summary>
    /// <value>1</value>
    public double StepScale { get; init; } = 1;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate() => new SettingsFaults().AtLeast(Dim, 1).AtLeast(Length, 3).AtLeast(Width, 1).Above(StepScale, 0).Throw("recurrent settings");
}
