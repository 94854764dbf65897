using System.Collections.Frozen;
using System.Threading.Channels;
using Incidents.Persistence.Bus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Persistence.Messages;

/// <summary>
/// What happens to a row after its commit: straight to a free consumer of this process, else onto the bus through a bounded channel,
/// else nothing: the sweeper has it. Never awaited by a request.
/// </summary>
public sealed class Handover(IOptions<MessagesOptions> options, IBusLink bus, MessageMetrics metrics, ILogger<Handover> logger) : BackgroundService
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
        foreach (var row in rows)
        {
            if (row.Published)
                Deliver(new Delivery { Id = row.Id, Endpoint = row.Endpoint, Type = row.Type, DueAt = row.DueAt, HandedOverAt = row.DueAt, Message = row.Message });
            else
                TimerWritten?.Invoke(row.DueAt);
        }
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
        if (!bus.IsHealthy)
            return;
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            timeout.CancelAfter(TimeSpan.FromSeconds(2));
            await bus.Publish(endpoint, rows, timeout.Token);
            metrics.HandedOver.Add(rows.Count, new("endpoint", endpoint), new("way", "bus"));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            metrics.PublishErrors.Add(rows.Count);
            Log.PublishFailed(logger, endpoint, e);
        }
    }
}
