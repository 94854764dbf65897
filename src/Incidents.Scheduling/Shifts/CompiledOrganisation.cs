using System.Collections.Concurrent;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>Lines and calendars of one snapshot, made ready when first asked for and shared by every reader of the snapshot.</summary>
internal sealed class CompiledOrganisation(OrganisationSnapshot organisation)
{
    private static readonly IReadOnlyList<string> None = [];

    private readonly ConcurrentDictionary<string, Line> lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BusinessHours> businessHours = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, List<string>>> schedulesByPerson = new(() => IndexPeople(organisation));

    public OrganisationSnapshot Organisation { get; } = organisation;

    /// <summary>A schedule's line; also that of a deleted schedule, whose past is kept. Null: there never was such a schedule.</summary>
    public Line? LineOf(string schedule)
    {
        if (lines.TryGetValue(schedule, out var line))
            return line;
        return HistoryOf(Organisation, schedule) is { Count: > 0 } history ? lines.GetOrAdd(schedule, Compile, history) : null;
    }

    /// <summary>
    /// The schedules whose people a login is or ever was: in a layer's slot, an override or a temporary schedule, deleted schedules included. By name.
    /// </summary>
    public IReadOnlyList<string> SchedulesOf(string login) => schedulesByPerson.Value.TryGetValue(login, out var schedules) ? schedules : None;

    /// <summary>Whether somebody is, or ever was, one of the people of any schedule.</summary>
    public bool Knows(string login) => Organisation.People.ContainsKey(login) || schedulesByPerson.Value.ContainsKey(login);

    /// <summary>
    /// Every shift of a person that touches <c>[from, to)</c>, cut to it, over all schedules and positions, by start. Shifts of different
    /// schedules may overlap; others may share a shift. Works for somebody who has left, too.
    /// </summary>
    public IReadOnlyList<Shift> ShiftsOfPerson(string login, Instant from, Instant to)
    {
        var found = new List<Shift>();
        foreach (var schedule in SchedulesOf(login))
            found.AddRange(LineOf(schedule)!.Shifts(from, to).Where(shift => shift.Has(login)));
        return [.. found.OrderBy(s => s.From).ThenBy(s => s.Position)];
    }

    /// <summary>The first shift of a person on any schedule that begins in <c>[after, before)</c>, whole; null: none.</summary>
    public Shift? NextShiftOf(string login, Instant after, Instant before)
        => SchedulesOf(login).Select(schedule => LineOf(schedule)!.Next(login, after, before)).Where(s => s is not null).MinBy(s => s!.From);

    /// <summary>Null: no such calendar.</summary>
    public BusinessHours? BusinessHoursOf(string calendar)
    {
        if (businessHours.TryGetValue(calendar, out var hours))
            return hours;
        return Organisation.Calendars.TryGetValue(calendar, out var found)
            ? businessHours.GetOrAdd(calendar, static (_, c) => new BusinessHours(c), found)
            : null;
    }

    private static IReadOnlyList<ScheduleVersion> HistoryOf(OrganisationSnapshot organisation, string schedule)
    {
        if (organisation.ScheduleHistory.TryGetValue(schedule, out var history) && history.Count > 0)
            return history;
        return organisation.Schedules.TryGetValue(schedule, out var current) ? [new ScheduleVersion(current, Instant.MinValue, To: null)] : [];
    }

    private static Dictionary<string, List<string>> IndexPeople(OrganisationSnapshot organisation)
    {
        var index = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var schedule in organisation.ScheduleHistory.Keys.Union(organisation.Schedules.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var slots = HistoryOf(organisation, schedule).SelectMany(v => v.Schedule.Layers).SelectMany(l => l.Slots).SelectMany(s => s);
            var overrides = organisation.Overrides.GetValueOrDefault(schedule, []).SelectMany(o => new[] { o.Person, o.With }).OfType<string>();
            var temporary = organisation.TemporarySchedules.GetValueOrDefault(schedule, []).SelectMany(t => t.Shifts).SelectMany(s => s.People);
            foreach (var person in slots.Concat(overrides).Concat(temporary).Distinct(StringComparer.Ordinal))
            {
                if (!index.TryGetValue(person, out var schedules))
                    index[person] = schedules = [];
                schedules.Add(schedule);
            }
        }

        return index;
    }

    private Line Compile(string schedule, IReadOnlyList<ScheduleVersion> history)
        => new(
            history,
            Organisation.Overrides.GetValueOrDefault(schedule, []),
            Organisation,
            preview: false,
            Organisation.TemporarySchedules.GetValueOrDefault(schedule, []));
}
