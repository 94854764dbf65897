using System.Collections.Concurrent;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Rotations;

namespace Incidents.Scheduling.Shifts;

/// <summary>Lines and calendars of one snapshot, made ready when first asked for and shared by every reader of the snapshot.</summary>
internal sealed class CompiledOrganisation(OrganisationSnapshot organisation)
{
    private readonly ConcurrentDictionary<string, Line> lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BusinessHours> businessHours = new(StringComparer.Ordinal);

    public OrganisationSnapshot Organisation { get; } = organisation;

    /// <summary>A schedule's line; also that of a deleted schedule, whose past is kept. Null: there never was such a schedule.</summary>
    public Line? LineOf(string schedule)
    {
        if (lines.TryGetValue(schedule, out var line))
            return line;
        return HistoryOf(schedule) is { } history ? lines.GetOrAdd(schedule, Compile, history) : null;
    }

    /// <summary>Null: no such calendar.</summary>
    public BusinessHours? BusinessHoursOf(string calendar)
    {
        if (businessHours.TryGetValue(calendar, out var hours))
            return hours;
        return Organisation.Calendars.TryGetValue(calendar, out var found)
            ? businessHours.GetOrAdd(calendar, static (_, c) => new BusinessHours(c), found)
            : null;
    }

    private IReadOnlyList<ScheduleVersion>? HistoryOf(string schedule)
    {
        if (Organisation.ScheduleHistory.TryGetValue(schedule, out var history) && history.Count > 0)
            return history;
        return Organisation.Schedules.TryGetValue(schedule, out var current)
            ? [new ScheduleVersion(current, NodaTime.Instant.MinValue, To: null)]
            : null;
    }

    private Line Compile(string schedule, IReadOnlyList<ScheduleVersion> history)
        => new(history, Organisation.Overrides.GetValueOrDefault(schedule) ?? [], Organisation);
}
