using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>At most so many events per person and shift; an event is an incident for which the person was paged, or that they acknowledged, in the shift.</summary>
internal static class EventsRule
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        var shifts = scope.Facts.Events
            .GroupBy(e => (e.Schedule, e.Person, e.ShiftFrom))
            .OrderBy(g => g.Key.ShiftFrom);
        foreach (var shift in shifts)
        {
            var (schedule, person, from) = shift.Key;
            if (!scope.Wants(schedule) || scope.PoolOf(schedule) is not { Limits.EventsPerShift: { } limit } pool || !scope.Minds(limit.Breach))
                continue;
            var to = shift.Max(e => e.ShiftTo);
            var events = shift.DistinctBy(e => e.Incident).OrderBy(e => e.At).ToArray();
            if (events.Length <= limit.Max || !new Span(from, to).Touches(scope.EventWindow.From, scope.EventWindow.To))
                continue;
            yield return new Finding(
                RuleNames.EventsPerShift, limit.Breach, schedule, pool.Name, person, from, to, new Numbers(events.Length, limit.Max, "events"),
                $"{person} had {events.Length} events in the shift on {schedule} that began {Say.At(from)} ({string.Join(", ", events.Select(e => $"#{e.Number}"))}); at most {Say.Number(limit.Max)}.",
                $"Relieve {person}: {scope.Candidates.Say(schedule, from, to, person)}. Then remove the cause of the alerts, or share the load between more schedules.",
                $"schedule:{schedule}/person:{person}")
            { Occurrence = scope.Begins(from) };
        }
    }
}
