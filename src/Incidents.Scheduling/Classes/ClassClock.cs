using System.Collections.Frozen;
using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.TimeZones;

namespace Incidents.Scheduling.Classes;

/// <summary>
/// The class of each minute by a wall clock and a calendar: what the local clock shows decides, so an hour that is repeated or skipped
/// counts as long as it lasts. The date of the minute itself decides on holiday and weekend (a weekend is a day that is no business day of the
/// calendar); a business window that crosses midnight belongs to the day on which it opens. Equal from and to mean 24 h.
/// Without a calendar: Monday to Friday 09:00–18:00, night 22:00–06:00, no holidays. A calendar without a night has no night minutes.
/// </summary>
internal sealed class ClassClock
{
    private static readonly IsoDayOfWeek[] MondayToFriday =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly FrozenSet<LocalDate> holidays;
    private readonly int businessDays;
    private readonly (LocalTime From, LocalTime To) business;
    private readonly (LocalTime From, LocalTime To)? night;
    private readonly LocalTime[] edges;

    public ClassClock(DateTimeZone zone, Calendar? calendar)
    {
        Zone = zone;
        holidays = (calendar?.Holidays ?? []).ToFrozenSet();
        businessDays = (calendar?.BusinessDays ?? MondayToFriday).Aggregate(0, static (set, day) => set | (1 << (int)day));
        business = calendar is null ? (new(9, 0), new(18, 0)) : (calendar.BusinessFrom, calendar.BusinessTo);
        night = calendar is null ? (new(22, 0), new(6, 0)) : calendar is { NightFrom: { } from, NightTo: { } to } ? (from, to) : null;
        edges = [.. new LocalTime?[] { LocalTime.Midnight, business.From, business.To, night?.From, night?.To }.OfType<LocalTime>().Distinct().Order()];
    }

    public DateTimeZone Zone { get; }

    public ShiftClass At(LocalDateTime local)
    {
        var date = local.Date;
        if (holidays.Contains(date))
            return ShiftClass.Holiday;
        if (!IsBusinessDay(date))
            return ShiftClass.Weekend;
        if (IsNight(local.TimeOfDay))
            return ShiftClass.Night;
        return IsBusiness(date, local.TimeOfDay) ? ShiftClass.Business : ShiftClass.OffHours;
    }

    /// <summary>Whether the clock shows a time of the night, on whatever day.</summary>
    public bool IsNight(LocalTime time) => night is { } dark && Inside(dark, time);

    /// <summary>The night that begins on a date; null when the calendar has no night.</summary>
    public (Instant From, Instant To)? NightOf(LocalDate date) => night is { } dark
        ? (Resolve(date + dark.From), Resolve((dark.From < dark.To ? date : date.PlusDays(1)) + dark.To))
        : null;

    /// <summary>Spans that cover <c>[from, to)</c> exactly, in order; neighbours differ in class. Empty when from is not before to.</summary>
    public IReadOnlyList<ClassSpan> Split(Instant from, Instant to)
    {
        var spans = new List<ClassSpan>();
        var interval = default(ZoneInterval);
        for (var at = from; at < to;)
        {
            if (interval is null || !interval.Contains(at))
                interval = Zone.GetZoneInterval(at);
            var local = at.WithOffset(interval.WallOffset).LocalDateTime;
            // Inside one offset of the zone the next edge of the wall clock is an exact instant.
            var next = Instant.Min(to, NextEdge(local).WithOffset(interval.WallOffset).ToInstant());
            if (interval.HasEnd)
                next = Instant.Min(next, interval.End);
            var kind = At(local);
            if (spans.Count > 0 && spans[^1].Class == kind)
                spans[^1] = spans[^1] with { To = next };
            else
                spans.Add(new ClassSpan(at, next, kind));
            at = next;
        }

        return spans;
    }

    private Instant Resolve(LocalDateTime local) => Zone.ResolveLocal(local, Resolver).ToInstant();

    private LocalDateTime NextEdge(LocalDateTime local)
    {
        foreach (var edge in edges)
        {
            if (edge > local.TimeOfDay)
                return local.Date + edge;
        }

        return local.Date.PlusDays(1) + edges[0];
    }

    private bool IsBusinessDay(LocalDate date) => (businessDays & (1 << (int)date.DayOfWeek)) != 0;

    private bool IsBusiness(LocalDate date, LocalTime time)
    {
        if (business.From < business.To)
            return business.From <= time && time < business.To;
        var yesterday = date.PlusDays(-1);
        return time >= business.From || (time < business.To && IsBusinessDay(yesterday) && !holidays.Contains(yesterday));
    }

    private static bool Inside((LocalTime From, LocalTime To) window, LocalTime time) => window.From < window.To
        ? window.From <= time && time < window.To
        : time >= window.From || time < window.To;
}
