namespace Incidents.Contracts.Messages;

/// <summary>The timer of a step ran out (level timeout, acknowledge TTL, snooze end, paging start). Another step number by now: late, does nothing.</summary>
public sealed record StepDue(Guid Incident, int Step);

/// <summary>A page of this step can reach the person no more: every attempt failed for good, or there is no usable contact.</summary>
public sealed record PersonUnreachable(Guid Incident, int Step, string Person, string Reason);
