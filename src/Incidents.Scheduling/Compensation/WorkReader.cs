using Incidents.Persistence;
using Incidents.Persistence.Incidents;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>Who held which incident, from the timelines; <paramref name="Incidents"/>: those whose story is still there.</summary>
internal sealed record WorkDone(IReadOnlyList<Held> Held, IReadOnlySet<long> Incidents)
{
    public bool IsSameAs(WorkDone other) => Held.SequenceEqual(other.Held) && Incidents.SetEquals(other.Incidents);
}

internal static class WorkReader
{
    // Named one by one, so that the index on the status serves.
    private static readonly IncidentStatus[] Unresolved = [IncidentStatus.Triage, IncidentStatus.Triggered, IncidentStatus.Acknowledged, IncidentStatus.Snoozed];

    /// <summary>Of every incident that was open at some moment of <c>[since, until)</c>, with its whole story; by incident, in order.</summary>
    public static async Task<WorkDone> Read(IncidentsDbContext db, Instant since, Instant until, CancellationToken cancellationToken)
    {
        var entries = await (
            from incident in db.Incidents
            where incident.OpenedAt < until && (Unresolved.Contains(incident.Status) || incident.ResolvedAt >= since)
            join entry in db.Timeline on incident.Number equals entry.Incident
            where Holding.Kinds.Contains(entry.Kind)
            orderby incident.Number, entry.Id
            select new { incident.Number, incident.Service, incident.Pool, incident.ResolvedAt, Entry = new StoryEntry(entry.Id, entry.At, entry.Kind, entry.Actor) })
            .AsNoTracking().ToListAsync(cancellationToken);
        var stories = entries.GroupBy(e => e.Number)
            .Select(g => new IncidentStory(g.Key, g.First().Service, g.First().Pool, g.First().ResolvedAt, [.. g.Select(e => e.Entry)]))
            .ToArray();
        return new WorkDone([.. stories.SelectMany(Holding.Of)], stories.Select(s => s.Number).ToHashSet());
    }
}
