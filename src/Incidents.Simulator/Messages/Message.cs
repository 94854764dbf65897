namespace Incidents.Simulator.Messages;

/// <summary>States of a text that the client sent. A text from a phone is received.</summary>
internal enum MessageStatus
{
    Queued,
    Sent,
    Delivered,
    Undelivered,
    Received,
}

/// <summary>One text, in either direction.</summary>
internal sealed class Message(string sid, string from, string to, string body, string direction, DateTimeOffset createdAt)
{
    public string Sid { get; } = sid;
    public string From { get; } = from;
    public string To { get; } = to;
    public string Body { get; } = body;

    /// <summary>The vendor's word: <c>outbound-api</c>, <c>outbound-reply</c> or <c>inbound</c>.</summary>
    public string Direction { get; } = direction;

    /// <summary>When the vendor API read the request, or the phone sent the text.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public Uri? StatusCallback { get; init; }

    /// <summary>Sent by a phone, to the client.</summary>
    public bool Inbound => string.Equals(Direction, "inbound", StringComparison.Ordinal);

    public MessageStatus Status { get; set; }
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public int? ErrorCode { get; set; }

    /// <summary>The vendor's spelling of the state.</summary>
    public string WireStatus => Status.ToString().ToLowerInvariant();

    /// <summary>Parts that the text takes on the air: 160 septets of the GSM alphabet alone, else 153 each; 70 and 67 characters outside it (3GPP TS 23.038).</summary>
    public int Segments
    {
        get
        {
            var gsm = Body.All(c => Basic.Contains(c, StringComparison.Ordinal) || Extended.Contains(c, StringComparison.Ordinal));
            var (alone, part) = gsm ? (160, 153) : (70, 67);
            var length = gsm ? Body.Length + Body.Count(c => Extended.Contains(c, StringComparison.Ordinal)) : Body.Length;
            return length <= alone ? 1 : (length + part - 1) / part;
        }
    }

    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>These take two septets.</summary>
    private const string Extended = "^{}\\[~]|€\f";
}
