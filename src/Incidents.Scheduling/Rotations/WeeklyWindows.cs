using System.Collections.Frozen;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Rotations;

/// <summary>
/// Weekly local windows on a wall clock. A window belongs to the local day on which it opens: that day's name, and for a filter that
/// day's place in the holiday calendar, decide; a window that crosses midnight runs on to its end. Equal from and to mean 24 h.
/// No windows at all: always open. Worked out for blocks of time, of which the last few are kept. Safe for concurrent readers.
/// </summary>
internal sealed class WeeklyWindows
{
    private const long BlockSeconds = 64L * NodaConstants.SecondsPerDay;

    private readonly WallClock clock;
    private readonly Opening[] openings;
    private readonly Block?[] blocks = new Block?[4];

    public WeeklyWindows(WallClock clock, IEnumerable<Window> windows, Func<Window, Workdays> workdays)
    {
        this.clock = clock;
        openings = [.. windows.Select(w => new Opening(w, workdays(w)))];
    }

    public bool AlwaysOpen => openings.Length == 0;

    /// <summary>Whether a window is open at <paramref name="at"/>, and an interval around it in which that stays so (maybe not the longest).</summary>
    public WindowState At(Instant at) => AlwaysOpen ? new(Open: true, Instant.MinValue, Instant.MaxValue) : BlockAt(at).At(at);

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

    private Block BlockAt(Instant at)
    {
        var number = Math.DivRem(at.ToUnixTimeSeconds(), BlockSeconds, out var rest);
        if (rest < 0)
            number--;
        ref var kept = ref blocks[number & 3];
        var known = Volatile.Read(ref kept);
        if (known is not null && known.Number == number)
            return known;
        var block = WorkOut(number);
        Volatile.Write(ref kept, block);
        return block;
    }

    private Block WorkOut(long number)
    {
        var from = Instant.FromUnixTimeSeconds(number * BlockSeconds);
        var to = Instant.FromUnixTimeSeconds((number + 1) * BlockSeconds);
        var last = to.InUtc().Date.PlusDays(2);
        var found = new List<(Instant Start, Instant End)>();
        // Local dates are at most a day from those of UTC, and a window's edges lie on the day that it opens on or the next.
        for (var day = from.InUtc().Date.PlusDays(-3); day <= last; day = day.PlusDays(1))
        {
            var midnight = WallClock.Reading(day.AtMidnight());
            foreach (var opening in openings)
            {
                if (!opening.OpensOn(day))
                    continue;
                var start = clock.Resolve(midnight + opening.From);
                var end = clock.Resolve(midnight + opening.To);
                if (start < end && start < to && from < end)
                    found.Add((start, end));
            }
        }

        found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var starts = new List<Instant>(found.Count);
        var ends = new List<Instant>(found.Count);
        foreach (var (start, end) in found)
        {
            if (ends.Count > 0 && start <= ends[^1])
            {
                ends[^1] = Instant.Max(ends[^1], end);
                continue;
            }

            starts.Add(start);
            ends.Add(end);
        }

        return new Block(number, from, to, [.. starts], [.. ends]);
    }

    /// <summary>The open intervals that touch <c>[from, to)</c>, apart from one another, in order.</summary>
    private sealed class Block(long number, Instant from, Instant to, Instant[] starts, Instant[] ends)
    {
        public long Number { get; } = number;

        public WindowState At(Instant at)
        {
            var index = Array.BinarySearch(starts, at);
            if (index < 0)
                index = ~index - 1;
            if (index >= 0 && at < ends[index])
                return new(Open: true, Instant.Max(from, starts[index]), Instant.Min(to, ends[index]));
            return new(
                Open: false,
                index < 0 ? from : Instant.Max(from, ends[index]),
                index + 1 < starts.Length ? Instant.Min(to, starts[index + 1]) : to);
        }
    }

    private sealed class Opening(Window window, Workdays workdays)
    {
        private readonly int days = window.Days.Aggregate(0, static (set, day) => set | (1 << (int)day));

        /// <summary>Both by the wall clock, from the midnight of the day that it opens on.</summary>
        public Duration From { get; } = Duration.FromTicks(window.From.TickOfDay);
        public Duration To { get; } = Duration.FromTicks(window.To.TickOfDay) + (window.To <= window.From ? Duration.FromDays(1) : Duration.Zero);

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
