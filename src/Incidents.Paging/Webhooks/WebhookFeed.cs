using System.Text.Json;
using Incidents.Kernel;
using Incidents.Paging.Data;
using Incidents.Persistence.Events;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary>
/// Turns committed lines of timelines into deliveries, each exactly once: deliveries and the position behind them are one transaction.
/// One process at a time does it; whichever is killed, the next goes on from the position.
/// </summary>
internal sealed class WebhookFeed : BackgroundService
{
    private const int AtOnce = 500;

    /// <summary>A look without a wake-up: another process may have died over it.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(2);

    private readonly WebhookTable table;
    private readonly EventTail tail;
    private readonly Database database;
    private readonly WorkRunner works;
    private readonly WebhookPump pump;
    private readonly IOptions<PagingAddresses> addresses;
    private readonly Clock clock;
    private readonly ILogger<WebhookFeed> logger;
    private readonly SemaphoreSlim wake = new(0, 1);

    /// <summary>Behind <see cref="based"/>, with nothing between them that any webhook wants.</summary>
    private EventPosition? read;
    private EventPosition based;
    private int looks;

    public WebhookFeed(WebhookTable table, EventTail tail, Database database, WorkRunner works, WebhookPump pump, IOptions<PagingAddresses> addresses, Clock clock, ILogger<WebhookFeed> logger)
    {
        (this.table, this.tail, this.database, this.works, this.pump, this.addresses, this.clock, this.logger) = (table, tail, database, works, pump, addresses, clock, logger);
        tail.OnArrival(fact =>
        {
            if (fact.Kind is "incident" or WebhookTable.Fact)
                Wake();
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await Step(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                read = null;
                Log.WebhookFeedFailed(logger, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            if (more)
                continue;
            using var timer = new CancellationTokenSource(LongestSleep, clock.Provider);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
            await wake.WaitAsync(both.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>True: there is more to be read at once.</summary>
    private async Task<bool> Step(CancellationToken cancellationToken)
    {
        var hooks = await table.All(cancellationToken);
        if (hooks.Count == 0)
        {
            read = null;
            return false;
        }
        if (read is null)
        {
            if (await table.Position(cancellationToken) is not { } position)
                return false;
            (read, based, looks) = (position, position, 0);
        }
        var (lines, end, full) = await Lines(read.Value, cancellationToken);
        if (end == read.Value)
            return false;
        var deliveries = await Wanted(hooks, lines, cancellationToken);
        // A position that nothing hangs on is written down now and then: reading twice costs nothing.
        if (deliveries.Count == 0 && ++looks < 20)
        {
            read = end;
            return full;
        }
        var moved = !await works.Run(work => table.Append(work, based, end, deliveries, cancellationToken), cancellationToken);
        read = moved ? null : end;
        (based, looks) = (end, 0);
        if (deliveries.Count > 0 && !moved)
            pump.Wake();
        return moved || full;
    }

    /// <summary>
    /// Lines behind a position, those of one incident in the order in which they happened, and the position behind them. On PostgreSQL the events table
    /// gives the order that no late commit can disturb, and the lines of a fact are those that its own transaction wrote.
    /// </summary>
    private async Task<(List<TimelineEntry> Lines, EventPosition End, bool Full)> Lines(EventPosition after, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        if (database.IsSqlite)
        {
            var next = await db.Timeline.AsNoTracking().Where(t => t.Id > after.Seq).OrderBy(t => t.Id).Take(AtOnce).ToListAsync(cancellationToken);
            return (next, next.Count == 0 ? after : after with { Seq = next[^1].Id }, next.Count == AtOnce);
        }
        var facts = await tail.Since(after, AtOnce, cancellationToken);
        if (facts.Count == 0)
            return ([], after, false);
        var told = facts.Where(f => f.Kind == "incident").Select(f => (Number: Number(f.Data), Xid: f.Position.Xid & 0xFFFF_FFFF)).Where(f => f.Number > 0).Distinct().ToList();
        var lines = told.Count == 0 ? [] : await db.Timeline.FromSqlRaw(
                "select t.* from escalation.timeline t join unnest({0}, {1}) as f(number, xid) on t.incident = f.number and t.xmin::text::bigint = f.xid",
                told.Select(f => f.Number).ToArray(), told.Select(f => f.Xid).ToArray())
            .AsNoTracking().ToListAsync(cancellationToken);
        return ([.. lines.OrderBy(l => l.At).ThenBy(l => l.Id)], facts[^1].Position, facts.Count == AtOnce);
    }

    private async Task<List<WebhookDelivery>> Wanted(IReadOnlyList<Webhook> hooks, List<TimelineEntry> lines, CancellationToken cancellationToken)
    {
        var told = lines.Where(l => WebhookEvents.Of(l.Kind) is not null).ToList();
        if (told.Count == 0)
            return [];
        var numbers = told.Select(l => l.Incident).Distinct().ToList();
        await using var db = database.CreateContext();
        var incidents = await db.Incidents.AsNoTracking().Where(i => numbers.Contains(i.Number)).ToDictionaryAsync(i => i.Number, cancellationToken);
        var deliveries = new List<WebhookDelivery>();
        foreach (var line in told)
        {
            if (!incidents.TryGetValue(line.Incident, out var incident))
                continue;
            var type = WebhookEvents.Of(line.Kind)!;
            string? body = null;
            // The position may lie a little before a webhook's creation: transactions under way hold it back.
            foreach (var hook in hooks.Where(h => line.At >= h.CreatedAt && WebhookEvents.Wants(h, type, incident)))
            {
                body ??= WebhookEvents.Body(line, type, incident, addresses.Value.PublicUrl);
                deliveries.Add(new WebhookDelivery
                {
                    Id = Guid.CreateVersion7(clock.Now.ToDateTimeOffset()), Webhook = hook.Id, Event = WebhookEvents.IdOf(line), Type = type, Number = line.Incident, Body = body,
                });
            }
        }
        return deliveries;
    }

    private static long Number(string data)
    {
        using var json = JsonDocument.Parse(data);
        return json.RootElement.TryGetProperty("number", out var number) && number.TryGetInt64(out var value) ? value : 0;
    }

    private void Wake()
    {
        try
        {
            if (wake.CurrentCount == 0)
                wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two at once: one look is enough.
        }
    }
}
