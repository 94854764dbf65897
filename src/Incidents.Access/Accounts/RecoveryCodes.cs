using System.Security.Cryptography;
using System.Text;

namespace Incidents.Access.Accounts;

/// <summary>Ten codes of 80 random bits for the day when the authenticator app is lost; each works once. Only their hashes are kept.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;
    private const int Bytes = 10;

    /// <summary>The codes as they are shown, in groups of four, and as they are stored.</summary>
    public static (IReadOnlyList<string> Codes, string Stored) New()
    {
        var codes = Enumerable.Range(0, Count).Select(_ => Totp.Base32(RandomNumberGenerator.GetBytes(Bytes)).ToLowerInvariant()).ToArray();
        return ([.. codes.Select(c => string.Join('-', c.Chunk(4).Select(part => new string(part))))], string.Join('\n', codes.Select(Hash)));
    }

    /// <summary>What is stored once the code is spent; null: it is none of them.</summary>
    public static string? Without(string stored, string code)
    {
        var plain = new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        var hashes = stored.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var left = hashes.Where(h => !string.Equals(h, Hash(plain), StringComparison.Ordinal)).ToArray();
        return left.Length < hashes.Length ? string.Join('\n', left) : null;
    }

    private static string Hash(string code) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(code)));
}
