using NodaTime;

namespace Incidents.Scheduling.Rotations;

/// <summary>
/// Wall-clock times of a zone as instants. A skipped local time becomes the first instant after the gap, an ambiguous one its
/// earlier occurrence; so a later local time never becomes an earlier instant. Allocates nothing.
/// </summary>
internal sealed class WallClock(DateTimeZone zone)
{
    // No zone of the database is further from UTC; an interval that holds local minus this bound precedes every candidate.
    private static readonly Duration FurthestOffset = Duration.FromHours(18);

    public DateTimeZone Zone { get; } = zone;

    /// <summary>
    /// The zone with this IANA name. Configuration refuses unknown names; should the zone database lose one afterwards,
    /// UTC keeps somebody on call, where an exception would page nobody.
    /// </summary>
    public static WallClock Of(string name) => new(DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? DateTimeZone.Utc);

    public LocalDateTime Local(Instant instant) => instant.InZone(Zone).LocalDateTime;

    public Instant Resolve(LocalDateTime local)
    {
        var asUtc = local.WithOffset(Offset.Zero).ToInstant();
        var interval = Zone.GetZoneInterval(asUtc - FurthestOffset);
        while (true)
        {
            var candidate = asUtc - Duration.FromSeconds(interval.WallOffset.Seconds);
            if (!interval.HasEnd || candidate < interval.End)
                return interval.HasStart && candidate < interval.Start ? interval.Start : candidate;
            interval = Zone.GetZoneInterval(interval.End);
        }
    }
}
