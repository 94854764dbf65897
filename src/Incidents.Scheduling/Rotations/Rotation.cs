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
    private readonly Instant startReading;
    private readonly int months;
    private readonly long seconds;

    public Rotation(WallClock clock, LocalDateTime start, TurnLength length)
    {
        if (length.Count < 1)
            throw new ArgumentException("A turn lasts at least one unit.", nameof(length));
        Clock = clock;
        this.start = start;
        startReading = WallClock.Reading(start);
        months = length.Unit == TurnUnit.Month ? length.Count : 0;
        seconds = length.Count * (length.Unit switch
        {
            TurnUnit.Hour => (long)NodaConstants.SecondsPerHour,
            TurnUnit.Day => NodaConstants.SecondsPerDay,
            _ => NodaConstants.SecondsPerWeek,
        });
    }

    public WallClock Clock { get; }

    /// <summary>The first instant of turn <paramref name="turn"/>. Equal to the next boundary when a gap of the zone squeezes the turn to nothing.</summary>
    public Instant Boundary(long turn) => Clock.Resolve(Reading(turn));

    /// <summary>The turn that holds <paramref name="instant"/>; never one of zero length.</summary>
    public long TurnAt(Instant instant)
    {
        // The estimate is the last turn that began, by the wall clock, at or before the local time. It can only be too low:
        // within a repeated hour, boundaries later on the wall clock have already had their earlier occurrence;
        // and at the end of a gap the squeezed turns begin together.
        var turn = Estimate(Clock.Reading(instant));
        while (Boundary(turn + 1) <= instant)
            turn++;
        return turn;
    }

    private Instant Reading(long turn) => months == 0
        ? startReading + Duration.FromSeconds(checked(turn * seconds))
        : WallClock.Reading(start.PlusMonths(checked((int)(turn * months))));

    private long Estimate(Instant reading)
    {
        long turn;
        if (months == 0)
        {
            turn = FloorDivide((reading - startReading).BclCompatibleTicks, seconds * NodaConstants.TicksPerSecond);
        }
        else
        {
            var local = reading.InUtc().LocalDateTime;
            turn = FloorDivide(((local.Year - start.Year) * 12L) + local.Month - start.Month, months);
        }

        return Reading(turn) > reading ? turn - 1 : turn;
    }

    private static long FloorDivide(long value, long divisor)
    {
        var quotient = Math.DivRem(value, divisor, out var remainder);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
