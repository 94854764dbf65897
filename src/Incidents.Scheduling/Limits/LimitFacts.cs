using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>A person was paged for, or acknowledged, an incident while on a shift.</summary>
internal sealed record DutyEvent(string Schedule, string Person, Guid Incident, long Number, Instant At, Instant ShiftFrom, Instant ShiftTo);

/// <summary>A person had an incident in hand from its acknowledgement to its end (or the present).</summary>
internal sealed record IncidentWork(string Person, long Number, Instant From, Instant To);

/// <summary>What has happened, beside what is planned. Without facts the rules about events find nothing.</summary>
internal sealed record LimitFacts(IReadOnlyList<DutyEvent> Events, IReadOnlyList<IncidentWork> Work)
{
    public static LimitFacts None { get; } = new([], []);
}
