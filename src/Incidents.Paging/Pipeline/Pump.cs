using System.Collections.Concurrent;
using Incidents.Kernel;
using Incidents.Paging.Vendors;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// One per process with the paging role: claims what is due, asks the vendors, has the outcomes written. It sleeps until the next attempt falls due,
/// at most a quarter of a second: what another process left behind is found by that look.
/// </summary>
internal sealed class Pump(
    IServiceProvider services,
    VendorQueues queues,
    Sender sender,
    WorkRunner works,
    Clock clock,
    PagingMetrics metrics,
    ILogger<Pump> logger) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private readonly CancellationTokenSource stop = new();
    private Batcher<Outcome>? outcomes;
    private Instant countAgain = Instant.MinValue;

    /// <summary>The last look at the table that went well; health looks at its age.</summary>
    public Instant LastGoodLook { get; private set; } = Instant.MinValue;

    /// <summary>How many more attempts of this place the process can take for a vendor at once; none while others wait that go first.</summary>
    public int Room(VendorQueue queue, Place place)
        => outcomes is null || stop.IsCancellationRequested || !queue.Admits(place) ? 0 : place.Urgency > 0 ? Math.Min(queue.Room(clock.Now), queue.LowRoom) : queue.Room(clock.Now);

    /// <summary>Something may be due that this process does not know of.</summary>
    public void Wake()
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

    /// <summary>Sends what was claimed, in the background.</summary>
    public void Send(IReadOnlyList<Claimed> claimed)
    {
        // All are in hand before the first is sent: whoever looks for room meanwhile must not count on theirs.
        var going = claimed.Select(one => (One: one, Queue: queues.Of(one.Channel, one.Vendor))).ToList();
        foreach (var (one, queue) in going)
            queue?.Begin(one.Urgency);
        foreach (var (one, queue) in going)
            Track(SendOne(one, queue));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var store = services.GetRequiredService<ClaimStore>();
        // Before anything is sent (there is no room until outcomes can be written): what this process has in hand itself is no dead one's.
        await services.GetRequiredService<LapsedLeases>().TakeBackAlone(clock.Now, stoppingToken);
        outcomes = new Batcher<Outcome>(Write);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = LongestSleep;
            try
            {
                pause = await Look(store, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.LookFailed(logger, e);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await Sleep(pause, stoppingToken);
        }
    }

    /// <summary>Finishes what is in hand, writes it down, claims nothing more.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await base.StopAsync(cancellationToken);
        while (!running.IsEmpty)
            await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        if (outcomes is not null)
            await outcomes.Stop();
    }

    /// <summary>One look; how long to sleep after it.</summary>
    private async Task<TimeSpan> Look(ClaimStore store, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var found = await store.ClaimDue(now, cancellationToken);
        Send(found.Claimed);

        var (errands, next, strays) = await store.WhatNext(now, cancellationToken);
        if (errands)
        {
            Send(await services.GetRequiredService<LapsedLeases>().Claim(now, queues.All.Sum(q => q.Room(now)), cancellationToken));
            foreach (var errand in await store.TakeErrands(now, 32, cancellationToken))
                Track(Run(errand));
        }
        LastGoodLook = now;
        if (strays || now >= countAgain)
        {
            await services.GetRequiredService<QueueMoves>().Adopt(now, cancellationToken);
            countAgain = now + Duration.FromSeconds(5);
            metrics.Waiting(await store.CountWaiting(now, cancellationToken));
        }
        var pause = strays || (found.More && queues.All.Any(q => !q.OutOfTokens && q.Room(now) > 0)) ? ShortPause : LongestSleep;
        if (found.NextSlot is { } slot && slot < pause)
            pause = slot;
        return next is { } at && at - now < Duration.FromTimeSpan(pause) ? (at - now).ToTimeSpan() : pause;
    }

    private async Task Sleep(TimeSpan pause, CancellationToken stoppingToken)
    {
        // Due instants are exact to the microsecond, timers to the millisecond: rounded up, or the last one is looked at in vain.
        using var timer = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(pause.TotalMilliseconds))), clock.Provider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
        await wake.WaitAsync(both.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task SendOne(Claimed claimed, VendorQueue? queue)
    {
        try
        {
            // The late answer of a vendor that was too slow is written down as well: whoever is first has it.
            if (await sender.Send(claimed, queue, late => Track(WriteLate(late))) is { } outcome)
                await outcomes!.Add(outcome);
        }
        catch (Exception e)
        {
            Log.SendFailed(logger, claimed.Dispatch.Attempt, e);
        }
        finally
        {
            if (queue?.End(claimed.Urgency) == true)
                Wake();
        }
    }

    private async Task WriteLate(Task<Outcome?> late)
    {
        try
        {
            if (await late is { } outcome)
                await outcomes!.Add(outcome);
        }
        catch (Exception e)
        {
            Log.LateAnswerLost(logger, e);
        }
    }

    private async Task Write(IReadOnlyList<Outcome> batch, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<OutcomeStore>();
        bool due;
        try
        {
            due = await works.Run(work => store.Write(batch, work, cancellationToken), cancellationToken);
        }
        catch (Exception e)
        {
            Log.OutcomesNotWritten(logger, batch.Count, e);
            throw;
        }
        if (due)
            Wake();
    }

    private async Task Run(Errand errand)
    {
        try
        {
            await services.GetRequiredService<Errands>().Run(errand, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.SendFailed(logger, errand.Attempt, e);
        }
    }

    private void Track(Task task)
    {
        running[task] = true;
        _ = task.ContinueWith(t => running.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
