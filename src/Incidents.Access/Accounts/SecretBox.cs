using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Access.Accounts;

/// <summary>A secret as it was read. <paramref name="Fresh"/>: it is stored as a new one would be; else whoever uses it writes it again.</summary>
internal readonly record struct Opened(string Secret, bool Fresh);

/// <summary>
/// The secrets of authenticator apps as they lie in the database: AES-256 in GCM, bound to the account, so that a sealed secret is of no use in another
/// row. The key is not beside them: <see cref="AccessOptions.SecretsKey"/>, else one made once, in the data directory (<c>secrets.key</c>, readable by the
/// owner only) or, where processes share a database server, in the database. What an earlier key sealed, or nobody, is still opened.
/// </summary>
internal sealed class SecretBox(IOptions<AccessOptions> options, AccessSurroundings surroundings, ILogger<SecretBox> logger)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int SecretBytes = 20;

    /// <summary>48 bytes in base64url; a secret that is not sealed has 32 characters of base32.</summary>
    private const int SealedLength = (NonceBytes + SecretBytes + TagBytes) * 4 / 3;

    /// <summary>The first one seals.</summary>
    private readonly Lazy<IReadOnlyList<byte[]>> keys = new(() => Keys(options.Value, surroundings));

    public string Seal(Guid account, string secret)
    {
        Span<byte> box = stackalloc byte[NonceBytes + SecretBytes + TagBytes];
        RandomNumberGenerator.Fill(box[..NonceBytes]);
        using var cipher = new AesGcm(keys.Value[0], TagBytes);
        cipher.Encrypt(box[..NonceBytes], Totp.FromBase32(secret), box.Slice(NonceBytes, SecretBytes), box[^TagBytes..], account.ToByteArray());
        return Base64Url.EncodeToString(box);
    }

    /// <summary>Null: no key of ours opens it; the account goes on with its recovery codes.</summary>
    public Opened? Open(Guid account, string stored)
    {
        if (stored.Length != SealedLength)
            return new Opened(stored, Fresh: false);
        Span<byte> box = stackalloc byte[NonceBytes + SecretBytes + TagBytes];
        if (Base64Url.DecodeFromChars(stored, box, out _, out var read) != OperationStatus.Done || read != box.Length)
            return Lost(account);
        Span<byte> secret = stackalloc byte[SecretBytes];
        for (var i = 0; i < keys.Value.Count; i++)
        {
            using var cipher = new AesGcm(keys.Value[i], TagBytes);
            try
            {
                cipher.Decrypt(box[..NonceBytes], box.Slice(NonceBytes, SecretBytes), box[^TagBytes..], secret, account.ToByteArray());
                return new Opened(Totp.Base32(secret), Fresh: i == 0);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Sealed with another key: the next one is tried.
            }
        }
        return Lost(account);
    }

    private Opened? Lost(Guid account)
    {
        Log.SecretNotOpened(logger, account);
        return null;
    }

    private static IReadOnlyList<byte[]> Keys(AccessOptions options, AccessSurroundings surroundings)
    {
        var given = new[] { options.SecretsKey, options.PreviousSecretsKey }.Where(k => !string.IsNullOrEmpty(k)).Select(k => Encoding.UTF8.GetBytes(k!)).ToList();
        // Without a setting the generated key seals; with one it still opens what it sealed before.
        if (surroundings.SharedKey is { Length: > 0 } shared)
            given.Add(Encoding.UTF8.GetBytes(shared));
        else if (KeptFile.Obtain(Path.Combine(surroundings.DataDirectory, "secrets.key"), make: given.Count == 0) is { } kept)
            given.Add(Encoding.UTF8.GetBytes(kept));
        return [.. given.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "incidents.accounts.totp.v1"u8.ToArray()))];
    }
}
