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
    public async Task<Outcome?> Send(Claimed claimed, VendorQueue? queue, Action<Task<Outcome?>> later)
    {
        if (queue is null || channels.Of(claimed.Channel, claimed.Vendor) is not { } channel)
            return new Outcome(claimed, new Answer.Rejected(Reason.NoChannel, Permanent: true));
        await queue.Lanes.WaitAsync(CancellationToken.None);
        var entry = queue.Breaker.Enter(clock.Now);
        if (entry == Entry.Refused)
        {
            queue.Lanes.Release();
            return new Outcome(claimed, new Answer.Deferred(Reason.VendorOut, null));
        }
        var sending = new Sending(claimed);
        var answer = await Send(sending, queue, channel, entry, later);
        return answer is null ? null : new Outcome(sending.Claimed, answer);
    }

    /// <summary>What is being sent: pages drop out of a bundle until the vendor is asked, and are all in it where the vendor has it already.</summary>
    private sealed class Sending(Claimed claimed)
    {
        public Claimed Claimed { get; set; } = claimed;
    }

    private async Task<Answer?> Send(Sending sending, VendorQueue queue, IChannel channel, Entry entry, Action<Task<Outcome?>> later)
    {
        var claimed = sending.Claimed;
        var asking = Ask(sending, queue, channel);
        if (queues.After(claimed.Channel, claimed.Vendor) is null)
            return Judge(await Finish(asking, queue, entry), queue, entry, claimed);
        if (!await IsQuick(asking))
        {
            Failed(queue, entry);
            later(Late(asking, sending));
            return await LookOnce(sending, channel) ?? new Answer.Deferred(Reason.VendorTimeout, null);
        }
        var answer = Judge(await Finish(asking, queue, entry), queue, entry, claimed);
        return answer is Answer.Deferred { Reason: var reason } && Reasons.MayHaveArrived(reason) ? await LookOnce(sending, channel) ?? answer : answer;
    }

    /// <summary>The answer, with the lane free again.</summary>
    private async Task<Answer?> Ask(Sending sending, VendorQueue queue, IChannel channel)
    {
        try
        {
            var claimed = sending.Claimed;
            if (clock.Now + Duration.FromTimeSpan(queue.Limits.Timeout) >= claimed.LeaseUntil)
                return null;
            // It stood in line behind a slow vendor: somebody may have it by now.
            if (clock.Now + leases.Length - claimed.LeaseUntil > Stood && claimed.AnyWanted)
                sending.Claimed = claimed = claimed.Without(await claims.Unwanted(claimed, CancellationToken.None));
            if (claimed.LookFirst)
            {
                var had = await channel.Find(claimed.Outgoing(), claimed.FirstClaimAt, CancellationToken.None);
                if (had is null)
                    return new Answer.Deferred(Reason.VendorUnreachable, null);
                var ours = await Ours(had, claimed);
                Log.LeaseLapsed(logger, claimed.Dispatch.Attempt, claimed.Dispatch.Person, claimed.Dispatch.Number, ours is not null);
                if (ours is not null)
                {
                    sending.Claimed = claimed.Whole();
                    return new Answer.Accepted(ours);
                }
            }
            return claimed.AnyWanted ? await channel.Send(claimed.Outgoing(), CancellationToken.None) : new Answer.Deferred(Reason.Stopped, null);
        }
        finally
        {
            queue.Lanes.Release();
        }
    }

    private async Task<string?> Ours(IReadOnlyList<string> had, Claimed claimed)
    {
        var strangers = had.Count == 0 ? [] : await known.OfOthers(had, claimed.Bundle?.Id ?? claimed.Dispatch.Attempt, CancellationToken.None);
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

    private async Task<Outcome?> Late(Task<Answer?> asking, Sending sending)
    {
        metrics.Slow(sending.Claimed.Vendor);
        return await asking is Answer.Accepted accepted ? new Outcome(sending.Claimed, accepted) : null;
    }

    /// <summary>Has the vendor taken it after all? Null: no, or it did not say.</summary>
    private async Task<Answer?> LookOnce(Sending sending, IChannel channel)
    {
        var claimed = sending.Claimed;
        using var enough = new CancellationTokenSource(LongestLook, clock.Provider);
        try
        {
            return await channel.Find(claimed.Outgoing(), claimed.FirstClaimAt, enough.Token) is { } had && await Ours(had, claimed) is { } ours ? new Answer.Accepted(ours) : null;
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
