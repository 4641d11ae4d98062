using System.Security.Cryptography;

namespace Leo.Lab.Checkpoints;

/// <summary>Names a file by its content.</summary>
internal static class WeightsHash
{
    /// <summary>The first twelve digits of its SHA-256: enough to tell files apart, short enough to print.</summary>
    internal static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream))[..12];
    }
}
