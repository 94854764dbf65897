using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Classes;

/// <summary>
/// The shift classes of a person's time, by the person's zone and holiday calendar; used by fairness and pay alike. A person without a zone lives
/// by the calendar's; without a calendar, by that of the first of their teams (by name) that has one; without either, in UTC.
/// Pure over a snapshot; the clocks are kept as long as the snapshot.
/// </summary>
internal static class ShiftClasses
{
    private static readonly ConditionalWeakTable<OrganisationSnapshot, Clocks> Known = [];

    /// <summary>Spans that cover <c>[from, to)</c> exactly, in order; neighbours differ in class.</summary>
    public static IReadOnlyList<ClassSpan> Of(Person person, OrganisationSnapshot organisation, Instant from, Instant to)
        => ClockOf(person, organisation).Split(from, to);

    public static ClassClock ClockOf(Person person, OrganisationSnapshot organisation)
        => Known.GetValue(organisation, static o => new Clocks(o)).Of(person);

    /// <summary>The calendar that the person lives by: their own, else a team's; null: none.</summary>
    public static string? CalendarOf(Person person, OrganisationSnapshot organisation)
        => Known.GetValue(organisation, static o => new Clocks(o)).CalendarOf(person);

    /// <summary>The zone whose midnights divide the person's days.</summary>
    public static DateTimeZone ZoneOf(Person person, OrganisationSnapshot organisation) => ClockOf(person, organisation).Zone;

    private sealed class Clocks(OrganisationSnapshot organisation)
    {
        private readonly ConcurrentDictionary<(string? Zone, string? Calendar), ClassClock> clocks = new();
        private readonly ConcurrentDictionary<string, string?> calendars = new(StringComparer.Ordinal);

        public ClassClock Of(Person person) => clocks.GetOrAdd((person.Zone, CalendarOf(person)), Make);

        public string? CalendarOf(Person person) => person.Calendar ?? calendars.GetOrAdd(person.Login, TeamCalendar);

        private string? TeamCalendar(string login) => organisation.Teams.Values
            .Where(t => t.Calendar is not null && t.Members.Contains(login, StringComparer.Ordinal))
            .MinBy(t => t.Name, StringComparer.Ordinal)?.Calendar;

        private ClassClock Make((string? Zone, string? Calendar) key)
        {
            var calendar = key.Calendar is { } name ? organisation.Calendars.GetValueOrDefault(name) : null;
            var zone = (key.Zone ?? calendar?.Zone) is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;
            return new ClassClock(zone ?? DateTimeZone.Utc, calendar);
        }
    }
}
