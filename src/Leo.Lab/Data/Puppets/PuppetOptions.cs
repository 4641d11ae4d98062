namespace Leo.Lab.Data.Puppets;

/// <summary>Which puppets to make.</summary>
public sealed record PuppetOptions
{
    /// <summary>Faces or bodies.</summary>
    /// <value>Faces.</value>
    public PuppetKind Kind { get; init; } = PuppetKind.Faces;

    /// <summary>People under <c>train/</c>.</summary>
    /// <value>160.</value>
    public int TrainIdentities { get; init; } = 160;

    /// <summary>Other people, under <c>test/</c>.</summary>
    /// <value>24.</value>
    public int TestIdentities { get; init; } = 24;

    /// <summary>Videos of each person, every one with another motion.</summary>
    /// <value>2.</value>
    public int VideosPerIdentity { get; init; } = 2;

    /// <summary>
    /// Further videos of each person under <c>train/</c>, of motion that follows no pattern: bodies move every joint on
    /// its own (<see cref="BodyImprovisation"/>), faces have another manner.
    /// </summary>
    /// <value>0.</value>
    public int ImprovisedVideos { get; init; }

    /// <summary>Videos in all.</summary>
    public int TotalVideos => ((TrainIdentities + TestIdentities) * VideosPerIdentity) + (TrainIdentities * ImprovisedVideos);

    /// <summary>Frames of each video.</summary>
    /// <value>128.</value>
    public int Frames { get; init; } = 128;

    /// <summary>Height and width in pixels, 32 … 256, even.</summary>
    /// <value>64.</value>
    public int Size { get; init; } = 64;

    /// <summary>Frames a second.</summary>
    /// <value>25.</value>
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>Everything is drawn from it: the same seed gives the same pixels.</summary>
    /// <value>0.</value>
    public long Seed { get; init; }

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="LeoException">Some do not fit; the message lists all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        void Check(bool fine, string fault)
        {
            if (!fine)
            {
                faults.Add(fault);
            }
        }

        Check(TrainIdentities >= 0 && TestIdentities >= 0 && TrainIdentities + TestIdentities > 0, "at least one identity is needed");
        Check(VideosPerIdentity >= 1, $"videosPerIdentity is {VideosPerIdentity}, wanted at least 1");
        Check(ImprovisedVideos >= 0, $"improvisedVideos is {ImprovisedVideos}, wanted at least 0");
        Check(Frames >= 1, $"frames is {Frames}, wanted at least 1");
        Check(Size is >= 32 and <= 256 && Size % 2 == 0, $"size is {Size}, wanted an even number from 32 to 256");
        Check(FramesPerSecond is > 0 and <= 240, $"framesPerSecond is {FramesPerSecond}, wanted above 0 and up to 240");
        if (faults.Count > 0)
        {
            throw new LeoException("puppet options", string.Join("; ", faults), "Correct these values");
        }
    }
}
