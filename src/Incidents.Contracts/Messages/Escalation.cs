namespace Incidents.Contracts.Messages;

/// <summary>An incident stands in the database, not yet escalated. Late or doubled: the saga's state says so.</summary>
public sealed record IncidentOpened(Guid Incident);

/// <summary>The timer of a step ran out (level timeout, acknowledge TTL, snooze end, paging start).</summary>
public sealed record StepDue(Guid Incident, int Step);

/// <summary>All alerts of the incident are resolved at their source; the saga checks again under its lock.</summary>
public sealed record AlertsResolved(Guid Incident, string Integration);

/// <summary>A page of this step can reach nobody any more: every attempt failed for good, or the person has no usable contact.</summary>
public sealed record PersonUnreachable(Guid Incident, int Step, string Person, string Reason);
