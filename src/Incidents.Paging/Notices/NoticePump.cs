using System.Collections.Concurrent;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Trials;
using Incidents.Paging.Vendors;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Paging.Notices;

/// <summary>
/// One per process with the paging role: sends notices while no page waits for the same vendor, over a few lanes of its own at each vendor and out of at most
/// a quarter of a slot of its rate, so that a page that comes meanwhile finds room. It sleeps until the next one falls due, at most a second.
/// </summary>
internal sealed class NoticePump(
    NoticeStore store,
    VendorQueues queues,
    ChannelCatalogue channels,
    KnownAtVendor known,
    TrialStates trials,
    WorkRunner works,
    Clock clock,
    ILogger<NoticePump> logger) : BackgroundService
{
    private const int Lanes = 8;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly ConcurrentDictionary<Task, string> running = new();
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
        var (any, next) = await store.Look(now, cancellationToken);
        var pause = LongestSleep;
        if (any)
        {
            foreach (var (vendor, kinds) in Kinds())
            {
                if (await Look(queues.Of(vendor), vendor, kinds, now, cancellationToken) is { } again && again < pause)
                    pause = again;
            }
        }
        return next is { } at && at - now < Duration.FromTimeSpan(pause) ? (at - now).ToTimeSpan() : pause;
    }

    /// <summary>
    /// Which contacts go to which vendor now; those that no channel is configured for go to none, and fail. A vendor that is nobody's first now still gets what stands before it.
    /// </summary>
    private IEnumerable<(string Vendor, List<ContactKind> Kinds)> Kinds()
    {
        var first = Enum.GetValues<ContactKind>().ToLookup(queues.First, StringComparer.Ordinal);
        return queues.All.Select(q => q.Vendor).Concat(first.Select(f => f.Key)).Distinct(StringComparer.Ordinal).Select(v => (v, first[v].ToList()));
    }

    /// <summary>One vendor's; when to look again, null: nothing of it is due.</summary>
    private async Task<TimeSpan?> Look(VendorQueue? queue, string vendor, IReadOnlyList<ContactKind> kinds, Instant now, CancellationToken cancellationToken)
    {
        var share = queue is null ? Lanes : Math.Clamp(queue.Limits.RatePerSecond / 40, 1, Lanes);
        var room = Math.Min(share, Lanes - running.Count(r => string.Equals(r.Value, vendor, StringComparison.Ordinal)));
        if (room <= 0 || queue is { IsBehind: true } || queue?.Breaker.Lets(now) == false)
            return null;
        if (queue?.Breaker.Until is not null)
            room = 1;
        var due = await store.CountDue(now, room, vendor, kinds, cancellationToken);
        if (due == 0)
            return null;
        var tokens = queue is null ? due : await queue.Budget.Take(due, cancellationToken);
        if (tokens > 0)
        {
            foreach (var one in await store.Claim(tokens, vendor, kinds, cancellationToken))
                Track(Send(one, queue), vendor);
        }
        return queue?.Budget.NextSlot ?? LongestSleep;
    }

    private async Task Send(ClaimedNotice claimed, VendorQueue? queue)
    {
        await Task.Yield();
        var entry = queue?.Breaker.Enter(clock.Now) ?? Entry.Free;
        Answer? answer = null;
        try
        {
            answer = entry == Entry.Refused ? new Answer.Deferred(Reason.VendorOut, null) : await Ask(claimed, queue);
            if (answer is not null)
                await outcomes!.Add(new NoticeOutcome(claimed, answer, trials.IsOutOfPatience(claimed, answer)));
        }
        catch (Exception e)
        {
            Log.NoticeSendFailed(logger, claimed.Dispatch.Attempt, e);
        }
        finally
        {
            if (entry != Entry.Refused)
                Judge(answer, queue, entry);
        }
    }

    private void Judge(Answer? answer, VendorQueue? queue, Entry entry)
    {
        if (answer is null)
            queue?.Breaker.Left(entry);
        else if (answer is Answer.Deferred { Reason: not Reason.RateLimited })
            queue?.Breaker.Failed(entry, clock.Now);
        else
            queue?.Breaker.Succeeded();
    }

    /// <summary>Null: the lease would not outlast the request; whoever takes it over looks first.</summary>
    private async Task<Answer?> Ask(ClaimedNotice claimed, VendorQueue? queue)
    {
        if (queue is null || channels.Of(claimed.Channel, queue.Vendor) is not { } channel)
            return new Answer.Rejected(Reason.NoChannel, Permanent: true);
        if (clock.Now + Duration.FromTimeSpan(queue.Limits.Timeout) >= claimed.LeaseUntil)
            return null;
        if (await trials.Outgoing(claimed, CancellationToken.None) is not { } outgoing)
            return new Answer.Rejected(Reason.Stopped, Permanent: true);
        claimed = outgoing;
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

    private void Track(Task task, string vendor)
    {
        running[task] = vendor;
        _ = task.ContinueWith(t =>
        {
            running.TryRemove(t, out _);
            Wake();
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
