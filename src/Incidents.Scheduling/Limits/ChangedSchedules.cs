using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;

namespace Incidents.Scheduling.Limits;

/// <summary>
/// Which schedules a change can have made different: their definition, versions, overrides or temporary schedules, the qualifications and places of
/// their people, or a calendar that their windows go by.
/// </summary>
internal static class ChangedSchedules
{
    public static IReadOnlySet<string> Between(OrganisationSnapshot before, OrganisationSnapshot after)
    {
        var people = after.People.Keys.Union(before.People.Keys, StringComparer.Ordinal)
            .Where(p => !SamePlace(before.People.GetValueOrDefault(p), after.People.GetValueOrDefault(p)))
            .ToHashSet(StringComparer.Ordinal);
        var calendars = !Same(before.Calendars.OrderBy(c => c.Key, StringComparer.Ordinal), after.Calendars.OrderBy(c => c.Key, StringComparer.Ordinal))
            || !Same(TeamCalendars(before), TeamCalendars(after));
        return after.Schedules.Values
            .Where(s => !SameSchedule(before, after, s.Name)
                || (calendars && s.Layers.Any(l => l.Windows.Any(w => w.On != WindowDays.All)))
                || (people.Count > 0 && Mentioned.In(after, s.Name).Any(people.Contains)))
            .Select(s => s.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static bool SameSchedule(OrganisationSnapshot before, OrganisationSnapshot after, string name)
        => Same(before.Schedules.GetValueOrDefault(name), after.Schedules.GetValueOrDefault(name))
            && SameList(before.ScheduleHistory.GetValueOrDefault(name), after.ScheduleHistory.GetValueOrDefault(name))
            && SameList(before.Overrides.GetValueOrDefault(name), after.Overrides.GetValueOrDefault(name))
            && SameList(before.TemporarySchedules.GetValueOrDefault(name), after.TemporarySchedules.GetValueOrDefault(name));

    private static bool SamePlace(Person? before, Person? after) => ReferenceEquals(before, after)
        || (before is not null && after is not null
            && before.Zone == after.Zone && before.Site == after.Site && before.Calendar == after.Calendar
            && before.QualifiedFor.SequenceEqual(after.QualifiedFor, StringComparer.Ordinal));

    private static IEnumerable<(string, string?)> TeamCalendars(OrganisationSnapshot organisation)
        => organisation.Teams.Values.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (t.Name, t.Calendar));

    private static bool SameList<T>(IReadOnlyList<T>? before, IReadOnlyList<T>? after) => ReferenceEquals(before, after) || (before?.Count ?? 0) + (after?.Count ?? 0) == 0 || Same(before, after);

    /// <summary>By value, lists too, which records compare by reference.</summary>
    private static bool Same<T>(T before, T after) => ReferenceEquals(before, after)
        || JsonSerializer.SerializeToUtf8Bytes(before, Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(after, Options));

    private static readonly JsonSerializerOptions Options = new(Json.Options) { IncludeFields = true };
}
