using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// A run of local dates <c>[From, To)</c>: it begins and ends at midnight in the zone of the person who is paid, so for each zone at another instant.
/// Midnight that a change of the clock skips is the first instant after it.
/// </summary>
internal sealed record PayPeriod(string Name, LocalDate From, LocalDate To)
{
    /// <summary>Longer than the distance of any zone's midnight from UTC's.</summary>
    private static readonly Duration FurthestMidnight = Duration.FromHours(24);

    /// <summary>What of everybody's time the period can hold, in whatever zone.</summary>
    public Interval Widest { get; } = new(
        From.AtMidnight().InUtc().ToInstant() - FurthestMidnight,
        To.AtMidnight().InUtc().ToInstant() + FurthestMidnight);

    public static PayPeriod Month(int year, int month)
    {
        var first = new LocalDate(year, month, 1);
        return new PayPeriod(NameOf(first), first, first.PlusMonths(1));
    }

    /// <summary>The name of the month that holds a date: <c>2026-12</c>.</summary>
    public static string NameOf(LocalDate date) => FormattableString.Invariant($"{date.Year:0000}-{date.Month:00}");

    public Interval In(DateTimeZone zone) => new(Midnight(From, zone), Midnight(To, zone));

    public static Instant Midnight(LocalDate date, DateTimeZone zone) => new WallClock(zone).Resolve(date.AtMidnight());
}
