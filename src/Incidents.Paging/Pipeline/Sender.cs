using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// One attempt at one vendor: through a lane and past the breaker. Where another vendor could take over, a slow one is not waited for
/// longer than <c>HedgeAfter</c>, and one that may have taken the page in spite of its failure is looked at before the page moves on.
/// </summary>
internal sealed class Sender(
    ChannelCatalogue channels, VendorQueues queues, ClaimStore claims, KnownAtVendor known, Leases leases, Clock clock, PagingMetrics metrics, IOptions<VendorOptions> options, ILogger<Sender> logger)
{
    /// <summary>After this long between claim and request the attempt is asked for again: an acknowledged page reaches the vendor at most 2 s later.</summary>
    private static readonly Duration Stood = Duration.FromMilliseconds(500);

    /// <summary>A look before moving on is worth no more than this; whoever is not answered moves on.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What came of it; null: the lease would not outlast the request, and whoever takes it over looks first. <paramref name="later"/> is given
    /// the answer that a slow vendor may still give after it was not waited for any more.
    /// </summary>
    public async Task<Answer?> Send(Claimed claimed, VendorQueue? queue, Action<Task<Outcome?>> later)
    {
        if (queue is null || channels.Of(claimed.Channel, claimed.Vendor) is not { } channel)
            return new Answer.Rejected(Reason.NoChannel, Permanent: true);
        await queue.Lanes.WaitAsync(CancellationToken.None);
        var entry = queue.Breaker.Enter(clock.Now);
        if (entry == Entry.Refused)
        {
            queue.Lanes.Release();
            return new Answer.Deferred(Reason.VendorOut, null);
        }
        var asking = Ask(claimed, queue, channel);
        if (queues.After(claimed.Channel, claimed.Vendor) is null)
            return Judge(await Finish(asking, queue, entry), queue, entry, claimed);
        if (!await IsQuick(asking))
        {
            Failed(queue, entry);
            later(Late(asking, claimed));
            return await LookOnce(claimed, channel) ?? new Answer.Deferred(Reason.VendorTimeout, null);
        }
        var answer = Judge(await Finish(asking, queue, entry), queue, entry, claimed);
        return answer is Answer.Deferred { Reason: var reason } && Reasons.MayHaveArrived(reason) ? await LookOnce(claimed, channel) ?? answer : answer;
    }

    /// <summary>The answer, with the lane free again.</summary>
    private async Task<Answer?> Ask(Claimed claimed, VendorQueue queue, IChannel channel)
    {
        try
        {
            if (clock.Now + Duration.FromTimeSpan(queue.Limits.Timeout) >= claimed.LeaseUntil)
                return null;
            // It stood in line behind a slow vendor: somebody may have it by now.
            if (clock.Now + leases.Length - claimed.LeaseUntil > Stood && claimed.Wanted && !await claims.StillWanted(claimed, CancellationToken.None))
                claimed = claimed with { Wanted = false };
            if (claimed.LookFirst)
            {
                var had = await channel.Find(claimed.Dispatch, claimed.FirstClaimAt, CancellationToken.None);
                if (had is null)
                    return new Answer.Deferred(Reason.VendorUnreachable, null);
                var ours = await Ours(had, claimed);
                Log.LeaseLapsed(logger, claimed.Dispatch.Attempt, claimed.Dispatch.Person, claimed.Dispatch.Number, ours is not null);
                if (ours is not null)
                    return new Answer.Accepted(ours);
            }
            return claimed.Wanted ? await channel.Send(claimed.Dispatch, CancellationToken.None) : new Answer.Deferred(Reason.Stopped, null);
        }
        finally
        {
            queue.Lanes.Release();
        }
    }

    private async Task<string?> Ours(IReadOnlyList<string> had, Claimed claimed)
    {
        var strangers = had.Count == 0 ? [] : await known.OfOthers(had, claimed.Dispatch.Attempt, CancellationToken.None);
        return had.FirstOrDefault(id => !strangers.Contains(id));
    }

    private static async Task<Answer?> Finish(Task<Answer?> asking, VendorQueue queue, Entry entry)
    {
        try
        {
            return await asking;
        }
        catch
        {
            queue.Breaker.Left(entry);
            throw;
        }
    }

    private async Task<bool> IsQuick(Task asking)
    {
        using var cancel = new CancellationTokenSource();
        var slow = Task.Delay(options.Value.HedgeAfter, clock.Provider, cancel.Token);
        await Task.WhenAny(asking, slow);
        await cancel.CancelAsync();
        return asking.IsCompleted;
    }

    private async Task<Outcome?> Late(Task<Answer?> asking, Claimed claimed)
    {
        metrics.Slow(claimed.Vendor);
        return await asking is Answer.Accepted accepted ? new Outcome(claimed, accepted) : null;
    }

    /// <summary>Has the vendor taken it after all? Null: no, or it did not say.</summary>
    private async Task<Answer?> LookOnce(Claimed claimed, IChannel channel)
    {
        using var enough = new CancellationTokenSource(LongestLook, clock.Provider);
        try
        {
            return await channel.Find(claimed.Dispatch, claimed.FirstClaimAt, enough.Token) is { } had && await Ours(had, claimed) is { } ours ? new Answer.Accepted(ours) : null;
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Tells the breaker how the vendor did.</summary>
    private Answer? Judge(Answer? answer, VendorQueue queue, Entry entry, Claimed claimed)
    {
        switch (answer)
        {
            case null or Answer.Deferred { Reason: Reason.Stopped }:
                queue.Breaker.Left(entry);
                break;
            case Answer.Deferred { Reason: Reason.RateLimited } limited:
                if (limited.RetryAfter is { } wait)
                    queue.Hold(clock.Now + Duration.Min(wait, Duration.FromMinutes(2)));
                Succeeded(queue);
                break;
            // One mailbox is put off; the server is well.
            case Answer.Deferred { Reason: Reason.TryLater }:
                Succeeded(queue);
                break;
            case Answer.Deferred:
                Failed(queue, entry);
                break;
            default:
                Succeeded(queue);
                break;
        }
        if (answer is Answer.Deferred { Reason: not Reason.Stopped } && entry == Entry.Probe)
            Log.VendorStillOut(logger, claimed.Vendor);
        return answer;
    }

    private void Succeeded(VendorQueue queue)
    {
        if (queue.Breaker.Succeeded())
            Log.VendorBack(logger, queue.Vendor);
    }

    private void Failed(VendorQueue queue, Entry entry)
    {
        if (!queue.Breaker.Failed(entry, clock.Now))
            return;
        metrics.BreakerOpened(queue.Vendor);
        Log.VendorLeftAlone(logger, queue.Vendor);
    }
}
