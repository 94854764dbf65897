using System.Globalization;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Scheduling.Feeds.Import;

/// <summary>An event when it happens, in <c>[From, To)</c>.</summary>
internal sealed record Occurrence(ReadEvent Event, Instant From, Instant To);

/// <summary>
/// Expands recurrences (RFC 5545 3.3.10: DAILY, WEEKLY, MONTHLY with INTERVAL, COUNT, UNTIL, BYDAY, WKST) on the wall clock of the event's zone, so that a
/// shift begins and ends at its hour on both sides of a change of the clock. Months without the day are passed over. Pure.
/// </summary>
internal static class Occurrences
{
    private const int MostSteps = 20_000;
    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private sealed record Rule(string Frequency, int Interval, int? Count, CalendarTime? Until, IReadOnlyList<(int Nth, IsoDayOfWeek Day)> ByDay, IsoDayOfWeek WeekStart);

    /// <summary>Those that begin before <paramref name="before"/>, by beginning; endless rules end there.</summary>
    public static Result<List<Occurrence>> Expand(IReadOnlyList<ReadEvent> events, DateTimeZone zone, Instant before)
    {
        var faults = new List<Fault>();
        var found = new List<Occurrence>();
        var moved = events.Where(e => e.Recurrence is not null).Select(e => (e.Uid, e.Recurrence!.Value.In(zone))).ToHashSet();
        foreach (var one in events.Where(e => !e.Cancelled))
        {
            if (one.To.In(zone) <= one.From.In(zone))
            {
                faults.Add(new Fault(one.Path + ".dtend", "Ends before, or when, it begins."));
                continue;
            }
            if (one.Rule is null || one.Recurrence is not null)
            {
                found.Add(new Occurrence(one, one.From.In(zone), one.To.In(zone)));
                continue;
            }
            if (Read(one, faults) is not { } rule)
                continue;
            var length = Period.Between(one.From.Local, one.To.Zone == one.From.Zone ? one.To.Local : one.To.In(zone).InZone(one.From.Zone ?? zone).LocalDateTime);
            var excluded = one.Excluded.Select(e => e.In(zone)).ToHashSet();
            var steps = 0;
            foreach (var start in Starts(one.From.Local, rule).TakeWhile(_ => steps++ < MostSteps))
            {
                var from = CalendarTime.Resolve(start, one.From.Zone ?? zone);
                if (from >= before || (rule.Until is { } until && from > until.In(zone)))
                    break;
                var to = CalendarTime.Resolve(start + length, one.From.Zone ?? zone);
                if (to > from && !excluded.Contains(from) && !moved.Contains((one.Uid, from)))
                    found.Add(new Occurrence(one, from, to));
            }
        }
        if (faults.Count > 0)
            return Error.Invalid(faults);
        return found.OrderBy(o => o.From).ThenBy(o => o.Event.Number).ToList();
    }

    private static IEnumerable<LocalDateTime> Starts(LocalDateTime first, Rule rule)
    {
        var dates = rule.Frequency switch
        {
            "DAILY" => Daily(first.Date, rule),
            "WEEKLY" => Weekly(first.Date, rule),
            _ => Monthly(first.Date, rule),
        };
        var all = dates.Where(d => d >= first.Date).Select(d => d + first.TimeOfDay);
        return rule.Count is { } count ? all.Take(count) : all;
    }

    private static IEnumerable<LocalDate> Daily(LocalDate first, Rule rule)
    {
        for (var day = first; ; day = day.PlusDays(rule.Interval))
        {
            if (rule.ByDay.Count == 0 || rule.ByDay.Any(d => d.Day == day.DayOfWeek))
                yield return day;
        }
    }

    private static IEnumerable<LocalDate> Weekly(LocalDate first, Rule rule)
    {
        var week = first.PlusDays(-(((int)first.DayOfWeek - (int)rule.WeekStart + 7) % 7));
        for (; ; week = week.PlusWeeks(rule.Interval))
        {
            for (var i = 0; i < 7; i++)
            {
                var day = week.PlusDays(i);
                if (rule.ByDay.Count == 0 ? day.DayOfWeek == first.DayOfWeek : rule.ByDay.Any(d => d.Day == day.DayOfWeek))
                    yield return day;
            }
        }
    }

    private static IEnumerable<LocalDate> Monthly(LocalDate first, Rule rule)
    {
        for (var month = new LocalDate(first.Year, first.Month, 1); ; month = month.PlusMonths(rule.Interval))
        {
            var length = month.Calendar.GetDaysInMonth(month.Year, month.Month);
            for (var i = 1; i <= length; i++)
            {
                var day = new LocalDate(month.Year, month.Month, i);
                var (fromStart, fromEnd) = ((i - 1) / 7 + 1, -((length - i) / 7 + 1));
                if (rule.ByDay.Count == 0 ? i == first.Day : rule.ByDay.Any(d => d.Day == day.DayOfWeek && (d.Nth == 0 || d.Nth == fromStart || d.Nth == fromEnd)))
                    yield return day;
            }
        }
    }

    private static Rule? Read(ReadEvent one, List<Fault> faults)
    {
        var (frequency, interval, count, until, byDay, weekStart) = ("", 1, (int?)null, (CalendarTime?)null, new List<(int, IsoDayOfWeek)>(), IsoDayOfWeek.Monday);
        var before = faults.Count;
        void Fault(string message) => faults.Add(new Fault(one.Path + ".rrule", message));
        foreach (var part in one.Rule!.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
        {
            var (name, value) = (part[0].ToUpperInvariant(), part.Length == 2 ? part[1].ToUpperInvariant() : "");
            switch (name)
            {
                case "FREQ" when value is "DAILY" or "WEEKLY" or "MONTHLY":
                    frequency = value;
                    break;
                case "INTERVAL" when Number(value, 1000) is { } n:
                    interval = n;
                    break;
                case "COUNT" when Number(value, 100_000) is { } n:
                    count = n;
                    break;
                case "UNTIL" when Until(value, one) is { } u:
                    until = u;
                    break;
                case "WKST" when Array.IndexOf(Days, value) is >= 0 and var day:
                    weekStart = (IsoDayOfWeek)(day + 1);
                    break;
                case "BYDAY":
                    foreach (var word in value.Split(','))
                    {
                        var day = word.Length < 2 ? -1 : Array.IndexOf(Days, word[^2..]);
                        var nth = word.Length > 2 && int.TryParse(word[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : 0;
                        if (day < 0 || (word.Length > 2 && nth is 0 or < -5 or > 5))
                            Fault($"BYDAY={word} is not read.");
                        else
                            byDay.Add((nth, (IsoDayOfWeek)(day + 1)));
                    }
                    break;
                default:
                    Fault($"{string.Join('=', part)} is not read: DAILY, WEEKLY and MONTHLY with INTERVAL, COUNT, UNTIL, BYDAY and WKST are.");
                    break;
            }
        }
        if (frequency.Length == 0 && faults.Count == before)
            Fault("FREQ is missing.");
        if (frequency != "MONTHLY" && byDay.Exists(d => d.Item1 != 0))
            Fault("A numbered BYDAY has a meaning only with MONTHLY.");
        return faults.Count > before ? null : new Rule(frequency, interval, count, until, byDay, weekStart);
    }

    private static int? Number(string text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= most ? n : null;

    /// <summary>Inclusive; a date means the whole day.</summary>
    private static CalendarTime? Until(string value, ReadEvent one)
    {
        var day = NodaTime.Text.LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd").Parse(value);
        if (day.Success)
            return new CalendarTime(one.From.IsDate ? day.Value.AtMidnight() : day.Value.At(LocalTime.MaxValue), one.From.Zone, one.From.IsDate);
        var time = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss").Parse(value.TrimEnd('Z'));
        return time.Success ? new CalendarTime(time.Value, value.EndsWith('Z') ? DateTimeZone.Utc : one.From.Zone, IsDate: false) : null;
    }
}
