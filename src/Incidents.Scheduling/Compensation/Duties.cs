using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>One person on call for one schedule in one position, in <c>[From, To)</c>; the pool does not change inside it.</summary>
internal sealed record Duty(Person Person, string Schedule, Position Position, string Pool, Instant From, Instant To, Cause Why);

/// <summary>
/// Who was on call, as pay counts it: from the closed versions of the schedules, so that an edit of the present one never reaches what was worked, and
/// never before a rotation's start. Deleted schedules and people who have left count as they were.
/// </summary>
internal static class Duties
{
    /// <param name="schedules">Null: all that there are and were.</param>
    public static IReadOnlyList<Duty> Of(CompiledOrganisation compiled, IEnumerable<string>? schedules, Instant from, Instant to)
    {
        var organisation = compiled.Organisation;
        var names = schedules ?? organisation.ScheduleHistory.Keys.Union(organisation.Schedules.Keys, StringComparer.Ordinal);
        var duties = new List<Duty>();
        foreach (var name in names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (compiled.LineOf(name) is not { } line)
                continue;
            foreach (var shift in line.Shifts(from, to))
            {
                // A shift ends where an edit moves the schedule to another pool, so the pool holds for all of it.
                var pool = People.PoolNameOf(organisation, shift.Schedule?.Pool ?? "");
                foreach (var login in shift.People)
                    duties.Add(new Duty(People.Of(organisation, login), name, shift.Position, pool, shift.From, shift.To, shift.Why));
            }
        }

        return duties;
    }
}
