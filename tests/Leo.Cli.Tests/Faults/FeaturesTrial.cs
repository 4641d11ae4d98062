namespace Leo.Reliability;

/// <summary>A small run of <c>leo features</c> by the real program, to be disturbed and compared with itself left alone.</summary>
internal sealed class FeaturesTrial : IDisposable
{
    private readonly Lazy<byte[]> _undisturbed;

    public FeaturesTrial()
    {
        LeoProcess.Complete($"data puppets --kind faces --out {At("data")} --train 3 --test 1 --videos 1 --frames 6 --size 32");
        _undisturbed = new(() =>
        {
            LeoProcess.Complete(Line("whole"));
            return File.ReadAllBytes(At("whole"));
        });
    }

    /// <summary>Where all of it is; nothing else is.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("leo-trial-").FullName;

    /// <summary>The file of the run left alone.</summary>
    public byte[] Undisturbed => _undisturbed.Value;

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>Looks at the videos, or goes on, until it ends by itself or is disturbed.</summary>
    public (int Code, string Out, string Error) Look(string file, IReadOnlyDictionary<string, string>? environment = null) => LeoProcess.Run(Line(file), environment);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Line(string file) => $"features --extractor puppets:{At("data")} --videos {At("data")} --frames 4 --clips 2 --out {At(file)}";
}
