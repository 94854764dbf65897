namespace Incidents.Simulator.Calls;

/// <summary>A valid request to place a call.</summary>
internal sealed record CallRequest
{
    public required string To { get; init; }
    public required string From { get; init; }

    /// <summary>Where the instructions come from; null when <see cref="Twiml"/> carries them.</summary>
    public Uri? Url { get; init; }
    public string? Twiml { get; init; }
    public HttpMethod Method { get; init; } = HttpMethod.Post;
    public Uri? FallbackUrl { get; init; }
    public Uri? StatusCallback { get; init; }
    public HttpMethod StatusCallbackMethod { get; init; } = HttpMethod.Post;
    public CallEvents Events { get; init; }

    /// <summary>How long it rings before the call ends as no-answer.</summary>
    public TimeSpan RingTime { get; init; }
    public bool DetectMachine { get; init; }

    /// <summary>A person has called the client's number, not the other way round.</summary>
    public bool Inbound { get; init; }

    /// <summary>The person's phone, whoever called.</summary>
    public string Phone => Inbound ? From : To;
}
