using System.Collections.Frozen;
using Incidents.Scheduling.Shifts;
using NodaTime.Text;

namespace Incidents.Scheduling.Tests;

/// <summary>Schedules, calendars and instants in few words.</summary>
internal static class Given
{
    public const string Chicago = "America/Chicago";

    public static readonly IsoDayOfWeek[] Weekdays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    /// <summary>An instant from its local form with offset: <c>2020-11-01T01:30-05</c>, or UTC: <c>2020-11-01T06:30Z</c>.</summary>
    public static Instant At(string text)
        => OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm:sso<Z+HH:mm>").Parse(Normalise(text)).GetValueOrThrow().ToInstant();

    public static LocalDateTime Local(string text) => LocalDateTimePattern.GeneralIso.Parse(text.Length == 16 ? text + ":00" : text).GetValueOrThrow();

    public static LocalTime Time(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).GetValueOrThrow();

    public static TurnLength Turn(string text)
    {
        var unit = text.TrimStart("0123456789".ToCharArray());
        return new(int.Parse(text[..^unit.Length]), unit switch { "h" => TurnUnit.Hour, "d" => TurnUnit.Day, "w" => TurnUnit.Week, _ => TurnUnit.Month });
    }

    /// <summary>Slots from <c>"ana, bruno+maarja, -"</c>: people of a slot joined by +, a deliberately empty slot is -.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Slots(string text)
        => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(s => (IReadOnlyList<string>)(s == "-" ? [] : s.Split('+')))];

    public static Layer Layer(
        string name,
        string start,
        string turn,
        string slots,
        int level = 1,
        Position position = Position.Primary,
        string? until = null,
        string? zone = null,
        Advance advance = Advance.Elapsed,
        params Window[] windows)
        => new(name, position, level, zone, Local(start), until is null ? null : Local(until), Turn(turn), Slots(slots), windows, advance, NextInOrderOf: null);

    public static Layer NextInOrderOf(string layer, string name = "shadow")
        => new(name, Position.Secondary, 1, null, null, null, null, [], [], Advance.Elapsed, layer);

    public static Window Window(string from, string to, IsoDayOfWeek[]? days = null, WindowDays on = WindowDays.All, string? calendar = null)
        => new(days ?? [], Time(from), Time(to), on, calendar);

    public static Schedule Schedule(string zone, params Layer[] layers) => new("duty", Team: null, "A", zone, layers);

    public static Override Replace(string person, string with, string from, string to, int made = 0, Position position = Position.Primary)
        => new(Guid.NewGuid(), "duty", At(from), At(to), position, OverrideKind.Replace, person, with, null, null, Made(made));

    public static Override Add(string person, string from, string to, int made = 0)
        => new(Guid.NewGuid(), "duty", At(from), At(to), Position.Primary, OverrideKind.Add, person, null, null, null, Made(made));

    public static Override Remove(string person, string from, string to, int made = 0)
        => new(Guid.NewGuid(), "duty", At(from), At(to), Position.Primary, OverrideKind.Remove, person, null, null, null, Made(made));

    public static OrganisationSnapshot Organisation(Schedule schedule, IReadOnlyList<Override>? overrides = null, IReadOnlyList<ScheduleVersion>? history = null, params Calendar[] calendars)
    {
        var empty = OrganisationSnapshot.Empty;
        return new OrganisationSnapshot
        {
            Version = 1,
            Calendars = calendars.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal),
            People = empty.People,
            Teams = empty.Teams,
            Pools = empty.Pools,
            Schedules = new Dictionary<string, Schedule>(StringComparer.Ordinal) { [schedule.Name] = schedule }.ToFrozenDictionary(StringComparer.Ordinal),
            ScheduleHistory = history is null
                ? empty.ScheduleHistory
                : new Dictionary<string, IReadOnlyList<ScheduleVersion>>(StringComparer.Ordinal) { [schedule.Name] = history }.ToFrozenDictionary(StringComparer.Ordinal),
            Overrides = new Dictionary<string, IReadOnlyList<Override>>(StringComparer.Ordinal) { [schedule.Name] = overrides ?? [] }.ToFrozenDictionary(StringComparer.Ordinal),
            Policies = empty.Policies,
            Services = empty.Services,
            FirstLineSchedule = null,
            TriageRules = [],
            Integrations = empty.Integrations,
            IntegrationsByKey = empty.IntegrationsByKey,
            PeopleByPhone = empty.PeopleByPhone,
        };
    }

    public static Line Line(Schedule schedule, params Override[] overrides) => Line(schedule, overrides, []);

    public static Line Line(Schedule schedule, IReadOnlyList<Override> overrides, params Calendar[] calendars)
        => new([new ScheduleVersion(schedule, Instant.MinValue, To: null)], overrides, Organisation(schedule, calendars: calendars));

    /// <summary>
    /// Shifts of a position as lines <c>"2020-11-01T01:30-05 ana"</c>: the local beginning with its offset, then the people (joined by +) or
    /// <c>gap</c>; the last line is the end.
    /// </summary>
    public static string[] Told(this Line line, string zone, string from, string to, Position position = Position.Primary)
    {
        var shifts = line.Shifts(At(from), At(to)).Where(s => s.Position == position).ToArray();
        var contiguous = shifts.Zip(shifts.Skip(1)).All(pair => pair.First.To == pair.Second.From);
        return
        [
            .. shifts.Select(s => Show(s.From, zone) + (contiguous ? "" : " to " + Show(s.To, zone)) + " " + (s.People.Count == 0 ? "gap" : string.Join('+', s.People))),
            .. contiguous ? [Show(shifts[^1].To, zone)] : Array.Empty<string>(),
        ];
    }

    public static string Show(Instant instant, string zone)
        => OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<g>")
            .Format(instant.InZone(DateTimeZoneProviders.Tzdb[zone]).ToOffsetDateTime())
            .Replace("+00", "Z", StringComparison.Ordinal);

    public static TemporarySchedule Temporary(string name, string from, string to, params TemporaryShift[] shifts)
        => new(name, "duty", At(from), At(to), shifts, null, null, Made(0));

    public static TemporaryShift Shift(string from, string to, string people, Position position = Position.Primary)
        => new(At(from), At(to), position, people.Split('+'));

    /// <summary>A line whose schedule was edited: each version holds from its instant on.</summary>
    public static Line Edited(IReadOnlyList<Override> overrides, params (string From, Schedule Schedule)[] versions)
    {
        var from = versions.Select((v, i) => i == 0 ? Instant.MinValue : At(v.From)).ToArray();
        var history = versions.Select((v, i) => new ScheduleVersion(v.Schedule, from[i], i + 1 < versions.Length ? from[i + 1] : null)).ToArray();
        return new Line(history, overrides, Organisation(versions[^1].Schedule));
    }

    public static Instant Made(int order) => Instant.FromUtc(2020, 1, 1, 0, 0) + Duration.FromMinutes(order);

    private static string Normalise(string text)
    {
        var time = text.Length > 16 && text[16] == ':' ? text : text[..16] + ":00" + text[16..];
        return time.EndsWith('Z') || time[^3] == ':' ? time : time + ":00";
    }
}
