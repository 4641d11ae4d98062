namespace Leo.Lab.Data.Puppets;

/// <summary>What is true of a puppet video: who is in it and the pose in every frame. It stands beside the video as JSON.</summary>
public sealed record PuppetTruth
{
    /// <summary>The person's number; the same person has the same number in all of their videos.</summary>
    public required int Identity { get; init; }

    /// <summary><c>faces</c> or <c>bodies</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the <see cref="BodyPattern"/> or <see cref="FaceManner"/>.</summary>
    public required string Pattern { get; init; }

    /// <summary>Frames a second.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>The data set's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>All parameters of the person, if a body.</summary>
    public BodyIdentity? Body { get; init; }

    /// <summary>All parameters of the person, if a face.</summary>
    public FaceIdentity? Face { get; init; }

    /// <summary>
    /// Names of the pose variables: the degrees of freedom, then <c>joint.x</c>, <c>joint.y</c> for every joint or feature
    /// in image coordinates, −1 … 1 from edge to edge.
    /// </summary>
    public required string[] PoseNames { get; init; }

    /// <summary>The pose variables, <c>[T][P]</c>.</summary>
    public required float[][] Pose { get; init; }

    /// <summary>Reads the truth beside a video: the same name with <c>.json</c>.</summary>
    /// <param name="videoPath">The video.</param>
    /// <returns>Null if there is no such file: the video is not a puppet's.</returns>
    /// <exception cref="LeoException">The file is not a puppet's truth.</exception>
    public static PuppetTruth? ForVideo(string videoPath)
    {
        string path = PathFor(videoPath);
        if (!File.Exists(path))
            return null;
        var truth = Json.Read<PuppetTruth>(File.ReadAllText(path), path);
        return truth.Pose.All(p => p?.Length == truth.PoseNames.Length) ? truth
            : throw new DataException(path, $"a frame has not the {truth.PoseNames.Length} pose variables that it names", "Make the puppets anew, or delete the file");
    }

    /// <summary>Where the truth of a video stands.</summary>
    /// <param name="videoPath">The video.</param>
    public static string PathFor(string videoPath) => Path.ChangeExtension(videoPath, ".json");

    /// <summary>Writes it beside a video.</summary>
    /// <param name="videoPath">The video.</param>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void Save(string videoPath) => AtomicFile.WriteText(PathFor(videoPath), Json.WriteLine(this));
}
