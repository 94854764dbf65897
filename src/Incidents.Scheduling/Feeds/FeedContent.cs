using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Feeds;

/// <summary>
/// What a calendar tells: the past 30 and the next 180 days, by whole days of UTC, so that it changes once a day by itself. Shifts that reach over an edge
/// are told whole, else their beginning and their UID would move with the edge. Pure over a snapshot.
/// </summary>
internal sealed record FeedContent(string Name, IReadOnlyList<CalendarEvent> Events)
{
    private static readonly Duration Horizon = Duration.FromDays(400);

    /// <summary>Changes when anything that is told changes.</summary>
    public string Digest { get; } = DigestOf(Name, Events);

    public static (Instant From, Instant To) Window(Instant now)
    {
        var today = now.InUtc().Date;
        return (today.PlusDays(-30).AtMidnight().InUtc().ToInstant(), today.PlusDays(181).AtMidnight().InUtc().ToInstant());
    }

    /// <param name="schedule">Empty: the owner's shifts on every schedule. Gaps belong to the calendars of schedules only.</param>
    public static FeedContent Build(CompiledOrganisation compiled, string owner, string schedule, Instant now, Addresses addresses)
    {
        var window = Window(now);
        var names = schedule.Length > 0 ? [schedule] : compiled.SchedulesOf(owner);
        var events = new List<CalendarEvent>();
        foreach (var name in names)
        {
            if (compiled.LineOf(name) is not { } line)
                continue;
            var places = new Dictionary<(Position, Instant), int>();
            foreach (var shift in line.Shifts(window.From, window.To).Select(s => Whole(line, s, window)).OrderBy(s => s.From).ThenBy(s => s.Position).ThenBy(s => s.Why.Name, StringComparer.Ordinal))
            {
                var place = places[(shift.Position, shift.From)] = places.GetValueOrDefault((shift.Position, shift.From)) + 1;
                if (schedule.Length == 0 && !shift.Has(owner))
                    continue;
                events.Add(Event(compiled, line, name, shift, place, schedule.Length == 0, addresses));
            }
        }
        var title = schedule.Length > 0 ? $"On call: {schedule}" : $"On call: {NameOf(compiled, owner)}";
        return new FeedContent(title, [.. events.OrderBy(e => e.From).ThenBy(e => e.Uid, StringComparer.Ordinal)]);
    }

    private static Shift Whole(Line line, Shift shift, (Instant From, Instant To) window)
    {
        var (from, to) = (shift.From, shift.To);
        if (from == window.From)
            from = Same(line, shift, window.From)?.From ?? from;
        if (to == window.To)
            to = Same(line, shift, window.To - Duration.Epsilon)?.To ?? to;
        return shift with
        {
            From = from == Instant.MinValue ? NodaConstants.UnixEpoch : from,
            To = to == Instant.MaxValue ? window.To : to,
        };
    }

    private static Shift? Same(Line line, Shift shift, Instant at)
        => line.ShiftsAt(shift.Position, at, Horizon).FirstOrDefault(s => s.Why == shift.Why && s.People.SequenceEqual(shift.People, StringComparer.Ordinal));

    private static CalendarEvent Event(CompiledOrganisation compiled, Line line, string schedule, Shift shift, int place, bool own, Addresses addresses)
    {
        var position = shift.Position.ToString().ToLowerInvariant();
        var people = string.Join(" and ", shift.People.Select(p => NameOf(compiled, p)));
        var summary = shift.IsGap ? $"Nobody on call: {schedule} ({position})" : own ? $"On call: {schedule} ({position})" : $"{people}: {schedule} ({position})";
        var text = new StringBuilder();
        text.Append(shift.IsGap ? "Nobody is " : people + (shift.People.Count > 1 ? " are " : " is ")).Append(position).Append(" of ").Append(schedule).Append('.');
        text.Append("\nWhy: ").Append(Why(shift.Why));
        var other = shift.Position == Position.Primary ? Position.Secondary : Position.Primary;
        var others = line.At(other, shift.From).People;
        if (others.Count > 0)
            text.Append('\n').Append(other).Append(" at the start: ").AppendJoin(" and ", others.Select(p => NameOf(compiled, p)));
        var link = addresses.Schedule(schedule);
        return new CalendarEvent(Uid(schedule, position, shift.From, place, shift.IsGap), shift.From, shift.To, summary, text.Append('\n').Append(link).ToString(), link, shift.IsGap);
    }

    private static string Why(Cause why) => why.Kind switch
    {
        CauseKind.Layer => $"layer {why.Name}",
        CauseKind.Override => $"override, {why.Name}",
        CauseKind.Swap => $"swap, {why.Name}",
        CauseKind.Temporary => $"temporary schedule {why.Name}",
        _ => why.Name is { } name ? $"gap, {name}" : "nobody is scheduled",
    };

    /// <summary>Schedule, position and beginning make an entry what it is; <paramref name="place"/> tells those apart that begin together.</summary>
    private static string Uid(string schedule, string position, Instant from, int place, bool gap)
    {
        var identity = string.Join('\n', schedule, position, InstantPattern.ExtendedIso.Format(from), place.ToString(CultureInfo.InvariantCulture), gap ? "gap" : "shift");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16)) + "@incidents";
    }

    private static string NameOf(CompiledOrganisation compiled, string login) => compiled.Organisation.People.GetValueOrDefault(login)?.Name is { Length: > 0 } name ? name : login;

    private static string DigestOf(string name, IReadOnlyList<CalendarEvent> events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        foreach (var one in events)
            hash.AppendData(Encoding.UTF8.GetBytes($"\u0001{one.Uid}\u0001{one.From}\u0001{one.To}\u0001{one.Summary}\u0001{one.Description}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
