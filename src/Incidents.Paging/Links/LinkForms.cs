using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using NodaTime;

namespace Incidents.Paging.Links;

/// <summary>What a form that comes back is worth.</summary>
internal enum FormState
{
    /// <summary>Ours, of this link, and the incident is still as it was shown.</summary>
    Good,

    /// <summary>Ours, and used or overtaken: the incident has changed since the page was shown.</summary>
    Stale,

    /// <summary>Not ours, of another link, or an hour old.</summary>
    Foreign,
}

/// <summary>
/// The hidden field of the page behind a link: only who was shown the page can post it. It names the link and the state of the incident that was shown,
/// so that a form that is posted again does nothing again (an escalation, say), and a scanner that posts blindly does nothing at all.
/// </summary>
internal sealed class LinkForms(LinkKey key, Clock clock)
{
    private static readonly Duration Lifetime = Duration.FromHours(1);
    private const int Head = 4 + 8;
    private const int Mac = 16;

    public string Issue(string token, LinkPurpose purpose, Situation situation) => Issue(token, Seen(purpose, situation));

    /// <summary>Of a list; it is stale once what it could do has changed.</summary>
    public string Issue(string token, IReadOnlyList<Situation> list) => Issue(token, Seen(list));

    private string Issue(string token, byte[] seen)
    {
        var form = new byte[Head + Mac];
        BinaryPrimitives.WriteUInt32BigEndian(form, (uint)clock.Now.ToUnixTimeSeconds());
        seen.CopyTo(form, 4);
        Sign(token, form.AsSpan(0, Head)).CopyTo(form, Head);
        return Base64Url.EncodeToString(form);
    }

    public FormState Check(string? form, string token, LinkPurpose purpose, Situation situation) => Check(form, token, Seen(purpose, situation));

    public FormState Check(string? form, string token, IReadOnlyList<Situation> list) => Check(form, token, Seen(list));

    private FormState Check(string? form, string token, byte[] seen)
    {
        Span<byte> bytes = stackalloc byte[Head + Mac + 2];
        if (string.IsNullOrEmpty(form) || form.Length > 60 || !Base64Url.IsValid(form) || !Base64Url.TryDecodeFromChars(form, bytes, out var length) || length != Head + Mac)
            return FormState.Foreign;
        if (!CryptographicOperations.FixedTimeEquals(Sign(token, bytes[..Head]), bytes[Head..length]))
            return FormState.Foreign;
        var age = clock.Now - Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes));
        if (age > Lifetime)
            return FormState.Foreign;
        return bytes[4..Head].SequenceEqual(seen) ? FormState.Good : FormState.Stale;
    }

    /// <summary>An escalation is stale as soon as anything moved on; the others once the incident stands otherwise.</summary>
    private static byte[] Seen(LinkPurpose purpose, Situation s)
        => SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{s.Number} {s.Status} {s.Episode} {(purpose == LinkPurpose.Escalate ? s.Step : 0)}")))[..8];

    private static byte[] Seen(IReadOnlyList<Situation> list)
        => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', list.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Number}/{s.Status}/{s.Episode}")))))[..8];

    private byte[] Sign(string token, ReadOnlySpan<byte> head) => HMACSHA256.HashData(key.Value, (byte[])[.. "form "u8, .. Encoding.UTF8.GetBytes(token), 0, .. head])[..Mac];
}
