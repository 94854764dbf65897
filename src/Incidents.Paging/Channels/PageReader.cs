using Incidents.Contracts.Organisation;
using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Channels;

/// <summary>An incident as a phone needs it.</summary>
internal sealed record Situation(Guid Incident, long Number, string Title, string Service, Incidents.Kernel.Severity Severity, IncidentStatus Status, int Episode, string? AcknowledgedBy, string? ResolvedBy, Instant OpenedAt, int Step)
{
    public static readonly System.Linq.Expressions.Expression<Func<Incident, Situation>> Of =
        i => new Situation(i.Id, i.Number, i.Title, i.Service, i.Severity, i.Status, i.Episode, i.AcknowledgedBy, i.ResolvedBy, i.OpenedAt, i.Step);

    public bool IsOver => Status is IncidentStatus.Acknowledged or IncidentStatus.Resolved or IncidentStatus.Snoozed;

    public bool IsHeldBy(string person) => Status == IncidentStatus.Acknowledged && string.Equals(AcknowledgedBy, person, StringComparison.Ordinal);
}

/// <summary>How far one delivery to one person has come, in the terms of whoever asks "who else?".</summary>
internal sealed record Standing(string Person, ContactKind? Channel, AttemptState? State, Reason? Reason, bool Over);

/// <summary>What callbacks read before they act.</summary>
internal sealed class PageReader(Database database)
{
    private const int Most = 50;

    /// <summary>The attempt's person and the incident as it stands now; null: no such attempt.</summary>
    public async Task<(string Person, Situation Situation)?> OfAttempt(Guid attempt, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var found = await db.Set<Attempt>().AsNoTracking().Where(a => a.Id == attempt).Select(a => new { a.Person, a.Incident }).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        var situation = await db.Incidents.AsNoTracking().Where(i => i.Id == found.Incident).Select(Situation.Of).FirstOrDefaultAsync(cancellationToken);
        return situation is null ? null : (found.Person, situation);
    }

    public async Task<Situation?> ByNumber(long number, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Incidents.AsNoTracking().Where(i => i.Number == number).Select(Situation.Of).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Open incidents for which this phone of the person was paged, newest page first.</summary>
    public async Task<IReadOnlyList<Situation>> PagedOpen(string person, string phone, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var incidents = await (from i in db.Incidents.AsNoTracking()
                               where i.Status != IncidentStatus.Resolved
                                   && db.Set<Attempt>().Any(a => a.Incident == i.Id && a.Person == person && a.Address == phone && a.Kind == AttemptKind.Page && a.SentAt != null)
                               select i).OrderByDescending(i => i.Number).Select(Situation.Of).Take(Most).ToListAsync(cancellationToken);
        return incidents;
    }

    /// <summary>
    /// Incidents that wait for this person: open pages of theirs that nobody has acknowledged, most urgent first, then the oldest.
    /// <paramref name="own"/>: after those also what they have acknowledged and not resolved.
    /// </summary>
    public async Task<IReadOnlyList<Situation>> WaitingFor(string person, bool own, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var paged = await (from p in db.Set<Page>().AsNoTracking()
                           join i in db.Incidents.AsNoTracking() on p.Incident equals i.Id
                           where p.Person == person && p.State == PageState.Open && i.Status == IncidentStatus.Triggered && i.Episode == p.Episode
                           orderby p.High descending, i.Severity, i.OpenedAt, i.Number
                           select i).Select(Situation.Of).Take(Most).ToListAsync(cancellationToken);
        if (!own)
            return paged;
        var held = await db.Incidents.AsNoTracking().Where(i => i.Status == IncidentStatus.Acknowledged && i.AcknowledgedBy == person)
            .OrderBy(i => i.Severity).ThenBy(i => i.OpenedAt).ThenBy(i => i.Number).Select(Situation.Of).Take(Most).ToListAsync(cancellationToken);
        return [.. paged, .. held];
    }

    /// <summary>Incidents that the messages listed which were made with this incident's page to the person, by number.</summary>
    public async Task<IReadOnlyList<Situation>> OfBundle(long number, string person, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var attempts = db.Set<Attempt>().AsNoTracking();
        return await db.Incidents.AsNoTracking()
            .Where(i => attempts.Any(a => a.Incident == i.Id && a.Person == person && a.SentAt != null && attempts.Any(n => n.Id == a.Bundle && n.Number == number && n.Person == person)))
            .OrderBy(i => i.Number).Select(Situation.Of).Take(Pipeline.Bundling.Most).ToListAsync(cancellationToken);
    }

    /// <summary>Every delivery of the present episode's pages of an incident to others than <paramref name="except"/>; a page without any counts as waiting.</summary>
    public async Task<IReadOnlyList<Standing>> Paged(Guid incident, int episode, string except, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await (from p in db.Set<Page>().AsNoTracking()
                      where p.Incident == incident && p.Episode == episode && p.Person != except
                      from a in db.Set<Attempt>().Where(a => a.Page == p.Id && a.Kind == AttemptKind.Page).DefaultIfEmpty()
                      orderby p.CreatedAt, p.Person
                      select new Standing(p.Person, (ContactKind?)a.Channel, (AttemptState?)a.State, (Reason?)a.Reason, a.DoneAt != null))
            .Take(500).ToListAsync(cancellationToken);
    }
}
