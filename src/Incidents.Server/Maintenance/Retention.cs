using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Quartz;

// Table names differ by database and come from our own list, numbers from a query: nothing here is a caller's text.
#pragma warning disable EF1002

namespace Incidents.Server.Maintenance;

/// <summary>Removes what is older than the days to keep, in small transactions. Every process may run it: what one has removed the next does not find.</summary>
[DisallowConcurrentExecution]
internal sealed class Retention(Database database, Clock clock, IOptions<StorageOptions> options, ILogger<Retention> logger) : IJob
{
    private const int Batch = 200;
    private static readonly Duration Events = Duration.FromDays(2);
    private static readonly Duration Idempotency = Duration.FromHours(24);
    private static readonly Duration Payloads = Duration.FromDays(7);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var now = clock.Now;
        var events = await Older("platform", "events", "at", now - Events, cancellationToken);
        await Small(async db => await db.Set<IdempotencyRow>().Where(r => r.At < now - Idempotency).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        await Older("ingest", "payloads", "received_at", now - Payloads, cancellationToken);
        await Older("triage", "outcomes", "at", now - Payloads, cancellationToken);
        await Notices(now - Duration.FromDays(Math.Max(90, options.Value.RetentionDays)), cancellationToken);
        var incidents = options.Value.RetentionDays == 0 ? 0 : await Incidents(now - Duration.FromDays(options.Value.RetentionDays), cancellationToken);
        if (incidents + events > 0)
            Log.Retained(logger, incidents, events);
    }

    private Task<int> Older(string module, string table, string column, Instant before, CancellationToken cancellationToken)
        => Small(db => db.Database.ExecuteSqlRawAsync($"delete from {database.Table(module, table)} where {column} < {{0}}", [Stored(before)], cancellationToken), cancellationToken);

    /// <summary>Their rows keep a notice from being told twice, so they stay long after anybody could ask again.</summary>
    private Task<int> Notices(Instant before, CancellationToken cancellationToken)
        => Small(db => db.Database.ExecuteSqlRawAsync($"delete from {database.Table("paging", "notices")} where created_at < {{0}} and next_at is null", [Stored(before)], cancellationToken), cancellationToken);

    private async Task<int> Incidents(Instant before, CancellationToken cancellationToken)
    {
        var removed = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var count = await Small(async db =>
            {
                var numbers = await db.Incidents.Where(i => i.Status == IncidentStatus.Resolved && i.ResolvedAt < before).OrderBy(i => i.Number).Select(i => i.Number).Take(Batch).ToListAsync(cancellationToken);
                if (numbers.Count == 0)
                    return 0;
                var list = string.Join(',', numbers);
                foreach (var (module, table, column) in new[] { ("escalation", "timeline", "incident"), ("triage", "alerts", "incident") })
                    await db.Database.ExecuteSqlRawAsync($"delete from {database.Table(module, table)} where {column} in ({list})", cancellationToken);
                await db.Database.ExecuteSqlRawAsync($"delete from {database.Table("paging", "attempts")} where incident in (select id from {database.Table("escalation", "incidents")} where number in ({list}))", cancellationToken);
                await db.Database.ExecuteSqlRawAsync($"delete from {database.Table("paging", "pages")} where incident in (select id from {database.Table("escalation", "incidents")} where number in ({list}))", cancellationToken);
                return await db.Incidents.Where(i => numbers.Contains(i.Number)).ExecuteDeleteAsync(cancellationToken);
            }, cancellationToken);
            removed += count;
            if (count < Batch)
                return removed;
        }
        return removed;
    }

    private async Task<int> Small(Func<Persistence.IncidentsDbContext, Task<int>> work, CancellationToken cancellationToken)
    {
        using var gate = await database.EnterWrite(cancellationToken);
        await using var db = database.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(database.WriteIsolation, cancellationToken);
        var count = await work(db);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    private object Stored(Instant instant) => database.IsSqlite ? Instants.ToMicroseconds(instant) : instant.ToDateTimeUtc();
}
