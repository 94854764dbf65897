using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Rotations;

/// <summary>
/// Turns of equal calendar length on a wall clock. Turn <c>k</c> is <c>[Boundary(k), Boundary(k + 1))</c>; turn 0 begins at the start,
/// negative turns lie before it (preview only). Found by arithmetic: the cost does not depend on the distance from the start.
/// Every boundary is counted from the start itself, so months clamp to their last day and return (31 Jan, 28 Feb, 31 Mar).
/// </summary>
internal sealed class Rotation
{
    private readonly LocalDateTime start;
    private readonly TurnLength length;

    public Rotation(WallClock clock, LocalDateTime start, TurnLength length)
    {
        if (length.Count < 1)
            throw new ArgumentException("A turn lasts at least one unit.", nameof(length));
        Clock = clock;
        this.start = start;
        this.length = length;
    }

    public WallClock Clock { get; }

    /// <summary>The first instant of turn <paramref name="turn"/>. Equal to the next boundary when a gap of the zone squeezes the turn to nothing.</summary>
    public Instant Boundary(long turn) => Clock.Resolve(LocalBoundary(turn));

    /// <summary>The turn that holds <paramref name="instant"/>; never one of zero length.</summary>
    public long TurnAt(Instant instant)
    {
        // The estimate is the last turn that began, by the wall clock, at or before the local time. It can only be too low:
        // within a repeated hour, boundaries later on the wall clock have already had their earlier occurrence;
        // and at the end of a gap the squeezed turns begin together.
        var turn = EstimateTurn(Clock.Local(instant));
        while (Boundary(turn + 1) <= instant)
            turn++;
        return turn;
    }

    private LocalDateTime LocalBoundary(long turn)
    {
        var units = checked(turn * length.Count);
        return length.Unit switch
        {
            TurnUnit.Hour => start.PlusHours(units),
            TurnUnit.Day => start.PlusDays(checked((int)units)),
            TurnUnit.Week => start.PlusDays(checked((int)(units * 7))),
            _ => start.PlusMonths(checked((int)units)),
        };
    }

    private long EstimateTurn(LocalDateTime local)
    {
        var turn = FloorDivide(UnitsSinceStart(local), length.Count);
        return LocalBoundary(turn) > local ? turn - 1 : turn;
    }

    /// <summary>Whole units from the start to <paramref name="local"/>; may be one too many, never too few.</summary>
    private long UnitsSinceStart(LocalDateTime local)
    {
        if (length.Unit == TurnUnit.Month)
            return ((local.Year - start.Year) * 12L) + local.Month - start.Month;

        var days = (long)Period.DaysBetween(start.Date, local.Date);
        return length.Unit switch
        {
            TurnUnit.Hour => FloorDivide((days * NodaConstants.TicksPerDay) + local.TickOfDay - start.TickOfDay, NodaConstants.TicksPerHour),
            TurnUnit.Day => days,
            _ => FloorDivide(days, 7),
        };
    }

    private static long FloorDivide(long value, long divisor)
    {
        var quotient = Math.DivRem(value, divisor, out var remainder);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
