using System.Text;
using TorchSharp;

namespace Leo.Lab;

/// <summary>Derives one independent random stream for each purpose from a run's single seed.</summary>
/// <remarks>
/// The purpose is hashed with FNV-1a (64 bits) and mixed with the seed by SplitMix64's finaliser (Steele et al. 2014),
/// so that neighbouring seeds and similar names give unrelated streams. The values are part of the file format of a
/// run: a change here changes every result.
/// </remarks>
public static class Seeds
{
    /// <summary>A non-negative 63-bit seed for <paramref name="purpose"/> under the run's <paramref name="seed"/>.</summary>
    public static long Derive(long seed, string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        ulong hash = 0xcbf29ce484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(purpose))
        {
            hash = (hash ^ b) * 0x100000001b3;
        }
        return (long)(Mix(Mix(unchecked((ulong)seed)) ^ hash) >> 1);
    }

    /// <summary>A new CPU generator for <paramref name="purpose"/>; the caller owns and disposes it.</summary>
    public static torch.Generator Generator(long seed, string purpose) => new((ulong)Derive(seed, purpose));

    private static ulong Mix(ulong z)
    {
        z += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
