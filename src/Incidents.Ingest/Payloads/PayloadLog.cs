using System.Collections.Concurrent;
using System.Text.Json;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Ingest.Payloads;

/// <summary>A request as it came in, before it is made readable. <paramref name="Size"/> null: nobody knows.</summary>
internal sealed record Payload(Instant ReceivedAt, string Source, int Status, byte[] Body, long? Size, string? ContentType, string? Agent, int AlertCount, IReadOnlyList<PayloadAlert> Alerts, IReadOnlyList<Fault> Faults)
{
    public string? Reason { get; init; }
    public string? Title { get; init; }
}

/// <summary>
/// Keeps the last requests of each integration, so that somebody who sets up a source sees what it said and what became of it. Accepting never
/// waits for this: what is kept is noted in memory and written together once a second. Of a source that sends more than a few requests a second
/// those are a sample; what is refused has a share of its own, as that is what people look for.
/// </summary>
internal sealed class PayloadLog(Database database, Clock clock, ILogger<PayloadLog> logger) : BackgroundService
{
    /// <summary>Requests that are kept of an integration, of those that were taken and of those that were refused.</summary>
    public const int Kept = 20;

    /// <summary>Bytes that are kept of a body until it is made readable.</summary>
    public const int KeptBytes = 64 * 1024;

    /// <summary>Alerts of a request whose fate is told.</summary>
    public const int KeptAlerts = 20;

    private const int EachSecond = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Share> shares = new(StringComparer.Ordinal);

    /// <summary>Whether a request that has just come is one whose alerts are followed to their end.</summary>
    public bool Follows(string integration) => Share.Take(ref Of(integration).Followed);

    /// <summary>Whether a request that is being refused is kept. If it was <paramref name="followed"/>, another may be in its place.</summary>
    public bool KeepsRefused(string integration, bool followed)
    {
        var share = Of(integration);
        if (!Share.Take(ref share.Refused))
            return followed;
        if (followed)
            Interlocked.Decrement(ref share.Followed);
        return true;
    }

    public void Add(string integration, Payload payload)
    {
        var share = Of(integration);
        lock (share.Waiting)
        {
            share.Waiting.Enqueue(payload);
            // The database is away for longer: the newest are worth more.
            if (share.Waiting.Count > 2 * Kept)
                share.Waiting.Dequeue();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock.Provider);
        while (await Tick(timer, stoppingToken))
            await Write(stoppingToken);
        using var last = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock.Provider);
        await Write(last.Token);
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Share Of(string integration) => shares.GetOrAdd(integration, static _ => new Share());

    private async Task Write(CancellationToken cancellationToken)
    {
        foreach (var (integration, share) in shares)
        {
            Interlocked.Exchange(ref share.Followed, 0);
            Interlocked.Exchange(ref share.Refused, 0);
            List<Payload> taken;
            lock (share.Waiting)
            {
                taken = [.. share.Waiting];
                share.Waiting.Clear();
            }
            if (taken.Count == 0)
                continue;
            try
            {
                await Write(integration, taken, cancellationToken);
            }
            catch (Exception e)
            {
                Log.PayloadsNotKept(logger, integration, e);
                lock (share.Waiting)
                {
                    var newer = share.Waiting.ToList();
                    share.Waiting.Clear();
                    foreach (var payload in taken.Concat(newer).TakeLast(2 * Kept))
                        share.Waiting.Enqueue(payload);
                }
            }
        }
    }

    private async Task Write(string integration, List<Payload> payloads, CancellationToken cancellationToken)
    {
        var rows = payloads.Select(p => Row(integration, p)).ToList();
        using var gate = await database.EnterWrite(cancellationToken);
        await using var db = database.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(database.WriteIsolation, cancellationToken);
        db.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var refused in rows.Select(r => r.Refused).Distinct())
        {
            var old = await db.Set<PayloadRow>().Where(p => p.Integration == integration && p.Refused == refused)
                .OrderByDescending(p => p.ReceivedAt).ThenByDescending(p => p.Id).Skip(Kept).Select(p => p.Id).ToListAsync(cancellationToken);
            if (old.Count > 0)
                await db.Set<PayloadRow>().Where(p => old.Contains(p.Id)).ExecuteDeleteAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    private static PayloadRow Row(string integration, Payload payload)
    {
        var (text, cut) = PayloadText.Of(payload.Body, payload.Size == payload.Body.Length);
        return new PayloadRow
        {
            Integration = integration,
            ReceivedAt = payload.ReceivedAt,
            Source = payload.Source,
            Status = payload.Status,
            Refused = payload.Reason is not null,
            Reason = payload.Reason,
            Title = payload.Title is null ? null : Texts.Clean(payload.Title, 1000),
            Faults = JsonSerializer.Serialize(payload.Faults.Take(KeptAlerts), Json.Options),
            Size = payload.Size,
            ContentType = payload.ContentType is null ? null : Texts.Clean(payload.ContentType, 200),
            Agent = payload.Agent is null ? null : Texts.Clean(payload.Agent, 200),
            Body = text,
            BodyCut = cut,
            AlertCount = payload.AlertCount,
            Alerts = JsonSerializer.Serialize(payload.Alerts, Json.Options),
        };
    }

    /// <summary>What one integration may still have kept within this second, and what waits to be written.</summary>
    private sealed class Share
    {
        public int Followed;
        public int Refused;

        public Queue<Payload> Waiting { get; } = new();

        // Read first: at thousands of requests a second most find the second's share taken, and need not write.
        public static bool Take(ref int count) => Volatile.Read(ref count) < EachSecond && Interlocked.Increment(ref count) <= EachSecond;
    }
}
