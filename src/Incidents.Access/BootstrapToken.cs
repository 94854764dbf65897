using System.Security.Cryptography;
using Incidents.Access.Keys;

namespace Incidents.Access;

/// <summary>
/// The admin key that needs no database: from the settings, or generated at the first start into the file <c>token</c> of the data directory,
/// readable by its owner only, and read from there at every later start.
/// </summary>
public sealed class BootstrapToken
{
    private readonly byte[] hash;

    private BootstrapToken(string value, string? file)
    {
        Value = value;
        File = file;
        hash = KeySecret.Hash(value);
    }

    /// <summary>Secret; to be printed where the operator starts the server by hand, never logged.</summary>
    public string Value { get; }

    /// <summary>Where a generated token is kept; null when it comes from the settings.</summary>
    public string? File { get; }

    /// <summary>Compares in a time that tells nothing about where they differ.</summary>
    internal bool Is(byte[] keyHash) => CryptographicOperations.FixedTimeEquals(hash, keyHash);

    internal static BootstrapToken Obtain(AccessOptions options, string dataDirectory)
    {
        if (!string.IsNullOrEmpty(options.BootstrapToken))
            return new BootstrapToken(options.BootstrapToken, file: null);

        var file = Path.Combine(dataDirectory, "token");
        return new BootstrapToken(KeptFile.Obtain(file)!, file);
    }
}
