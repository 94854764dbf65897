using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Incidents.Contracts.Seams;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Links;

/// <summary>The one thing that a link is for. The numbers are on the wire.</summary>
internal enum LinkPurpose : byte
{
    Acknowledge = 1,
    Resolve = 2,
    Escalate = 3,

    /// <summary>Acknowledges what one message to the person listed; the incident is the one that the message was made with.</summary>
    AcknowledgeAll = 4,
}

internal static class LinkPurposes
{
    public static IncidentVerb Verb(this LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Resolve => IncidentVerb.Resolve,
        LinkPurpose.Escalate => IncidentVerb.Escalate,
        _ => IncidentVerb.Acknowledge,
    };
}

/// <summary>What a link lets its holder do: one thing to one incident as one person, until an instant (exclusive).</summary>
internal sealed record LinkGrant(long Number, string Person, LinkPurpose Purpose, Instant ExpiresAt);

/// <summary>
/// Makes and reads the tokens of links in messages: purpose, incident number, person and expiry, signed with HMAC-SHA256 (128 bits kept).
/// The same page always gets the same token, so that a repeated message is the same message.
/// </summary>
internal sealed class LinkTokens(LinkKey key, IOptions<PagingAddresses> options)
{
    private const byte Version = 2;
    private const int Head = 1 + 1 + 6 + 4;
    private const int Mac = 16;

    /// <summary>Before links had a purpose they let their holder do everything; what of them is still under way acknowledges.</summary>
    private const byte WithoutPurpose = 1;

    /// <summary>How long a link holds from its page on.</summary>
    public Duration Lifetime { get; } = Duration.FromTimeSpan(options.Value.Lifetime);

    /// <summary>A token that holds for <see cref="Lifetime"/> from <paramref name="from"/>.</summary>
    public string Issue(long number, string person, Instant from, LinkPurpose purpose = LinkPurpose.Acknowledge)
    {
        var name = Encoding.UTF8.GetBytes(person);
        var token = new byte[Head + name.Length + Mac];
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(wide, number);
        token[0] = Version;
        token[1] = (byte)purpose;
        wide[2..].CopyTo(token.AsSpan(2));
        BinaryPrimitives.WriteUInt32BigEndian(token.AsSpan(8), (uint)(from + Lifetime).ToUnixTimeSeconds());
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
        if (bytes.Length == 0 || bytes[0] is not (Version or WithoutPurpose))
            return null;
        var at = bytes[0] == WithoutPurpose ? 1 : 2;
        if (bytes.Length <= at + 10 + Mac)
            return null;
        var signed = bytes.AsSpan(0, bytes.Length - Mac);
        if (!CryptographicOperations.FixedTimeEquals(Sign(signed), bytes.AsSpan(bytes.Length - Mac)))
            return null;
        var purpose = bytes[0] == WithoutPurpose ? LinkPurpose.Acknowledge : (LinkPurpose)bytes[1];
        if (!Enum.IsDefined(purpose))
            return null;
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        bytes.AsSpan(at, 6).CopyTo(wide[2..]);
        return new LinkGrant(
            BinaryPrimitives.ReadInt64BigEndian(wide),
            Encoding.UTF8.GetString(signed[(at + 10)..]),
            purpose,
            Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 6))));
    }

    private byte[] Sign(ReadOnlySpan<byte> text) => HMACSHA256.HashData(key.Value, text)[..Mac];
}
