using System.Globalization;
using System.Threading.Channels;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace Incidents.Persistence.Events;

/// <summary>Where a reader stands: facts are read in the order (writing transaction, sequence), which no late commit can disturb.</summary>
public readonly record struct EventPosition(long Xid, long Seq)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Xid}-{Seq}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static EventPosition? Parse(string? text)
    {
        var parts = text?.Split('-') ?? [];
        return parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var xid) && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var seq)
            ? new EventPosition(xid, seq)
            : null;
    }
}

/// <summary>A broadcast fact as subscribers see it.</summary>
public sealed record Announced(EventPosition Position, string Kind, string Data, Instant At);

/// <summary>
/// Tails the events table (LISTEN wakes it on PostgreSQL, else every 200 ms) and hands facts to this process's subscribers.
/// An event is only read when no transaction older than its own can still commit, so that ids never appear behind a reader's back.
/// </summary>
public sealed class EventTail(Database database, Clock clock, ILogger<EventTail> logger) : BackgroundService
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);

    private readonly Lock sync = new();
    private readonly List<Channel<Announced>> subscribers = [];
    private Action<Announced>[] handlers = [];
    private readonly SemaphoreSlim wake = new(0, 1);
    private EventPosition? last;

    /// <summary>Called for every fact, on the tail's own loop; handlers must be quick and must not throw. Register before the host starts.</summary>
    public void OnArrival(Action<Announced> handler) => handlers = [.. handlers, handler];

    /// <summary>Facts from now on; a subscriber that falls 10,000 behind loses the oldest and must read state anew.</summary>
    public (ChannelReader<Announced> Reader, IDisposable Subscription) Subscribe()
    {
        var channel = Channel.CreateBounded<Announced>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (sync)
            subscribers.Add(channel);
        return (channel.Reader, new Unsubscribe(this, channel));
    }

    /// <summary>Visible facts behind <paramref name="after"/>, in order.</summary>
    public async Task<IReadOnlyList<Announced>> Since(EventPosition after, int limit, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var query = database.IsSqlite
            ? db.Events.Where(e => e.Seq > after.Seq)
            : db.Events.FromSqlRaw("select * from platform.events where (xid, seq) > ({0}, {1}) and xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint", after.Xid, after.Seq);
        return await query.AsNoTracking().OrderBy(e => e.Xid).ThenBy(e => e.Seq).Take(limit)
            .Select(e => new Announced(new EventPosition(e.Xid, e.Seq), e.Kind, e.Data, e.At)).ToListAsync(cancellationToken);
    }

    /// <summary>The position of the newest fact behind which nothing can still appear.</summary>
    public async Task<EventPosition> Newest(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var facts = database.IsSqlite ? db.Events : db.Events.FromSqlRaw("select * from platform.events where xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
        var newest = await facts.AsNoTracking().OrderByDescending(e => e.Xid).ThenByDescending(e => e.Seq).FirstOrDefaultAsync(cancellationToken);
        return newest is null ? default : new EventPosition(newest.Xid, newest.Seq);
    }

    /// <summary>Stands at the newest fact before the host has started, so that nothing announced afterwards can be taken for older than the tail.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            last = await Newest(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A database that is away now must not keep the process from starting; the loop takes its place as soon as it can.
            Log.TailFailed(logger, e);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = Listen(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Read(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.TailFailed(logger, e);
            }
            using var timer = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), clock.Provider);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
            await wake.WaitAsync(both.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            // Facts come in flocks: reading once for all that a moment brings costs a fraction of reading for each.
            if (database.Postgres is not null)
                await Task.Delay(Moment, clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await listening;
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        last ??= await Newest(cancellationToken);
        IReadOnlyList<Announced> batch;
        do
        {
            batch = await Since(last.Value, 500, cancellationToken);
            foreach (var fact in batch)
            {
                last = fact.Position;
                foreach (var handler in handlers)
                    handler(fact);
                lock (sync)
                {
                    foreach (var subscriber in subscribers)
                        subscriber.Writer.TryWrite(fact);
                }
            }
        }
        while (batch.Count == 500);
    }

    private async Task Listen(CancellationToken stoppingToken)
    {
        if (database.Postgres is null)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.Postgres.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, _) => Wake();
                await using (var command = new NpgsqlCommand("listen incidents_events", connection))
                    await command.ExecuteNonQueryAsync(stoppingToken);
                while (true)
                    await connection.WaitAsync(stoppingToken);
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Polling goes on; listen again when the database is back.
                await Task.Delay(TimeSpan.FromSeconds(1), clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
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
            // Two notifications at once.
        }
    }

    private sealed class Unsubscribe(EventTail tail, Channel<Announced> channel) : IDisposable
    {
        public void Dispose()
        {
            lock (tail.sync)
                tail.subscribers.Remove(channel);
        }
    }
}
