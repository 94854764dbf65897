using Incidents.Kernel;
using NodaTime;

namespace Incidents.Contracts.Seams;

/// <summary>An alert as an incident shows it. <paramref name="Status"/> is <c>firing</c> or <c>resolved</c>.</summary>
public sealed record AlertView(
    string Key,
    string Integration,
    [property: Words("firing", "resolved")] string Status,
    string Title,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    IReadOnlyList<Messages.AlertLink> Links,
    Instant StartsAt,
    Instant? EndsAt);

/// <summary>Read side of alerts. Implemented by Triage.</summary>
public interface IAlerts
{
    /// <summary>Alerts of these incidents (by number), in the order they joined.</summary>
    Task<ILookup<long, AlertView>> Of(IReadOnlyCollection<long> incidents, CancellationToken cancellationToken);
}
