using NodaTime;
using NodaTime.TimeZones;

namespace Incidents.Scheduling.Rotations;

/// <summary>
/// Wall-clock times of a zone as instants. A skipped local time becomes the first instant after the gap, an ambiguous one its
/// earlier occurrence; so a later local time never becomes an earlier instant. Allocates nothing.
/// <para>A <em>reading</em> is a local time written as if it were UTC: wall-clock arithmetic of hours, days and weeks is addition on it.</para>
/// </summary>
internal sealed class WallClock(DateTimeZone zone)
{
    // No zone of the database is further from UTC; an interval that holds local minus this bound precedes every candidate.
    private static readonly Duration FurthestOffset = Duration.FromHours(18);

    // Boundaries are asked for one after the other, mostly within one interval.
    private ZoneInterval? latest;

    public DateTimeZone Zone { get; } = zone;

    /// <summary>
    /// The zone with this IANA name. Configuration refuses unknown names; should the zone database lose one afterwards,
    /// UTC keeps somebody on call, where an exception would page nobody.
    /// </summary>
    public static WallClock Of(string name) => new(DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? DateTimeZone.Utc);

    public static Instant Reading(LocalDateTime local) => local.WithOffset(Offset.Zero).ToInstant();

    public LocalDateTime Local(Instant instant) => instant.InZone(Zone).LocalDateTime;

    /// <summary>What the wall shows at an instant.</summary>
    public Instant Reading(Instant instant) => instant + Duration.FromSeconds(Interval(instant).WallOffset.Seconds);

    public Instant Resolve(LocalDateTime local) => Resolve(Reading(local));

    public Instant Resolve(Instant reading)
    {
        var interval = Interval(reading - FurthestOffset);
        while (true)
        {
            var candidate = reading - Duration.FromSeconds(interval.WallOffset.Seconds);
            if (!interval.HasEnd || candidate < interval.End)
                return interval.HasStart && candidate < interval.Start ? interval.Start : candidate;
            interval = Zone.GetZoneInterval(interval.End);
        }
    }

    private ZoneInterval Interval(Instant instant)
    {
        var known = Volatile.Read(ref latest);
        if (known is not null && known.Contains(instant))
            return known;
        var found = Zone.GetZoneInterval(instant);
        Volatile.Write(ref latest, found);
        return found;
    }
}
