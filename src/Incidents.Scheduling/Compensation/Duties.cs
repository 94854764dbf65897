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
                if (shift.People.Count > 0)
                    Add(duties, organisation, name, line, shift);
            }
        }

        return duties;
    }

    private static void Add(List<Duty> duties, OrganisationSnapshot organisation, string name, Line line, Shift shift)
    {
        foreach (var (from, to, pool) in PoolsOf(organisation, name, line, shift))
        {
            foreach (var login in shift.People)
                duties.Add(new Duty(People.Of(organisation, login), name, shift.Position, pool, from, to, shift.Why));
        }
    }

    /// <summary>The pool follows the version in force: an edit may move a schedule to another pool in mid-shift.</summary>
    private static List<(Instant From, Instant To, string Pool)> PoolsOf(OrganisationSnapshot organisation, string name, Line line, Shift shift)
    {
        var pieces = new List<(Instant From, Instant To, string Pool)>();
        var edges = (organisation.ScheduleHistory.GetValueOrDefault(name) ?? [])
            .Select(v => v.From).Where(edge => shift.From < edge && edge < shift.To)
            .Prepend(shift.From).Append(shift.To).Distinct().Order().ToArray();
        for (var i = 0; i + 1 < edges.Length; i++)
        {
            var pool = People.PoolNameOf(organisation, line.VersionAt(edges[i])?.Schedule.Pool ?? "");
            if (pieces.Count > 0 && pieces[^1].Pool == pool)
                pieces[^1] = pieces[^1] with { To = edges[i + 1] };
            else
                pieces.Add((edges[i], edges[i + 1], pool));
        }

        return pieces;
    }
}
