namespace Leo.Lab.Data.Puppets;

/// <summary>
/// Motion without a pattern: every degree of freedom goes its own slow way. In a pattern the joints move together, and
/// an animator that has seen only patterns reads an arm from what usually goes with it; improvised videos to train on
/// make it look at the arm.
/// </summary>
public static class BodyImprovisation
{
    /// <summary>The name that takes the pattern's place in <see cref="PuppetTruth.Pattern"/>.</summary>
    public const string Name = "improvised";

    /// <summary>One performance; every degree of freedom stays within what the patterns use.</summary>
    /// <param name="seed">Which performance.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="framesPerSecond">Frames a second.</param>
    public static BodyPose[] Perform(long seed, int frames, double framesPerSecond = 25)
    {
        var r = new PuppetRandom(seed, "body improvisation");
        bool rightArmNearer = r.Next() < 0.5f;
        SlowNoise[] ways = new SlowNoise[BodyPose.Names.Count];
        for (int i = 0; i < ways.Length; i++)
        {
            ways[i] = new SlowNoise(r, 0.08f, 0.45f);
        }

        var poses = new BodyPose[frames];
        for (int frame = 0; frame < frames; frame++)
        {
            float seconds = (float)(frame / framesPerSecond);
            float Way(int index, float centre, float swing) => centre + (swing * Math.Clamp(ways[index].At(seconds), -1.15f, 1.15f));
            poses[frame] = new BodyPose
            {
                X = Way(0, 0, 0.24f),
                Squat = Math.Clamp(Way(1, 0.4f, 0.4f), 0, 1),
                Lean = Way(2, 0, 0.16f),
                Head = Way(3, 0, 0.25f),
                ShoulderLeft = Way(4, 0.95f, 0.95f),
                ElbowLeft = Way(5, -0.2f, 0.75f),
                ShoulderRight = Way(6, 0.95f, 0.95f),
                ElbowRight = Way(7, -0.2f, 0.75f),
                Sway = Way(8, 0, 0.07f),
                Stance = Math.Clamp(Way(9, 0.4f, 0.35f), 0, 1),
                Step = Way(10, 0, 0.5f),
                RightArmNearer = rightArmNearer,
            };
        }

        return poses;
    }
}
