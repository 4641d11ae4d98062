using System.Security.Cryptography;

namespace Leo.Lab.Data.Fetching;

/// <summary>One version of an npm package, pinned by its content.</summary>
/// <param name="Name">Name in the registry.</param>
/// <param name="Version">Exact version.</param>
/// <param name="Integrity"><c>sha512-</c> and the Base64 of the archive's SHA-512, as registries publish it.</param>
/// <param name="Licence">Licence that the package declares.</param>
public sealed record PackageReference(string Name, string Version, string Integrity, string Licence)
{
    /// <summary>The archive's usual file name; of <c>@scope/name</c> it is <c>scope-name-version.tgz</c>.</summary>
    public string FileName => $"{Name.TrimStart('@').Replace('/', '-')}-{Version}.tgz";

    /// <summary>Whether an archive is this one.</summary>
    public bool Matches(byte[] archive) => "sha512-" + Convert.ToBase64String(SHA512.HashData(archive)) == Integrity;
}
