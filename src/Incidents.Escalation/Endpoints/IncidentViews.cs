using System.Globalization;
using Incidents.Contracts.Seams;
using Incidents.Escalation.Policy;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Escalation.Endpoints;

/// <summary>
/// An incident as the API shows it. Level and pass count from 1; level 0: paging has not started. Levels and passes are those of its own policy snapshot:
/// a level above <paramref name="Levels"/> is the last resort. <paramref name="MayAct"/>: whether the caller may act on it, by role and teams or as one of those
/// who were paged.
/// </summary>
internal sealed record IncidentView(
    Guid Id, long Number, string Title, string? Details, [property: Words(typeof(IncidentStatus))] string Status, [property: Words("SEV1", "SEV2", "SEV3", "SEV4")] string Severity,
    [property: Words("high", "low")] string Urgency, string Service, string? Team, string Pool, string? Policy,
    Instant OpenedAt, Instant PagingStartsAt, Instant? AcknowledgedAt, string? AcknowledgedBy, Instant? ResolvedAt, string? ResolvedBy, long? MergedInto,
    int Level, int Levels, int Pass, int Passes, Instant? NextStepAt, Instant? SnoozedUntil, IReadOnlyList<string> Paged, string? Runbook, int AlertCount, IReadOnlyList<AlertView> Alerts, bool MayAct,
    [property: System.Text.Json.Serialization.JsonIgnore] int Version);

internal sealed record IncidentList(IReadOnlyList<IncidentView> Items, string? NextCursor);

internal sealed record TimelineView(
    Instant At, [property: Words(typeof(TimelineKinds))] string Kind, string? Actor,
    [property: Words("voice", "sms", "slack", "email", "link", "web", "api", "source", "system")] string Via, int? Level, string? Person, string? Channel, Guid? Attempt, string Text);

internal sealed record TimelineList(IReadOnlyList<TimelineView> Items);

/// <summary>Reads incidents; no locks, no tracking.</summary>
internal sealed class IncidentReader(Database database, IAlerts alerts, IncidentRights rights, IOrganisation organisation)
{
    /// <summary>Finds by UUID or number.</summary>
    public static async Task<Incident?> Find(IncidentsDbContext db, string idOrNumber, CancellationToken cancellationToken)
    {
        if (long.TryParse(idOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return await db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Number == number, cancellationToken);
        return Guid.TryParse(idOrNumber, out var id) ? await db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken) : null;
    }

    public async Task<Guid?> FindId(string idOrNumber, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return (await Find(db, idOrNumber, cancellationToken))?.Id;
    }

    public async Task<IncidentView?> One(string idOrNumber, Actor? viewer, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await Find(db, idOrNumber, cancellationToken) is { } incident ? (await Views([incident], viewer, cancellationToken))[0] : null;
    }

    /// <summary>Newest first; <paramref name="before"/> is exclusive.</summary>
    public async Task<(IReadOnlyList<IncidentView> Items, string? Next)> List(IReadOnlyCollection<IncidentStatus> statuses, string? service, string? pool, string? text, long? before, int limit, Actor? viewer, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var query = db.Incidents.AsNoTracking();
        if (statuses.Count > 0)
            query = query.Where(i => statuses.Contains(i.Status));
        if (service is not null)
            query = query.Where(i => i.Service == service);
        if (pool is not null)
            query = query.Where(i => i.Pool == pool);
        if (!string.IsNullOrWhiteSpace(text))
            query = query.Where(i => EF.Functions.Like(i.Title.ToLower(), $"%{text.ToLowerInvariant()}%"));
        if (before is { } b)
            query = query.Where(i => i.Number < b);
        var found = await query.OrderByDescending(i => i.Number).Take(limit + 1).ToListAsync(cancellationToken);
        var next = found.Count > limit ? found[limit - 1].Number.ToString(CultureInfo.InvariantCulture) : null;
        return (await Views([.. found.Take(limit)], viewer, cancellationToken), next);
    }

    public async Task<IReadOnlyList<TimelineView>?> Timeline(string idOrNumber, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        if (await Find(db, idOrNumber, cancellationToken) is not { } incident)
            return null;
        return await db.Timeline.AsNoTracking().Where(t => t.Incident == incident.Number).OrderBy(t => t.At).ThenBy(t => t.Id)
            .Select(t => new TimelineView(t.At, t.Kind, t.Actor, t.Via, t.Level, t.Person, t.Channel, t.Attempt, t.Text)).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<IncidentView>> Views(IReadOnlyList<Incident> incidents, Actor? viewer, CancellationToken cancellationToken)
    {
        var joined = await alerts.Of([.. incidents.Select(i => i.Number)], cancellationToken);
        var plans = incidents.Select(i => i.Snapshot).Distinct(StringComparer.Ordinal).ToDictionary(s => s, EscalationPlan.Parse, StringComparer.Ordinal);
        var may = await rights.MayAct(viewer, incidents, organisation.Current, cancellationToken);
        return [.. incidents.Select(i => View(i, plans[i.Snapshot], [.. joined[i.Number]], may.Contains(i.Id), organisation.Current.Services.GetValueOrDefault(i.Service)?.Runbook))];
    }

    private static IncidentView View(Incident i, EscalationPlan plan, IReadOnlyList<AlertView> alerts, bool mayAct, string? runbook) => new(
        i.Id, i.Number, i.Title, i.Details, Wire.Name(i.Status), Kernel.Severities.Name(i.Severity), i.Urgency == Urgency.High ? "high" : "low", i.Service, i.Team, i.Pool, i.Policy,
        i.OpenedAt, i.PagingStartsAt, i.AcknowledgedAt, i.AcknowledgedBy, i.ResolvedAt, i.ResolvedBy, i.MergedInto,
        i.Level + 1, plan.Levels.Count, i.Pass + 1, plan.Repeat + 1, i.NextStepAt, i.SnoozedUntil, i.Reachable.Length == 0 ? [] : i.Reachable.Split(','), runbook, i.AlertCount, alerts, mayAct, i.Version);
}
