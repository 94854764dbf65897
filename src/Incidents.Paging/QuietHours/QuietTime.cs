using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Incidents.Paging.QuietHours;

/// <summary>
/// A person's quiet hours on the line of time. Pure. Local times are those of the hours' own zone, else the person's, else their calendar's, else UTC;
/// one that a change of the clock skips is the first instant after the gap, one that comes twice is its earlier occurrence.
/// </summary>
internal sealed class QuietTime
{
    /// <summary>Windows one after the other that are looked through; what is longer is taken for no quiet hours at all, since nobody may wait for ever.</summary>
    private const int MostWindows = 1000;

    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private readonly Contracts.Organisation.QuietHours hours;
    private readonly DateTimeZone zone;

    private QuietTime(Contracts.Organisation.QuietHours hours, DateTimeZone zone) => (this.hours, this.zone) = (hours, zone);

    /// <summary>Null: the person has no quiet hours.</summary>
    public static QuietTime? Of(Person person, OrganisationSnapshot organisation)
    {
        if (person.QuietHours is not { } hours)
            return null;
        var name = hours.Zone ?? person.Zone ?? (person.Calendar is { } calendar ? organisation.Calendars.GetValueOrDefault(calendar)?.Zone : null);
        return new QuietTime(hours, (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZone.Utc);
    }

    /// <summary>When the quiet hours end (exclusive) that <paramref name="at"/> is in, those that follow at once included; null: it is in none.</summary>
    public Instant? EndOf(Instant at)
    {
        var end = at;
        for (var i = 0; i < MostWindows && Window(end) is { } until; i++)
            end = until;
        return end == at ? null : end;
    }

    /// <summary>The instant at which <paramref name="delay"/> outside quiet hours has passed since <paramref name="from"/>; never inside quiet hours.</summary>
    public Instant After(Instant from, Duration delay)
    {
        var at = EndOf(from) ?? from;
        for (var i = 0; i < MostWindows; i++)
        {
            var next = NextStart(at);
            if (next is not { } start || at + delay < start)
                break;
            delay -= start - at;
            at = EndOf(start) ?? start;
        }
        return at + delay;
    }

    /// <summary>"07:00", the local time of an instant where the hours are meant.</summary>
    public string Local(Instant at) => Clock.Format(at.InZone(zone).TimeOfDay);

    /// <summary>The end of the one window that holds <paramref name="at"/>; it began today or yesterday.</summary>
    private Instant? Window(Instant at)
    {
        var today = at.InZone(zone).Date;
        Instant? end = null;
        foreach (var day in new[] { today.PlusDays(-1), today })
        {
            if (Bounds(day) is var (from, to) && from <= at && at < to && (end is null || to > end))
                end = to;
        }
        return end;
    }

    private Instant? NextStart(Instant after)
    {
        var day = after.InZone(zone).Date;
        for (var i = 0; i <= 8; i++, day = day.PlusDays(1))
        {
            if (Bounds(day) is var (from, to) && from > after && to > from)
                return from;
        }
        return null;
    }

    private (Instant From, Instant To)? Bounds(LocalDate day) => !hours.Days.Contains(day.DayOfWeek) ? null :
        (At(day, hours.From), At(hours.From < hours.To ? day : day.PlusDays(1), hours.To));

    private Instant At(LocalDate day, LocalTime time) => zone.ResolveLocal(day + time, Resolver).ToInstant();
}
