using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Incidents.Paging.Channels.Email;

/// <summary>Who writes, by the settings.</summary>
internal sealed record MailSender(MailAddress From, MailAddress? ReplyTo)
{
    /// <summary>Names our messages and our list; the sender's domain, which we may speak for.</summary>
    public string Domain => From.Host.ToLowerInvariant();
}

/// <summary>A whole message as it goes over the wire: header and two parts of the same content, in CRLF lines of at most 998 bytes.</summary>
internal static class MailDocument
{
    /// <summary>The same for every copy of one attempt: a mail system that gets it twice after a crash can drop the second.</summary>
    public static string MessageId(Guid attempt, string domain) => $"{attempt:N}@{domain}";

    /// <summary>What all mails of an incident answer to; no mail has this id itself, so that it does not matter which one comes first.</summary>
    public static string ThreadId(Guid incident, string domain) => $"incident-{incident:N}@{domain}";

    public static byte[] Write(Dispatch dispatch, MailContent content, MailSender sender, string? name, string address, Instant now)
    {
        var id = MessageId(dispatch.Attempt, sender.Domain);
        var isPage = dispatch.Text is null;
        var ofIncident = dispatch.Number > 0 && dispatch.Bundle is not { Pages.Count: > 1 };
        var header = new StringBuilder();
        header.Append(MailText.Field("Date", MailText.Date(now.ToDateTimeOffset())));
        header.Append(MailText.Mailbox("From", sender.From.DisplayName, sender.From.Address));
        if (sender.ReplyTo is { } reply)
            header.Append(MailText.Mailbox("Reply-To", reply.DisplayName, reply.Address));
        header.Append(MailText.Mailbox("To", name, address));
        header.Append(MailText.Field("Subject", content.Subject));
        header.Append(MailText.Field("Message-ID", $"<{id}>"));
        if (ofIncident)
        {
            var thread = $"<{ThreadId(dispatch.Incident, sender.Domain)}>";
            header.Append(MailText.Field("In-Reply-To", thread));
            header.Append(MailText.Field("References", thread));
        }
        // Robots do not answer robots (RFC 3834), and people can sort by list (RFC 2919).
        header.Append(MailText.Field("Auto-Submitted", "auto-generated"));
        header.Append(MailText.Field("X-Auto-Response-Suppress", "All"));
        header.Append(MailText.Field("List-Id", $"Incidents <incidents.{sender.Domain}>"));
        if (isPage)
        {
            header.Append(MailText.Field("Importance", "high"));
            header.Append(MailText.Field("X-Priority", "1"));
        }
        if (ofIncident)
        {
            header.Append(MailText.Field("X-Incidents-Number", dispatch.Number.ToString(CultureInfo.InvariantCulture)));
            header.Append(MailText.Field("X-Incidents-Service", dispatch.Service));
            header.Append(MailText.Field("X-Incidents-Severity", dispatch.Severity));
        }
        header.Append("MIME-Version: 1.0\r\n");
        // Follows from the attempt, as the whole message does; quoted-printable never holds "=_".
        var boundary = "=_" + Convert.ToHexStringLower(SHA256.HashData(dispatch.Attempt.ToByteArray()))[..32];
        header.Append($"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}\"\r\n\r\n");
        Part(header, boundary, "text/plain", PageMail.Text(content));
        Part(header, boundary, "text/html", MailHtml.Of(content));
        header.Append("--").Append(boundary).Append("--\r\n");
        return Encoding.UTF8.GetBytes(header.ToString());
    }

    private static void Part(StringBuilder message, string boundary, string type, string text) => message
        .Append("--").Append(boundary).Append("\r\n")
        .Append("Content-Type: ").Append(type).Append("; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
        .Append(MailText.QuotedPrintable(text));
}
