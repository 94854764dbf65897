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

    /// <summary>Parts that the text takes on the air: 160 characters alone, else 153 each; 70 and 67 when outside the GSM alphabet.</summary>
    public int Segments
    {
        get
        {
            var (alone, part) = Body.All(c => c < 128) ? (160, 153) : (70, 67);
            return Body.Length <= alone ? 1 : (Body.Length + part - 1) / part;
        }
    }
}
