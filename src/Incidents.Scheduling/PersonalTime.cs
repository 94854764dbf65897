using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling;

/// <summary>Instants as a person reads them: in their own zone (else UTC), which is named.</summary>
internal static class PersonalTime
{
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM HH':'mm");

    public static string At(OrganisationSnapshot organisation, string person, Instant at)
    {
        var zone = ZoneOf(organisation, person);
        return $"{Moment.Format(at.InZone(zone).LocalDateTime)} ({zone.Id})";
    }

    public static string Interval(OrganisationSnapshot organisation, string person, Instant from, Instant to)
    {
        var zone = ZoneOf(organisation, person);
        return $"{Moment.Format(from.InZone(zone).LocalDateTime)} to {Moment.Format(to.InZone(zone).LocalDateTime)} ({zone.Id})";
    }

    /// <summary>A person's own zone, else that of their calendar, else UTC.</summary>
    public static DateTimeZone ZoneOf(OrganisationSnapshot organisation, string person)
    {
        var known = organisation.People.GetValueOrDefault(person);
        var zone = known?.Zone ?? (known?.Calendar is { } calendar ? organisation.Calendars.GetValueOrDefault(calendar)?.Zone : null);
        return (zone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? DateTimeZone.Utc;
    }
}
