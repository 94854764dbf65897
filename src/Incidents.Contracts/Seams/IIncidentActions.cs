using Incidents.Kernel;
using NodaTime;

namespace Incidents.Contracts.Seams;

public enum IncidentVerb { Acknowledge, Resolve, Escalate, Snooze, Note }

/// <summary>
/// What somebody does to an incident. <paramref name="Actor"/> is a login (or <c>system</c>), <paramref name="Via"/> one of
/// voice, sms, slack, email, link, web, api. <paramref name="Until"/> (exclusive) only for snooze.
/// </summary>
public sealed record IncidentAction(IncidentVerb Verb, string Actor, string Via, string? Note = null, Instant? Until = null);

/// <summary>The incident after the action's commit. <paramref name="Changed"/> false: it already was so, and the first one stands.</summary>
public sealed record ActionOutcome(Guid Id, long Number, string Title, string Status, bool Changed, string? AcknowledgedBy, string? ResolvedBy);

/// <summary>
/// Actions on incidents, run in a transaction of their own and answered after its commit. Implemented by Escalation; used by the API,
/// key presses, SMS replies and links. A resolved incident answers <see cref="ErrorKind.Conflict"/> to everything but notes and a repeated resolve.
/// Throws when the database is away: the caller must then say that it did not work.
/// </summary>
public interface IIncidentActions
{
    Task<Result<ActionOutcome>> Act(Guid incident, IncidentAction action, CancellationToken cancellationToken);
}
