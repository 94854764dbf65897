using Incidents.Persistence.Incidents;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>Somebody held an incident's acknowledgement in <c>[From, To)</c>; <paramref name="To"/> null: still.</summary>
internal sealed record Held(long Incident, string Service, string Pool, string Login, Instant From, Instant? To);

/// <summary>What the calculation must know of an incident: its story, by the pool of its service when it opened.</summary>
internal sealed record IncidentStory(long Number, string Service, string Pool, Instant? ResolvedAt, IReadOnlyList<StoryEntry> Entries);

internal sealed record StoryEntry(long Id, Instant At, string Kind, string? Actor);

/// <summary>
/// Whose incident it was, when: the one who acknowledged holds it until it is resolved, snoozed, passed on, or taken away by the acknowledge TTL.
/// An incident that is resolved without an acknowledgement was nobody's.
/// </summary>
internal static class Holding
{
    public static readonly string[] Kinds =
        [TimelineKinds.Acknowledged, TimelineKinds.Unacknowledged, TimelineKinds.Escalated, TimelineKinds.Snoozed, TimelineKinds.Resolved, TimelineKinds.Reopened];

    public static IReadOnlyList<Held> Of(IncidentStory story)
    {
        var held = new List<Held>();
        (string Login, Instant Since)? holder = null;
        foreach (var entry in story.Entries.OrderBy(e => e.At).ThenBy(e => e.Id))
        {
            var takes = entry is { Kind: TimelineKinds.Acknowledged, Actor: not null };
            if (takes && holder?.Login == entry.Actor)
                continue;
            if (holder is { } had)
                held.Add(new Held(story.Number, story.Service, story.Pool, had.Login, had.Since, entry.At));
            holder = takes ? (entry.Actor!, entry.At) : null;
        }

        if (holder is { } last)
            held.Add(new Held(story.Number, story.Service, story.Pool, last.Login, last.Since, story.ResolvedAt is { } end ? Instant.Max(end, last.Since) : null));
        return held;
    }
}
