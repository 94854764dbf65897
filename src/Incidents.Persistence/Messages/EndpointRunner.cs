using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Incidents.Contracts.Messages;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;

namespace Incidents.Persistence.Messages;

/// <summary>
/// Consumes one endpoint in this process: takes what waits now, opens one transaction, deletes the rows, lets the module work, commits.
/// </summary>
public sealed class EndpointRunner(
    EndpointRegistration registration,
    IServiceProvider services,
    WorkRunner works,
    MessageStore store,
    Clock clock,
    IOptions<MessagesOptions> options,
    MessageMetrics metrics,
    ILogger<EndpointRunner> logger)
{
    /// <summary>While the database is away a batch is kept in hand: tried again after these, and left to the sweeper when it stays away.</summary>
    private static readonly TimeSpan[] Pauses = [.. Enumerable.Range(0, 24).Select(i => TimeSpan.FromMilliseconds(Math.Min(100 << Math.Min(i, 3), 500)))];

    private enum Tried { Done, OneByOne, Away }

    private readonly Channel<Delivery> waiting = Channel.CreateUnbounded<Delivery>();
    private readonly ConcurrentDictionary<Guid, bool> inProcess = new();
    private readonly CancellationTokenSource stop = new();
    private Task[] workers = [];
    private int backlog;
    private int fromBus;
    private long watermark = long.MinValue;
    private long lastFromBus;

    /// <summary>This endpoint's consumer asks for the organisation's version: from now on it is read with the deletion.</summary>
    private volatile bool asksVersion;

    public string Name => registration.Name;

    /// <summary>Hand-over time of the newest row that came over the bus and was consumed; what is older and still there must be lost.</summary>
    internal Instant? Watermark => Interlocked.Read(ref watermark) is var w && w == long.MinValue ? null : Instants.FromMicroseconds(w);

    /// <summary>Nothing that came over the bus is in hand, or was within <paramref name="span"/>: a slow consumer is not a starved one.</summary>
    internal bool IsStarved(Instant now, Duration span)
        => Volatile.Read(ref fromBus) == 0 && now - Instants.FromMicroseconds(Interlocked.Read(ref lastFromBus)) > span;

    /// <summary>Looks of the sweeper that found rows which the bus did not bring, in turn. The sweeper's own.</summary>
    internal int UnansweredProbes { get; set; }

    internal bool IsFull(int limit) => Volatile.Read(ref backlog) >= limit;

    internal bool Holds(Guid id) => inProcess.ContainsKey(id);

    /// <summary>Takes a row that never left the process; false when <paramref name="limit"/> already wait, or it is stopping.</summary>
    internal bool TryPost(Delivery delivery, int limit)
    {
        if (stop.IsCancellationRequested || Volatile.Read(ref backlog) >= limit)
            return false;
        if (!inProcess.TryAdd(delivery.Id, true))
            return true;
        Interlocked.Increment(ref backlog);
        if (waiting.Writer.TryWrite(delivery))
            return true;
        // It is stopping.
        inProcess.TryRemove(delivery.Id, out _);
        Interlocked.Decrement(ref backlog);
        return false;
    }

    /// <summary>A row that came over the bus. Completes when it is done with, so that the broker's prefetch bounds what waits here.</summary>
    internal Task Process(Delivery delivery)
    {
        Interlocked.Exchange(ref lastFromBus, Instants.ToMicroseconds(clock.Now));
        inProcess.TryAdd(delivery.Id, true);
        Interlocked.Increment(ref backlog);
        Interlocked.Increment(ref fromBus);
        if (waiting.Writer.TryWrite(delivery))
            return delivery.Done!.Task;
        // It is stopping: the row stands, another process brings it back.
        inProcess.TryRemove(delivery.Id, out _);
        Interlocked.Decrement(ref backlog);
        Interlocked.Decrement(ref fromBus);
        return Task.CompletedTask;
    }

    internal void Start() => workers = [.. Enumerable.Range(0, registration.Workers).Select(_ => Task.Run(Loop))];

    /// <summary>
    /// Finishes what waits here (it is bounded), but no longer than <paramref name="patience"/>; what is left then stays a row and is somebody else's.
    /// </summary>
    internal async Task Stop(TimeSpan patience)
    {
        waiting.Writer.TryComplete();
        stop.CancelAfter(patience);
        await Task.WhenAll(workers);
        await stop.CancelAsync();
    }

    private async Task Loop()
    {
        var batch = new List<Delivery>(registration.MaxBatch);
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stop.Token))
            {
                batch.Clear();
                var most = works.Turn(registration.MaxBatch);
                while (batch.Count < most && waiting.Reader.TryRead(out var next))
                    batch.Add(next);
                if (batch.Count > 0)
                    await Handle(batch);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task Handle(List<Delivery> batch)
    {
        try
        {
            if (await Patiently(batch, alone: batch.Count == 1) == Tried.OneByOne && batch.Count > 1)
            {
                foreach (var delivery in batch)
                    await Patiently([delivery], alone: true);
            }
        }
        finally
        {
            foreach (var delivery in batch)
            {
                inProcess.TryRemove(delivery.Id, out _);
                if (delivery.FromBus)
                {
                    Advance(Instants.ToMicroseconds(delivery.HandedOverAt));
                    Interlocked.Exchange(ref lastFromBus, Instants.ToMicroseconds(clock.Now));
                    Interlocked.Decrement(ref fromBus);
                }
                delivery.Done?.TrySetResult();
            }
            Interlocked.Add(ref backlog, -batch.Count);
        }
    }

    private async Task<Tried> Patiently(IReadOnlyList<Delivery> batch, bool alone)
    {
        var tried = await TryBatch(batch, alone, first: true);
        for (var i = 0; tried == Tried.Away && i < Pauses.Length && !stop.IsCancellationRequested; i++)
        {
            await Task.Delay(Pauses[i], clock.Provider, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            tried = await TryBatch(batch, alone, first: false);
        }
        return tried;
    }

    private void Advance(long handedOver)
    {
        long seen;
        while (handedOver > (seen = Interlocked.Read(ref watermark)) && Interlocked.CompareExchange(ref watermark, handedOver, seen) != seen)
        {
        }
    }

    /// <summary>A single row's failure is counted here; that of several asks for trying them one by one.</summary>
    private async Task<Tried> TryBatch(IReadOnlyList<Delivery> batch, bool alone, bool first)
    {
        var started = clock.Provider.GetTimestamp();
        try
        {
            var known = Known(batch);
            if (known.Count == 0)
                return Tried.Done;
            var done = await works.Run(async work =>
            {
                var found = await Delete(work, [.. known.Select(d => d.Id)]);
                var received = known.Where(d => found.ContainsKey(d.Id))
                    .Select(d => new Received(d.Message ?? Decode(d.Type, found[d.Id].Body), found[d.Id].Seq, d.Id, d.DueAt))
                    .OrderBy(r => r.Seq).ToList();
                if (received.Count > 0)
                {
                    await using var scope = services.CreateAsyncScope();
                    var consumer = (IEndpointConsumer)scope.ServiceProvider.GetRequiredService(registration.Consumer);
                    await consumer.Consume(received, work, CancellationToken.None);
                    asksVersion |= work.AskedVersion;
                }
                foreach (var r in received)
                    metrics.QueueAge.Record((work.Now - r.DueAt).TotalSeconds, new KeyValuePair<string, object?>("endpoint", Name));
                return received.Count;
            }, CancellationToken.None);
            metrics.Consumed.Add(done, new KeyValuePair<string, object?>("endpoint", Name));
            metrics.BatchTime.Record(clock.Provider.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("endpoint", Name));
            return Tried.Done;
        }
        catch (Exception e) when (Transience.IsUnavailable(e) || Transience.IsContention(e))
        {
            // The database is away or crowded: nobody's fault. The rows stand, also when a commit went through whose answer was lost.
            metrics.Unavailable.Add(1, new KeyValuePair<string, object?>("endpoint", Name));
            if (first)
                Log.DatabaseAway(logger, Name, batch.Count, e);
            return Tried.Away;
        }
        catch (Exception e)
        {
            if (alone)
                await Fail(batch[0], e);
            return Tried.OneByOne;
        }
    }

    private async Task<Dictionary<Guid, (long Seq, byte[] Body)>> Delete(Work work, Guid[] ids)
    {
        if (!asksVersion || work.Connection is not NpgsqlConnection postgres)
            return await store.Delete(work.Connection, work.Transaction, ids, CancellationToken.None);
        var (found, version) = await store.DeleteWithVersion(postgres, (NpgsqlTransaction)work.Transaction, ids, CancellationToken.None);
        work.KnownVersion = version;
        return found;
    }

    /// <summary>Each row once. An unknown type belongs to a newer release that runs beside this one: its row is left alone, nothing is counted.</summary>
    private static List<Delivery> Known(IReadOnlyList<Delivery> batch)
    {
        var seen = new HashSet<Guid>(batch.Count);
        return [.. batch.Where(d => seen.Add(d.Id) && EndpointCatalogue.Types.ContainsKey(d.Type))];
    }

    private static object Decode(string type, byte[] body) => JsonSerializer.Deserialize(body, EndpointCatalogue.Types[type], Json.Options)
        ?? throw new JsonException("The body of the row is null.");

    private async Task Fail(Delivery delivery, Exception failure)
    {
        var error = $"{failure.GetType().Name}: {failure.Message}";
        metrics.Failures.Add(1, new KeyValuePair<string, object?>("endpoint", Name));
        Log.MessageFailed(logger, delivery.Type, delivery.Id, Name, failure);
        try
        {
            var parked = await works.Run(async work =>
            {
                var count = await store.CountFailure(work.Connection, work.Transaction, delivery.Id, error, CancellationToken.None);
                var park = count >= options.Value.ParkAfter;
                var retry = work.Now + (park ? Duration.FromTimeSpan(options.Value.ParkedRetry) : Duration.FromMilliseconds(Math.Min(100 * Math.Pow(2, count - 1), 10_000)));
                await store.Postpone(work.Connection, work.Transaction, delivery.Id, retry, park ? work.Now : null, CancellationToken.None);
                return count == options.Value.ParkAfter;
            }, CancellationToken.None);
            if (!parked)
                return;
            metrics.Parked.Add(1, new KeyValuePair<string, object?>("endpoint", Name));
            Log.MessageParked(logger, delivery.Type, delivery.Id, Name, error);
            await works.Run(async work =>
            {
                var message = delivery.Message ?? Decode(delivery.Type, await store.Body(work.Connection, work.Transaction, delivery.Id, CancellationToken.None));
                await using var scope = services.CreateAsyncScope();
                var consumer = (IEndpointConsumer)scope.ServiceProvider.GetRequiredService(registration.Consumer);
                await consumer.Parked(new Received(message, 0, delivery.Id, delivery.DueAt), error, work, CancellationToken.None);
                work.Announce("parked", new { endpoint = Name, delivery.Id });
            }, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Even counting failed (database away): the row stands and comes back.
            Log.FailureNotCounted(logger, delivery.Id, e);
        }
    }
}
