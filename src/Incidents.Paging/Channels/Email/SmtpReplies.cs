using Incidents.Paging.Model;

namespace Incidents.Paging.Channels.Email;

/// <summary>What a server's answer means for an attempt. Pure. (RFC 5321 §4.2, RFC 3463, RFC 4954.)</summary>
internal static class SmtpReplies
{
    /// <summary>Null: it took the message.</summary>
    public static Answer? Refusal(SmtpReply reply) => reply switch
    {
        { IsGood: true, Stage: SmtpStage.Message } => null,
        // Credentials, a sender that is not ours to use, a server that wants TLS: mended by people while pages wait, as with every vendor.
        { Stage: SmtpStage.SignIn or SmtpStage.Sender or SmtpStage.Tls or SmtpStage.Hello, Code: >= 500 } => new Answer.Deferred(Reason.Unauthorized, null),
        { Code: 530 or 534 or 535 or 538 } => new Answer.Deferred(Reason.Unauthorized, null),
        { Stage: SmtpStage.Greeting, Code: >= 500 } => new Answer.Deferred(Reason.Unauthorized, null),
        { Code: >= 500 } => new Answer.Rejected(ForGood(reply), Permanent: true),
        { Code: 421 } => new Answer.Deferred(Reason.VendorError, null),
        { Code: >= 400, Enhanced: "4.7.28" or "4.2.1" } => new Answer.Deferred(Reason.RateLimited, null),
        { Stage: SmtpStage.Recipient or SmtpStage.Data or SmtpStage.Message or SmtpStage.Sender, Code: >= 400 } => new Answer.Deferred(Reason.TryLater, null),
        _ => new Answer.Deferred(Reason.VendorError, null),
    };

    private static Reason ForGood(SmtpReply reply)
    {
        var subject = reply.Enhanced is { } status ? string.Join('.', status.Split('.')[1..]) : "";
        return subject switch
        {
            "1.1" or "1.2" or "1.3" or "1.6" or "1.10" or "2.1" or "6.7" => Reason.InvalidAddress,
            "2.2" or "2.3" or "3.4" => Reason.Undeliverable,
            _ when subject.StartsWith("7.", StringComparison.Ordinal) => Reason.NotPermitted,
            _ => reply.Stage != SmtpStage.Recipient ? Reason.Rejected : reply.Code switch
            {
                550 or 551 or 553 or 556 or 521 => Reason.InvalidAddress,
                552 => Reason.Undeliverable,
                _ => Reason.Rejected,
            },
        };
    }
}
