using Leo.Lab.Display;
using Leo.Lab.Media;

namespace Leo.Lab.Experiments;

/// <summary>What there is to look at for one kind of video; everything is pixels or numbers by now.</summary>
public sealed class SubjectExhibits
{
    /// <summary>Held-out videos rebuilt: source, driving, generated, flow and mask side by side.</summary>
    public List<(Video Video, string Caption)> Reconstructions { get; } = [];

    /// <summary>Motion put on other people: source, driver, generated side by side.</summary>
    public List<(Video Video, string Caption)> Transfers { get; } = [];

    /// <summary>Conditional samples.</summary>
    public List<(Video Video, string Caption)> Samples { get; } = [];

    /// <summary>Samples whose first pose is drawn from p(α) as well.</summary>
    public List<(Video Video, string Caption)> FreeSamples { get; } = [];

    /// <summary>People who do not exist: picture, pose and motion are drawn.</summary>
    public List<(Video Video, string Caption)> Nobody { get; } = [];

    /// <summary>The long sample.</summary>
    public Video? Long { get; set; }

    /// <summary>The long sample with transitions.</summary>
    public Video? LongWithTransitions { get; set; }

    /// <summary>Motion codes over time.</summary>
    public List<(Figure Chart, string Caption)> Trajectories { get; } = [];
}
