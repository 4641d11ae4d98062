namespace Leo.Lab.Data.Fetching;

/// <summary>Weights that find, align and recognise faces, from the npm package face-api (MIT): 13 MB.</summary>
public static class FaceNetFiles
{
    /// <summary>The package.</summary>
    public static PackageReference Package { get; } = new(
        "@vladmandic/face-api", "1.7.15", "sha512-WDMmK3CfNLo8jylWqMoQgf4nIst3M0fzx1dnac96wv/dvMTN4DxC/Pq1DGtduDk1lktCamQ3MIDXFnvrdHTXDw==", "MIT");

    private static readonly string[] Networks = ["tiny_face_detector_model", "ssd_mobilenetv1_model", "face_landmark_68_model", "face_recognition_model"];

    /// <summary>Names in the package and in the folder.</summary>
    internal static IReadOnlyDictionary<string, string> Files { get; } = Networks
        .SelectMany(n => new[] { $"{n}-weights_manifest.json", $"{n}.bin" }).ToDictionary(f => "package/model/" + f, f => f)
        .Append(new("package/LICENSE", "LICENSE.face-api.txt")).ToDictionary(f => f.Key, f => f.Value); // MIT asks that its text goes along

    /// <summary>Whether a folder has all files; their content is looked at when they are loaded.</summary>
    public static bool AreIn(string folder) => Files.Values.All(f => File.Exists(Path.Combine(folder, f)));

    /// <summary>Gets the package and takes the weights out of it.</summary>
    /// <param name="target">The folder to fill.</param>
    /// <param name="npm">Who is asked.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="FetchException">The package cannot be had.</exception>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public static void Fetch(string target, NpmClient npm, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(npm);
        Unpack(npm.Download(Package, cancellation), target);
    }

    /// <summary>Takes the weights out of a package that was downloaded otherwise.</summary>
    /// <param name="archive">The package's <c>.tgz</c>.</param>
    /// <param name="target">The folder to fill.</param>
    /// <exception cref="FetchException">It is another file.</exception>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public static void Prepare(string archive, string target)
    {
        byte[] bytes = File.ReadAllBytes(archive);
        if (!Package.Matches(bytes))
            throw new FetchException(archive, $"is not {Package.FileName}: its SHA-512 differs", $"Get it with: npm pack {Package.Name}@{Package.Version}");
        Unpack(bytes, target);
    }

    internal static void Unpack(byte[] archive, string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        PackageArchive.Extract(archive, Package.FileName, Files.ToDictionary(f => f.Key, f => Path.Combine(target, f.Value)));
    }
}
