using System.Collections.Frozen;
using System.Threading.Channels;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Persistence.Messages;

/// <summary>
/// What happens to a row after its commit: straight to a free consumer of this process, else onto the bus through a bounded channel,
/// else nothing: the sweeper has it. Never awaited by a request. What the bus did not take is given back to all sweepers at once.
/// </summary>
public sealed class Handover(IOptions<MessagesOptions> options, IBusLink bus, Database database, MessageStore store, MessageMetrics metrics, ILogger<Handover> logger) : BackgroundService
{
    /// <summary>Rows in one bus message at most: under load the broker's share of the work shrinks by this factor.</summary>
    private const int BatchSize = 256;

    /// <summary>
    /// How long a publisher rests behind a message of so many rows: at low rates nobody waits for long, at high ones rows share a message
    /// instead of the broker's time. From 2,000 rows a second on (two publishers) a row waits 12 ms on average.
    /// </summary>
    internal static TimeSpan Rest(int rows) => TimeSpan.FromMilliseconds(Math.Clamp(rows, 4, 25));

    private readonly Channel<Delivery> toBus = Channel.CreateBounded<Delivery>(new BoundedChannelOptions(options.Value.PublishBacklog) { SingleReader = false });
    private FrozenDictionary<string, EndpointRunner> runners = FrozenDictionary<string, EndpointRunner>.Empty;

    /// <summary>Set by the sweeper: a timer that is due before its next look wakes it.</summary>
    internal Action<Instant>? TimerWritten { get; set; }

    internal void Attach(FrozenDictionary<string, EndpointRunner> local) => runners = local;

    /// <summary>Whether a row written now can be handed over; if not (bus away, consumer elsewhere) it is left to whoever sweeps and consumes it.</summary>
    public bool CanHandOver(string endpoint) => bus.IsHealthy || runners.ContainsKey(endpoint);

    /// <summary>Rows of a committed transaction, timers among them.</summary>
    public void Committed(IReadOnlyList<NewMessage> rows, Instant now)
    {
        List<Guid>? refused = null;
        foreach (var row in rows)
        {
            if (!row.Published)
                TimerWritten?.Invoke(row.DueAt);
            // A healthy bus that has no room for now will be back for it.
            else if (!Deliver(new Delivery { Id = row.Id, Endpoint = row.Endpoint, Type = row.Type, DueAt = row.DueAt, HandedOverAt = row.DueAt, Message = row.Message }) && !bus.IsHealthy)
                (refused ??= []).Add(row.Id);
        }
        if (refused is not null)
            _ = GiveBack(refused);
    }

    /// <summary>Hands over one row; false when nobody could take it.</summary>
    internal bool Deliver(Delivery delivery)
    {
        if (runners.TryGetValue(delivery.Endpoint, out var runner) && (options.Value.LocalFirst || !bus.IsHealthy) && runner.TryPost(delivery, options.Value.LocalBacklog))
        {
            metrics.HandedOver.Add(1, new("endpoint", delivery.Endpoint), new("way", "local"));
            return true;
        }
        return ToBus(delivery);
    }

    internal bool ToBus(Delivery delivery) => bus.IsHealthy && toBus.Writer.TryWrite(delivery);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        => await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Publish(stoppingToken)));

    private async Task Publish(CancellationToken stoppingToken)
    {
        var batch = new List<Delivery>(BatchSize);
        try
        {
            var (last, pace) = (0L, TimeSpan.Zero);
            while (await toBus.Reader.WaitToReadAsync(stoppingToken))
            {
                var rest = pace - TimeProvider.System.GetElapsedTime(last);
                if (last != 0 && rest > TimeSpan.Zero)
                    await Task.Delay(rest, TimeProvider.System, stoppingToken);
                last = TimeProvider.System.GetTimestamp();
                batch.Clear();
                while (batch.Count < BatchSize && toBus.Reader.TryRead(out var next))
                    batch.Add(next);
                pace = Rest(batch.Count);
                foreach (var group in batch.GroupBy(d => d.Endpoint, StringComparer.Ordinal))
                    await Publish(group.Key, [.. group], stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task Publish(string endpoint, IReadOnlyList<Delivery> rows, CancellationToken stoppingToken)
    {
        if (bus.IsHealthy)
        {
            try
            {
                await bus.Publish(endpoint, rows, stoppingToken);
                metrics.HandedOver.Add(rows.Count, new("endpoint", endpoint), new("way", "bus"));
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                metrics.PublishErrors.Add(rows.Count);
                Log.PublishFailed(logger, endpoint, e);
            }
        }
        await GiveBack([.. rows.Select(r => r.Id)]);
    }

    /// <summary>Best effort: a row that stays marked as handed over is found by its consumers' sweepers a few seconds later.</summary>
    private async Task GiveBack(IReadOnlyList<Guid> rows)
    {
        try
        {
            using (await database.EnterWrite(CancellationToken.None))
            {
                await using var connection = await database.Open(CancellationToken.None);
                await store.GiveBack(connection, rows, CancellationToken.None);
            }
            TimerWritten?.Invoke(Instant.MinValue);
        }
        catch (Exception e)
        {
            Log.NotGivenBack(logger, rows.Count, e);
        }
    }
}
