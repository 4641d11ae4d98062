using System.Security.Cryptography;
using System.Text;

namespace Leo.Lab.Experiments.Study;

/// <summary>
/// The study's chance: SHA-256 of the seed, the content of all clips, and a purpose. Who has only the page, and so not the original clips,
/// cannot repeat a draw, not even knowing the seed; the same clips and seed give the same study.
/// </summary>
internal sealed class StudyDraw
{
    private readonly byte[] root;

    /// <param name="seed">The seed.</param>
    /// <param name="digests">SHA-256 of each clip, in a fixed order.</param>
    public StudyDraw(long seed, IEnumerable<byte[]> digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"leo-study {seed}\n")));
        foreach (byte[] digest in digests)
            hash.AppendData(digest);
        root = hash.GetHashAndReset();
    }

    /// <summary>A name that tells nothing: 16 hexadecimal digits.</summary>
    public string Name(string purpose) => Hash(purpose)[..16];

    /// <summary>64 hexadecimal digits.</summary>
    public string Hash(string purpose) => Convert.ToHexStringLower(HMACSHA256.HashData(root, Encoding.UTF8.GetBytes(purpose)));

    /// <summary>0 … <paramref name="count"/> − 1 in an order that depends on the purpose alone.</summary>
    public int[] Order(int count, string purpose) =>
        [.. Enumerable.Range(0, count).OrderBy(i => Hash(FormattableString.Invariant($"{purpose} #{i}")), StringComparer.Ordinal)];

    /// <summary>Half of them true, drawn; of an odd number, which half is larger is drawn too.</summary>
    public bool[] Halves(int count, string purpose)
    {
        var (order, halves) = (Order(count, purpose), new bool[count]);
        int odd = Hash(purpose)[0] & 1;
        for (int i = 0; i < count; i++)
            halves[order[i]] = (i + odd) % 2 == 0;
        return halves;
    }
}
