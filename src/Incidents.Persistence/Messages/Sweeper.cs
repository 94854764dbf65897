using System.Collections.Frozen;
using Incidents.Kernel;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Persistence.Messages;

/// <summary>
/// Drives what the bus did not: due timers, rows whose hand-over was lost, everything while the bus is down. Every process runs one.
/// </summary>
public sealed class Sweeper(
    Database database,
    MessageStore store,
    Handover handover,
    IBusLink bus,
    Clock clock,
    IOptions<MessagesOptions> options,
    MessageMetrics metrics,
    ILogger<Sweeper> logger) : BackgroundService
{
    private const int Batch = 500;
    private static readonly Duration Slack = Duration.FromSeconds(2);
    private static readonly Duration Stalled = Duration.FromSeconds(3);
    private static readonly Duration ProbeAfter = Duration.FromSeconds(1);

    /// <summary>Looks at a starved endpoint whose probes may still come back.</summary>
    private const int Probes = 2;

    private static readonly Duration Patience = Duration.FromMilliseconds(200);

    private readonly SemaphoreSlim wake = new(0, 1);
    private FrozenDictionary<string, EndpointRunner> runners = FrozenDictionary<string, EndpointRunner>.Empty;
    private long sleepingUntil = long.MaxValue;
    private Instant lastRedrive = Instant.MinValue;

    /// <summary>When the last look ended well; health looks at its age.</summary>
    public Instant LastGoodSweep { get; private set; } = Instant.MinValue;

    internal void Attach(FrozenDictionary<string, EndpointRunner> local) => runners = local;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        handover.TimerWritten = due =>
        {
            if (Instants.ToMicroseconds(due) < Interlocked.Read(ref sleepingUntil) && wake.CurrentCount == 0)
                Wake();
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var more = await Sweep(stoppingToken);
                LastGoodSweep = clock.Now;
                if (!more)
                    await Sleep(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.SweepFailed(logger, e);
                await Task.Delay(options.Value.SweepInterval, clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two timers at once: one wake-up is enough.
        }
    }

    /// <summary>One look. True when there may be more that is due right now.</summary>
    internal async Task<bool> Sweep(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        // Without a bus, what others consume is theirs to sweep.
        IReadOnlyCollection<string>? own = bus.IsHealthy ? null : runners.Keys;
        var due = await Take((c, t) => store.ClaimDue(c, t, now, own, Batch, cancellationToken), cancellationToken);
        foreach (var delivery in due)
        {
            metrics.Tardiness.Record(Math.Max(0, (now - delivery.DueAt).TotalSeconds));
            HandOver(delivery);
        }

        if (now - lastRedrive >= ProbeAfter || !bus.IsHealthy)
        {
            lastRedrive = now;
            foreach (var runner in runners.Values)
                await Redrive(runner, now, cancellationToken);
        }
        return due.Count == Batch;
    }

    /// <summary>Rows that were handed over and still stand: lost when something newer came over the bus since, or when nothing comes at all.</summary>
    private async Task Redrive(EndpointRunner runner, Instant now, CancellationToken cancellationToken)
    {
        Instant before;
        var limit = Batch;
        var (starved, probing) = (false, false);
        if (bus.UnhealthySince is { } since && now - since > Patience)
        {
            // Nothing comes over the bus: what was handed to it is taken back, whoever wrote it, as fast as it is consumed here.
            if (runner.IsFull(Batch * 2))
                return;
            before = now;
        }
        else if (runner.IsStarved(now, Stalled))
        {
            before = now - ProbeAfter;
            starved = true;
            probing = runner.UnansweredProbes < Probes;
            if (probing)
                limit = 5;
            // Healthy, confirming, and yet nothing arrives: it is consumed here, as without a bus.
            else if (runner.IsFull(Batch * 2))
                return;
        }
        else if (runner.Watermark is { } watermark)
        {
            before = Instant.Min(watermark - Slack, now - ProbeAfter);
        }
        else
        {
            runner.UnansweredProbes = 0;
            return;
        }
        var overdue = starved && !probing;
        List<Delivery> lost;
        do
        {
            lost = await Take((c, t) => store.ClaimPublished(c, t, runner.Name, now, before, limit, cancellationToken), cancellationToken);
            foreach (var delivery in lost)
            {
                if (runner.Holds(delivery.Id))
                    continue;
                metrics.Redriven.Add(1, new KeyValuePair<string, object?>("endpoint", runner.Name));
                // A probe goes over the bus: that it comes back is what tells the queue's place. Without a bus the consumer of this process takes it.
                if (!bus.IsHealthy || overdue)
                    runner.TryPost(delivery, Batch * 8);
                else
                    handover.ToBus(delivery);
            }
        }
        while (lost.Count == Batch && !runner.IsFull(Batch * 4));
        // Idle is starved too: only what was found and did not come back speaks against the bus, and only what comes for it.
        runner.UnansweredProbes = !starved ? 0 : runner.UnansweredProbes + (lost.Count > 0 ? 1 : 0);
    }

    private void HandOver(Delivery delivery)
    {
        if (!handover.Deliver(delivery) && runners.TryGetValue(delivery.Endpoint, out var runner) && !bus.IsHealthy)
            runner.TryPost(delivery, Batch * 8);
    }

    private async Task<List<Delivery>> Take(Func<System.Data.Common.DbConnection, System.Data.Common.DbTransaction?, Task<List<Delivery>>> claim, CancellationToken cancellationToken)
    {
        using var gate = await database.EnterWrite(cancellationToken);
        await using var connection = await database.Open(cancellationToken);
        // One statement: its own transaction.
        return await claim(connection, null);
    }

    private async Task Sleep(CancellationToken cancellationToken)
    {
        Instant? next;
        await using (var connection = await database.Open(cancellationToken))
            next = await store.NextDue(connection, cancellationToken);
        var now = clock.Now;
        var longest = Duration.FromTimeSpan(options.Value.SweepInterval);
        var sleep = next is { } at && at - now < longest ? at - now : longest;
        if (sleep <= Duration.Zero)
            return;
        Interlocked.Exchange(ref sleepingUntil, Instants.ToMicroseconds(now + sleep));
        // Timers are due to the microsecond, the system's timer to the millisecond: round up, or the last one is looked at in vain.
        using var timer = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds)), clock.Provider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await wake.WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Slept enough.
        }
        finally
        {
            Interlocked.Exchange(ref sleepingUntil, long.MaxValue);
        }
    }
}
