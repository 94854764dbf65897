using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Incidents.Scheduling.Overload;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>What has happened, read for the linter: counted events, and incidents from their acknowledgement to their end.</summary>
internal sealed class FactsReader(Database database, Clock clock)
{
    /// <summary>Facts of shifts and incidents that touch the quarters around <c>[from, to)</c>; only what some pool limits is read.</summary>
    public async Task<LimitFacts> Read(OrganisationSnapshot organisation, Instant from, Instant to, CancellationToken cancellationToken)
    {
        var limits = organisation.Pools.Values.Select(p => p.Limits).ToArray();
        await using var db = database.CreateContext();
        var events = limits.Any(l => l.EventsPerShift is not null || l.RestAfterNightPage is not null) ? await Events(db, from, to, cancellationToken) : [];
        var work = limits.Any(l => l.OperationsShare is not null) ? await Work(db, from - Duration.FromDays(93), to, cancellationToken) : [];
        return new LimitFacts(events, work);
    }

    public async Task<IReadOnlyList<DutyEvent>> Events(Instant from, Instant to, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await Events(db, from, to, cancellationToken);
    }

    private static async Task<IReadOnlyList<DutyEvent>> Events(IncidentsDbContext db, Instant from, Instant to, CancellationToken cancellationToken)
        => await db.Set<DutyEventRow>().AsNoTracking()
            .Where(e => e.ShiftTo > from && e.ShiftFrom < to)
            .OrderBy(e => e.At)
            .Select(e => new DutyEvent(e.Schedule, e.Person, e.Incident, e.Number, e.At, e.ShiftFrom, e.ShiftTo))
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<IncidentWork>> Work(IncidentsDbContext db, Instant from, Instant to, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var rows = await db.Incidents.AsNoTracking()
            .Where(i => i.AcknowledgedAt != null && i.AcknowledgedBy != null && i.AcknowledgedAt < to && (i.ResolvedAt == null || i.ResolvedAt > from))
            .Select(i => new { i.AcknowledgedBy, i.Number, i.AcknowledgedAt, i.ResolvedAt })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => new IncidentWork(r.AcknowledgedBy!, r.Number, r.AcknowledgedAt!.Value, r.ResolvedAt ?? now))];
    }
}
