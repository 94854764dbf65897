using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Channels;

/// <summary>An incident as a phone needs it.</summary>
internal sealed record Situation(Guid Incident, long Number, string Title, string Service, Incidents.Kernel.Severity Severity, IncidentStatus Status, int Episode, string? AcknowledgedBy, string? ResolvedBy, Instant OpenedAt)
{
    public static readonly System.Linq.Expressions.Expression<Func<Incident, Situation>> Of =
        i => new Situation(i.Id, i.Number, i.Title, i.Service, i.Severity, i.Status, i.Episode, i.AcknowledgedBy, i.ResolvedBy, i.OpenedAt);

    public bool IsOver => Status is IncidentStatus.Acknowledged or IncidentStatus.Resolved or IncidentStatus.Snoozed;

    /// <summary>"bruno has it", in the words of whoever asks.</summary>
    public string WhoHasIt(string asking) => Status switch
    {
        IncidentStatus.Resolved => string.Equals(ResolvedBy, asking, StringComparison.Ordinal) ? "you resolved it" : $"{ResolvedBy ?? "its source"} resolved it",
        IncidentStatus.Acknowledged => string.Equals(AcknowledgedBy, asking, StringComparison.Ordinal) ? "you have it" : $"{AcknowledgedBy ?? "somebody"} has it",
        IncidentStatus.Snoozed => "it is snoozed",
        _ => "nobody has it yet",
    };
}

/// <summary>What callbacks read before they act.</summary>
internal sealed class PageReader(Database database)
{
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
                               select i).OrderByDescending(i => i.Number).Select(Situation.Of).Take(50).ToListAsync(cancellationToken);
        return incidents;
    }
}
