using System.Collections.Frozen;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Rotations;

/// <summary>
/// Weekly local windows on a wall clock. A window belongs to the local day on which it opens: that day's name, and for a filter that
/// day's place in the holiday calendar, decide; a window that crosses midnight runs on to its end. Equal from and to mean 24 h.
/// No windows at all: always open.
/// </summary>
internal sealed class WeeklyWindows
{
    /// <summary>How far one look reaches; constancy beyond it is not promised, only not yet examined.</summary>
    private const int ReachDays = 8;

    private readonly WallClock clock;
    private readonly Opening[] openings;

    public WeeklyWindows(WallClock clock, IEnumerable<Window> windows, Func<Window, Workdays> workdays)
    {
        this.clock = clock;
        openings = [.. windows.Select(w => new Opening(w, workdays(w)))];
    }

    public bool AlwaysOpen => openings.Length == 0;

    /// <summary>Whether a window is open at <paramref name="at"/>, and an interval around it in which that stays so (maybe not the longest).</summary>
    public WindowState At(Instant at)
    {
        if (AlwaysOpen)
            return new(Open: true, Instant.MinValue, Instant.MaxValue);

        var day = clock.Local(at).Date;
        var open = false;
        var from = Instant.MinValue;
        var to = Instant.MaxValue;

        // Yesterday's window may still be open; tomorrow's may have opened already where midnight is repeated.
        for (var offset = -1; offset <= 1; offset++)
            Look(day.PlusDays(offset), at, ref open, ref from, ref to);
        // A window's edges lie on the day that it opens on or the next one: look on while a further day could hold a nearer edge than was found.
        for (var offset = 2; offset <= ReachDays && to > clock.Resolve(day.PlusDays(offset).AtMidnight()); offset++)
            Look(day.PlusDays(offset), at, ref open, ref from, ref to);
        for (var offset = -2; offset >= -ReachDays && from < clock.Resolve(day.PlusDays(offset + 2).AtMidnight()); offset--)
            Look(day.PlusDays(offset), at, ref open, ref from, ref to);

        return new(
            open,
            from == Instant.MinValue ? clock.Resolve(day.PlusDays(1 - ReachDays).AtMidnight()) : from,
            to == Instant.MaxValue ? clock.Resolve(day.PlusDays(ReachDays).AtMidnight()) : to);
    }

    /// <summary>The first open instant in <c>[<paramref name="from"/>, <paramref name="before"/>)</c>; null: none.</summary>
    public Instant? FirstOpen(Instant from, Instant before)
    {
        for (var at = from; at < before;)
        {
            var state = At(at);
            if (state.Open)
                return at;
            at = state.To;
        }

        return null;
    }

    private void Look(LocalDate day, Instant at, ref bool open, ref Instant from, ref Instant to)
    {
        foreach (var opening in openings)
        {
            if (!opening.OpensOn(day))
                continue;
            var start = clock.Resolve(day + opening.From);
            var end = clock.Resolve((opening.CrossesMidnight ? day.PlusDays(1) : day) + opening.To);
            if (start >= end)
                continue;
            open |= start <= at && at < end;
            Narrow(start, at, ref from, ref to);
            Narrow(end, at, ref from, ref to);
        }
    }

    private static void Narrow(Instant edge, Instant at, ref Instant from, ref Instant to)
    {
        if (edge <= at)
            from = Instant.Max(from, edge);
        else
            to = Instant.Min(to, edge);
    }

    private sealed class Opening(Window window, Workdays workdays)
    {
        private readonly int days = window.Days.Aggregate(0, static (set, day) => set | (1 << (int)day));

        public LocalTime From { get; } = window.From;
        public LocalTime To { get; } = window.To;
        public bool CrossesMidnight => To <= From;

        public bool OpensOn(LocalDate day) => (days == 0 || (days & (1 << (int)day.DayOfWeek)) != 0) && window.On switch
        {
            WindowDays.Workdays => workdays.Has(day),
            WindowDays.HolidaysAndWeekends => !workdays.Has(day),
            _ => true,
        };
    }
}

/// <summary><paramref name="Open"/> holds throughout <c>[From, To)</c>.</summary>
internal readonly record struct WindowState(bool Open, Instant From, Instant To);

/// <summary>Which dates are workdays: a business day of the calendar that is no holiday. Without a calendar: Monday to Friday.</summary>
internal sealed class Workdays(Calendar? calendar)
{
    private readonly FrozenSet<LocalDate> holidays = (calendar?.Holidays ?? []).ToFrozenSet();
    private readonly int days = (calendar?.BusinessDays ?? MondayToFriday).Aggregate(0, static (set, day) => set | (1 << (int)day));

    private static IReadOnlyList<IsoDayOfWeek> MondayToFriday { get; } =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    public bool Has(LocalDate date) => (days & (1 << (int)date.DayOfWeek)) != 0 && !holidays.Contains(date);
}
