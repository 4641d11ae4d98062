using Leo.Lab.Training;

namespace Leo.Lab.Motion;

/// <summary>Everything that a training of the Transition DM depends on (LEO §6).</summary>
public sealed record TransitionRecipe : Recipe, IPresets<TransitionRecipe>
{
    /// <summary><see cref="Tiny"/>.</summary>
    public TransitionRecipe() => Training = MotionRecipe.TinyTraining;

    /// <summary>The model's shape.</summary>
    public TransitionSettings Transition { get; init; } = TransitionSettings.Tiny;

    /// <summary>Minutes on two cores.</summary>
    public static TransitionRecipe Tiny => new();

    /// <summary>An hour on one GPU.</summary>
    public static TransitionRecipe Small => new() { Transition = TransitionSettings.Small, Training = MotionRecipe.SmallTraining };

    /// <summary>The motion model's numbers; the paper gives none for this model.</summary>
    public static TransitionRecipe Paper => new() { Transition = TransitionSettings.Paper, Training = MotionRecipe.PaperTraining };

    internal override string ModelKey => "transition";

    /// <inheritdoc/>
    public override void Validate() => new SettingsFaults().Include(Transition.Validate).Include(Training.Validate).Throw("transition training settings");
}
