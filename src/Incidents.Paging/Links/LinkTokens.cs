using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Incidents.Paging.Links;

/// <summary>What a link lets its holder do: act on one incident as one person, until an instant (exclusive).</summary>
internal sealed record LinkGrant(long Number, string Person, Instant ExpiresAt);

/// <summary>
/// Makes and reads the tokens of links in messages: incident number, person and expiry, signed with HMAC-SHA256 (128 bits kept).
/// The same page always gets the same token, so that a repeated message is the same message.
/// </summary>
internal sealed class LinkTokens(LinkKey key)
{
    public static readonly Duration Lifetime = Duration.FromHours(24);

    private const byte Version = 1;
    private const int Head = 1 + 6 + 4;
    private const int Mac = 16;

    /// <summary>A token that holds for 24 h from <paramref name="from"/>.</summary>
    public string Issue(long number, string person, Instant from)
    {
        var name = Encoding.UTF8.GetBytes(person);
        var token = new byte[Head + name.Length + Mac];
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(wide, number);
        token[0] = Version;
        wide[2..].CopyTo(token.AsSpan(1));
        BinaryPrimitives.WriteUInt32BigEndian(token.AsSpan(7), (uint)(from + Lifetime).ToUnixTimeSeconds());
        name.CopyTo(token, Head);
        Sign(token.AsSpan(0, Head + name.Length)).CopyTo(token.AsSpan(Head + name.Length));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>What a token grants, whether it has expired or not; null: we never made it.</summary>
    public LinkGrant? Read(string token)
    {
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
            return null;
        }
        if (bytes.Length <= Head + Mac || bytes[0] != Version)
            return null;
        var signed = bytes.AsSpan(0, bytes.Length - Mac);
        if (!CryptographicOperations.FixedTimeEquals(Sign(signed), bytes.AsSpan(bytes.Length - Mac)))
            return null;
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        bytes.AsSpan(1, 6).CopyTo(wide[2..]);
        return new LinkGrant(
            BinaryPrimitives.ReadInt64BigEndian(wide),
            Encoding.UTF8.GetString(signed[Head..]),
            Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(7))));
    }

    private byte[] Sign(ReadOnlySpan<byte> text) => HMACSHA256.HashData(key.Value, text)[..Mac];
}
