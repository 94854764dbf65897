using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Incidents.Access.Keys;

/// <summary>Secrets of keys and sessions: 256 random bits. Only their SHA-256 is stored; with so much entropy a slow hash adds nothing.</summary>
internal static class KeySecret
{
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>The prefix lets secret scanners and people recognise a key.</summary>
    public static string New(string prefix = "inc_") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
