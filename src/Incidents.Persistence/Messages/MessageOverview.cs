using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Persistence.Messages;

/// <summary>Figures for gauges. Waiting counts stop at 10,000 an endpoint: what matters then is that it is many.</summary>
public sealed record MessageCounts(IReadOnlyDictionary<string, long> Waiting, double OldestDueSeconds, long Parked, IReadOnlyDictionary<string, long> Open)
{
    public static MessageCounts None { get; } = new(new Dictionary<string, long>(), 0, 0, new Dictionary<string, long>());
}

/// <summary>A parked row as operators see it. <paramref name="Body"/> is its JSON.</summary>
public sealed record ParkedMessage(Guid Id, string Endpoint, string Type, int Failures, Instant ParkedAt, Instant DueAt, Instant NextTryAt, string? LastError, string Body);

/// <summary>Reads and handles message rows from outside: counts, parked rows, replay, discard.</summary>
public sealed class MessageOverview(Database database, Clock clock)
{
    private const int CountLimit = 10_000;

    public async Task<MessageCounts> Count(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var now = clock.Now;
        var waiting = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var endpoint in Contracts.Messages.EndpointCatalogue.Endpoints)
            waiting[endpoint] = await db.Messages.Where(m => m.Published && m.Endpoint == endpoint && m.NextPublishAt <= now).Take(CountLimit).CountAsync(cancellationToken);
        var overdue = await db.Messages.Where(m => !m.Published && m.ParkedAt == null && m.NextPublishAt <= now).MinAsync(m => (Instant?)m.NextPublishAt, cancellationToken);
        var handed = await db.Messages.Where(m => m.Published).MinAsync(m => (Instant?)m.NextPublishAt, cancellationToken);
        var oldest = overdue is null ? handed : handed is null ? overdue : Instant.Min(overdue.Value, handed.Value);
        var parked = await db.Messages.Where(m => m.ParkedAt != null).CountAsync(cancellationToken);
        var open = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var status in new[] { IncidentStatus.Triage, IncidentStatus.Triggered, IncidentStatus.Acknowledged, IncidentStatus.Snoozed })
            open[status.ToString().ToLowerInvariant()] = await db.Incidents.Where(i => i.Status == status).CountAsync(cancellationToken);
        return new MessageCounts(waiting, oldest is null ? 0 : Math.Max(0, (now - oldest.Value).TotalSeconds), parked, open);
    }

    public async Task<IReadOnlyList<ParkedMessage>> Parked(int limit, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var rows = await db.Messages.AsNoTracking().Where(m => m.ParkedAt != null).OrderBy(m => m.ParkedAt).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new ParkedMessage(r.Id, r.Endpoint, r.Type, r.Failures, r.ParkedAt!.Value, r.DueAt, r.NextPublishAt, r.LastError, Shown(r)))];
    }

    /// <summary>A link that opens an account is for one person's eyes.</summary>
    private static string Shown(MessageRow row)
    {
        var body = System.Text.Encoding.UTF8.GetString(row.Body);
        if (row.Type != Contracts.Messages.EndpointCatalogue.Of(typeof(Contracts.Messages.NoticeRequested)).Name || System.Text.Json.Nodes.JsonNode.Parse(body) is not System.Text.Json.Nodes.JsonObject notice)
            return body;
        if (!Contracts.Messages.NoticeKinds.HasSecretLink((string?)notice["kind"] ?? ""))
            return body;
        notice["link"] = "…";
        return notice.ToJsonString(Json.Options);
    }

    /// <summary>Tries a parked row again now, with all its tries; false when there is none of that id.</summary>
    public async Task<bool> Replay(Guid id, CancellationToken cancellationToken)
    {
        using var gate = await database.EnterWrite(cancellationToken);
        await using var db = database.CreateContext();
        var now = clock.Now;
        return await db.Messages.Where(m => m.Id == id && m.ParkedAt != null)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.ParkedAt, (Instant?)null).SetProperty(m => m.Failures, 0).SetProperty(m => m.Published, false).SetProperty(m => m.NextPublishAt, now), cancellationToken) > 0;
    }

    /// <summary>Throws a parked row away; false when there is none of that id.</summary>
    public async Task<bool> Discard(Guid id, CancellationToken cancellationToken)
    {
        using var gate = await database.EnterWrite(cancellationToken);
        await using var db = database.CreateContext();
        return await db.Messages.Where(m => m.Id == id && m.ParkedAt != null).ExecuteDeleteAsync(cancellationToken) > 0;
    }
}
