using System.Collections.Concurrent;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Notices;

/// <summary>
/// One per process with the paging role: sends notices while no page waits, over a few lanes of its own and out of at most a quarter of a slot of the
/// vendor's rate, so that a page that comes meanwhile finds room. It sleeps until the next one falls due, at most a second.
/// </summary>
internal sealed class NoticePump(
    NoticeStore store,
    Pump pages,
    RateBudget budget,
    ChannelCatalogue channels,
    KnownAtVendor known,
    WorkRunner works,
    Leases leases,
    Clock clock,
    IOptions<TwilioOptions> options,
    ILogger<NoticePump> logger) : BackgroundService
{
    private const int Lanes = 8;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private readonly int share = Math.Clamp(options.Value.RatePerSecond / 40, 1, Lanes);
    private Batcher<NoticeOutcome>? outcomes;

    /// <summary>Something may be due.</summary>
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        outcomes = new Batcher<NoticeOutcome>((batch, cancel) => works.Run(work => store.Write(batch, work, cancel), cancel));
        var alone = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = LongestSleep;
            try
            {
                if (!alone)
                {
                    await store.TakeBackAlone(clock.Now, stoppingToken);
                    alone = true;
                }
                pause = await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Log.NoticeLookFailed(logger, e);
            }
            await Sleep(pause, stoppingToken);
        }
    }

    /// <summary>Finishes what is in hand, writes it down, claims nothing more.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (!running.IsEmpty)
            await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        if (outcomes is not null)
            await outcomes.Stop();
    }

    /// <summary>One look; how long to sleep after it.</summary>
    private async Task<TimeSpan> Look(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var room = Math.Min(share, Lanes - running.Count);
        if (room <= 0 || pages.IsBehind)
            return LongestSleep;
        var (due, next) = await store.Look(now, room, cancellationToken);
        var tokens = await budget.Take(due, cancellationToken);
        if (tokens > 0)
        {
            foreach (var one in await store.Claim(tokens, cancellationToken))
                Track(Send(one));
            return budget.NextSlot;
        }
        if (due > 0)
            return budget.NextSlot;
        return next is { } at && at - now < Duration.FromTimeSpan(LongestSleep) ? (at - now).ToTimeSpan() : LongestSleep;
    }

    private async Task Send(ClaimedNotice claimed)
    {
        await Task.Yield();
        try
        {
            if (await Ask(claimed) is { } answer)
                await outcomes!.Add(new NoticeOutcome(claimed, answer));
        }
        catch (Exception e)
        {
            Log.NoticeSendFailed(logger, claimed.Dispatch.Attempt, e);
        }
    }

    /// <summary>Null: the lease would not outlast the request; whoever takes it over looks first.</summary>
    private async Task<Answer?> Ask(ClaimedNotice claimed)
    {
        if (clock.Now + leases.Timeout >= claimed.LeaseUntil)
            return null;
        if (channels.Of(claimed.Channel) is not { } channel)
            return new Answer.Rejected(Reason.NoChannel, Permanent: true);
        if (claimed.LookFirst)
        {
            var had = await channel.Find(claimed.Dispatch, claimed.FirstClaimAt, CancellationToken.None);
            if (had is null)
                return new Answer.Deferred(Reason.VendorUnreachable, null);
            var strangers = had.Count == 0 ? [] : await known.OfOthers(had, claimed.Dispatch.Attempt, CancellationToken.None);
            if (had.FirstOrDefault(id => !strangers.Contains(id)) is { } ours)
                return new Answer.Accepted(ours);
        }
        return await channel.Send(claimed.Dispatch, CancellationToken.None);
    }

    private async Task Sleep(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(pause.TotalMilliseconds))), clock.Provider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
        await wake.WaitAsync(both.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Track(Task task)
    {
        running[task] = true;
        _ = task.ContinueWith(t =>
        {
            running.TryRemove(t, out _);
            Wake();
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
