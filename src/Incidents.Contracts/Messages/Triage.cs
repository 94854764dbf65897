using Incidents.Kernel;
using NodaTime;

namespace Incidents.Contracts.Messages;

/// <summary>
/// One signal from a source, accepted. <paramref name="Key"/> identifies it inside its integration.
/// <paramref name="Group"/> is the source's own group (Alertmanager's groupKey). Labels and annotations as sent.
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
    string? Group = null,
    string? Service = null,
    Severity? Severity = null,
    IReadOnlyList<AlertLink>? Links = null,
    string? Details = null,
    bool StartsAtGiven = true);

public sealed record AlertLink(string Href, string? Text);

/// <summary>Ask again, five minutes on, whether a by-hand resolved incident's source still fires.</summary>
public sealed record ReopenCheck(Guid Incident, string Integration, string Key, Instant StartsAt);
