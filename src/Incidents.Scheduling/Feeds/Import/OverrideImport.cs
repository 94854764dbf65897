using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Feeds.Import;

internal enum ImportAction { None, Replace, Add }

/// <summary>What an event comes to in <c>[From, To)</c>. <paramref name="Replaces"/>: who is on call there as the schedule stands.</summary>
internal sealed record ImportedOverride(string Event, string Person, Instant From, Instant To, ImportAction Action, string? Replaces);

/// <summary>An event that comes to nothing, and why.</summary>
internal sealed record UnmatchedEvent(string Path, string Summary, Instant From, Instant To, string Why);

/// <summary><paramref name="Past"/>: events that are over; the past does not change.</summary>
internal sealed record OverridePlan(IReadOnlyList<ImportedOverride> Items, IReadOnlyList<UnmatchedEvent> Unmatched, int Past)
{
    /// <summary>
    /// Somebody else's calendar as overrides over a position of a schedule: nothing where the person is on call anyway, instead of whoever is, or where
    /// nobody is. Of events that overlap the first counts: a position of such a calendar has one person at a time.
    /// </summary>
    public static OverridePlan Of(IReadOnlyList<Occurrence> occurrences, Line line, Position position, PeopleByWord people, Instant now)
    {
        var (items, unmatched, past) = (new List<ImportedOverride>(), new List<UnmatchedEvent>(), 0);
        var taken = new List<(Occurrence Occurrence, string Person)>();
        foreach (var one in occurrences)
        {
            if (one.To <= now)
            {
                past++;
                continue;
            }
            var (login, why) = people.Of(one.Event);
            if (login is not null && taken.FirstOrDefault(t => t.Person != login && t.Occurrence.From < one.To && one.From < t.Occurrence.To) is { Occurrence: { } other })
                (login, why) = (null, $"overlaps {other.Event.Path}, which is {taken.First(t => t.Occurrence == other).Person}'s");
            if (login is null)
            {
                unmatched.Add(new UnmatchedEvent(one.Event.Path, one.Event.Summary, one.From, one.To, why));
                continue;
            }
            taken.Add((one, login));
            items.AddRange(Pieces(one, login, line, position, now));
        }
        return new OverridePlan(items, unmatched, past);
    }

    public JsonObject Edit(string schedule, Position position) => new()
    {
        ["overrides"] = new JsonArray([.. Items.Where(i => i.Action != ImportAction.None).DistinctBy(i => (i.From, i.To, i.Action, i.Person, i.Replaces)).Select(i =>
        {
            var made = new JsonObject
            {
                ["schedule"] = schedule,
                ["from"] = InstantPattern.ExtendedIso.Format(i.From),
                ["to"] = InstantPattern.ExtendedIso.Format(i.To),
                ["position"] = position.ToString().ToLowerInvariant(),
                ["reason"] = "imported",
            };
            if (i.Action == ImportAction.Replace)
                (made["replace"], made["with"]) = (i.Replaces, i.Person);
            else
                made["add"] = i.Person;
            return (JsonNode)made;
        })]),
    };

    private static IEnumerable<ImportedOverride> Pieces(Occurrence one, string login, Line line, Position position, Instant now)
    {
        ImportedOverride? open = null;
        for (var at = Instant.Max(one.From, now); at < one.To;)
        {
            var answer = line.At(position, at);
            var to = Instant.Min(answer.To, one.To);
            var action = answer.People.Contains(login, StringComparer.Ordinal) ? ImportAction.None : answer.People.Count == 0 ? ImportAction.Add : ImportAction.Replace;
            var replaces = action == ImportAction.Replace ? answer.People[0] : null;
            if (open is not null && open.Action == action && open.Replaces == replaces)
            {
                open = open with { To = to };
            }
            else
            {
                if (open is not null)
                    yield return open;
                open = new ImportedOverride(one.Event.Summary, login, at, to, action, replaces);
            }
            at = to;
        }
        if (open is not null)
            yield return open;
    }
}
