using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Rotations;

/// <summary>Business time of a calendar: its daily window on business days that are no holidays. Intervals are half-open.</summary>
internal sealed class BusinessHours
{
    // A calendar without any business time would be searched for ever; then the clock runs as if there were no calendar.
    private static readonly Duration LongestPause = Duration.FromDays(400);

    private readonly WeeklyWindows windows;

    public BusinessHours(Calendar calendar)
    {
        var workdays = new Workdays(calendar);
        var window = new Window([], calendar.BusinessFrom, calendar.BusinessTo, WindowDays.Workdays, calendar.Name);
        windows = new WeeklyWindows(WallClock.Of(calendar.Zone), [window], _ => workdays);
    }

    /// <summary>The instant itself inside business hours, else the next opening.</summary>
    public Instant Next(Instant at) => windows.FirstOpen(at, at + LongestPause) ?? at;

    /// <summary>
    /// The instant at which <paramref name="time"/> of business hours have passed since <paramref name="from"/>:
    /// the closing time itself when they end exactly there. Not positive: <paramref name="from"/> itself.
    /// </summary>
    public Instant Add(Instant from, Duration time)
    {
        var at = from;
        for (var left = time; left > Duration.Zero;)
        {
            if (windows.FirstOpen(at, at + LongestPause) is not { } open)
                return at + left;
            var close = windows.At(open).To;
            if (close - open >= left)
                return open + left;
            left -= close - open;
            at = close;
        }

        return at;
    }
}
