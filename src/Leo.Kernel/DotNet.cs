namespace Leo.Kernel;

/// <summary>Where the .NET host is.</summary>
internal static class DotNet
{
    /// <summary>The <c>dotnet</c> that runs this process, or the one on the PATH.</summary>
    public static string Program
    {
        get
        {
            if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host)) return host;
            string? self = Environment.ProcessPath;
            return Path.GetFileNameWithoutExtension(self) == "dotnet" ? self! : "dotnet";
        }
    }
}
