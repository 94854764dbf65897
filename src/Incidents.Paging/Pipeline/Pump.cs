using System.Collections.Concurrent;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// One per process with the paging role: claims what is due, asks the vendor, has the outcomes written. It sleeps until the next attempt falls due,
/// at most a quarter of a second: what another process left behind is found by that look.
/// </summary>
internal sealed class Pump(
    IServiceProvider services,
    ChannelCatalogue channels,
    RateBudget budget,
    WorkRunner works,
    Clock clock,
    Leases leases,
    PagingMetrics metrics,
    IOptions<TwilioOptions> options,
    ILogger<Pump> logger) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(5);

    /// <summary>After this long between claim and request the attempt is asked for again: an acknowledged page reaches the vendor at most 2 s later.</summary>
    private static readonly Duration Stood = Duration.FromMilliseconds(500);

    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly SemaphoreSlim lanes = new(options.Value.Concurrency);
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private readonly CancellationTokenSource stop = new();
    private Batcher<Outcome>? outcomes;
    private int inHand;
    private volatile bool behind;
    private Instant countAgain = Instant.MinValue;

    /// <summary>The last look at the table that went well; health looks at its age.</summary>
    public Instant LastGoodLook { get; private set; } = Instant.MinValue;

    /// <summary>How many more attempts this process can take; none while older ones wait, which go first.</summary>
    public int Room => outcomes is null || behind || stop.IsCancellationRequested ? 0 : Free;

    private int Free => Math.Max(0, options.Value.Concurrency * 2 - Volatile.Read(ref inHand));

    /// <summary>Pages wait for the vendor's rate or for this process: nothing else goes before them.</summary>
    public bool IsBehind => behind;

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
        foreach (var one in claimed)
        {
            Interlocked.Increment(ref inHand);
            Track(SendOne(one));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        outcomes = new Batcher<Outcome>(Write);
        var store = services.GetRequiredService<ClaimStore>();
        await store.TakeBackAlone(clock.Now, stoppingToken);
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
        var found = await store.ClaimDue(now, Free, cancellationToken);
        behind = found.More;
        Send(found.Claimed);

        var (errands, next) = await store.WhatNext(now, cancellationToken);
        if (errands)
        {
            Send(await store.ClaimLapsed(now, Free, cancellationToken));
            foreach (var errand in await store.TakeErrands(now, 32, cancellationToken))
                Track(Run(errand));
        }
        LastGoodLook = now;
        if (now >= countAgain)
        {
            countAgain = now + Duration.FromSeconds(5);
            metrics.Waiting(await store.CountWaiting(now, cancellationToken));
        }
        if (found.OutOfTokens)
            return budget.NextSlot;
        if (found.More)
            return Free == 0 ? LongestSleep : ShortPause;
        return next is { } at && at - now < Duration.FromTimeSpan(LongestSleep) ? (at - now).ToTimeSpan() : LongestSleep;
    }

    private async Task Sleep(TimeSpan pause, CancellationToken stoppingToken)
    {
        // Due instants are exact to the microsecond, timers to the millisecond: rounded up, or the last one is looked at in vain.
        using var timer = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(pause.TotalMilliseconds))), clock.Provider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
        await wake.WaitAsync(both.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task SendOne(Claimed claimed)
    {
        var attempt = claimed.Dispatch.Attempt;
        try
        {
            await lanes.WaitAsync(CancellationToken.None);
            Answer? answer;
            try
            {
                answer = await Ask(claimed);
            }
            finally
            {
                lanes.Release();
            }
            if (answer is not null)
                await outcomes!.Add(new Outcome(claimed, answer));
        }
        catch (Exception e)
        {
            Log.SendFailed(logger, attempt, e);
        }
        finally
        {
            if (Interlocked.Decrement(ref inHand) <= options.Value.Concurrency && behind)
                Wake();
        }
    }

    /// <summary>Null: the lease would not outlast the request; whoever takes it over looks first.</summary>
    private async Task<Answer?> Ask(Claimed claimed)
    {
        if (clock.Now + leases.Timeout >= claimed.LeaseUntil)
            return null;
        // It stood in line behind a slow vendor: somebody may have it by now.
        if (clock.Now + leases.Length - claimed.LeaseUntil > Stood && claimed.Wanted && !await services.GetRequiredService<ClaimStore>().StillWanted(claimed, CancellationToken.None))
            claimed = claimed with { Wanted = false };
        if (channels.Of(claimed.Channel) is not { } channel)
            return new Answer.Rejected(Reason.NoChannel, Permanent: true);
        if (claimed.LookFirst)
        {
            var had = await channel.Find(claimed.Dispatch, claimed.FirstClaimAt, CancellationToken.None);
            if (had is null)
                return new Answer.Deferred(Reason.VendorUnreachable, null);
            var strangers = had.Count == 0 ? [] : await services.GetRequiredService<KnownAtVendor>().OfOthers(had, claimed.Dispatch.Attempt, CancellationToken.None);
            var ours = had.FirstOrDefault(id => !strangers.Contains(id));
            Log.LeaseLapsed(logger, claimed.Dispatch.Attempt, claimed.Dispatch.Person, claimed.Dispatch.Number, ours is not null);
            if (ours is not null)
                return new Answer.Accepted(ours);
        }
        return claimed.Wanted ? await channel.Send(claimed.Dispatch, CancellationToken.None) : new Answer.Deferred(Reason.Stopped, null);
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
