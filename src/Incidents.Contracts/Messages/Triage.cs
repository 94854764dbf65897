using Incidents.Kernel;
using NodaTime;

namespace Incidents.Contracts.Messages;

/// <summary>
/// One signal from a source, accepted. <paramref name="Key"/> identifies it inside its integration;
/// <paramref name="Dedup"/> (null: the key) is what there is one open incident of. Labels and annotations as sent.
/// <paramref name="StartsAtGiven"/> false: the source gave no start, it is the time of receipt. <paramref name="Note"/> goes onto the timeline.
/// <paramref name="Followed"/>: what becomes of it is remembered, for somebody may look at it; most are not.
/// <paramref name="Service"/> and <paramref name="Severity"/> only when the source named them outside its labels.
/// </summary>
public sealed record AlertAccepted(
    string Integration,
    string Key,
    bool Firing,
    string Title,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    Instant StartsAt,
    Instant? EndsAt,
    Instant ReceivedAt,
    string? Dedup = null,
    string? Service = null,
    Severity? Severity = null,
    IReadOnlyList<AlertLink>? Links = null,
    string? Details = null,
    bool StartsAtGiven = true,
    string? Note = null,
    bool Followed = false);

public sealed record AlertLink(string Href, string? Text);
