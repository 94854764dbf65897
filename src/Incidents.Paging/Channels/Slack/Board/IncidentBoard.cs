using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Paging.Model;
using Incidents.Persistence.Events;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Board;

/// <summary>
/// One per process with the paging role: keeps one message per incident, its direct messages and its own channel as the incident is. What happened while
/// a message waited for its turn is shown by that one message.
/// </summary>
internal sealed class IncidentBoard(
    BoardStore store, FactsReader facts, SlackApi api, Rooms rooms, BundledDirects directs, Database database, EventTail tail, Clock clock, SlackMetrics metrics,
    IOptions<SlackOptions> options, IOptions<PagingAddresses> addresses, ILogger<IncidentBoard> logger) : BackgroundService
{
    private const int Lanes = 4;
    private const int DirectMessages = 40;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(2);
    private static readonly Duration[] Backoff = [.. new[] { 1, 2, 5, 10, 30, 60 }.Select(s => Duration.FromSeconds(s))];
    private static readonly Duration WhenPeopleMustMend = Duration.FromMinutes(2);

    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly SemaphoreSlim lanes = new(Lanes);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsConfigured)
            tail.OnArrival(fact =>
            {
                if (fact.Kind == "incident")
                    Wake();
            });
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsConfigured)
            return;
        var begun = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = LongestSleep;
            try
            {
                if (!begun)
                    await store.Begin(stoppingToken);
                begun = true;
                while (await store.Follow(stoppingToken))
                {
                    // There may be more.
                }
                pause = await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                SlackLog.LookFailed(logger, e);
            }
            await Sleep(pause, stoppingToken);
        }
        for (var i = 0; i < Lanes; i++)
            await lanes.WaitAsync(CancellationToken.None);
    }

    private async Task<TimeSpan> Look(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (!await lanes.WaitAsync(0, stoppingToken))
                return LongestSleep;
            var free = true;
            try
            {
                var (taken, next) = await store.Take(stoppingToken);
                if (taken is null)
                    return next is { } at && at - clock.Now < Duration.FromTimeSpan(LongestSleep) ? TimeSpan.FromMilliseconds(Math.Max(1, (at - clock.Now).TotalMilliseconds)) : LongestSleep;
                free = false;
                _ = Show(taken, stoppingToken);
            }
            finally
            {
                if (free)
                    lanes.Release();
            }
        }
    }

    private async Task Show(Taken taken, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            using var done = CancellationTokenSource.CreateLinkedTokenSource(lost.Token);
            var beating = Beat(taken, lost, done.Token);
            Instant? again;
            try
            {
                again = await Bring(taken, lost.Token);
            }
            catch (OperationCanceledException) when (lost.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
            {
                // Another process shows it now.
                return;
            }
            finally
            {
                await done.CancelAsync();
                await beating;
            }
            await store.Finish(taken, again, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await GiveBack(taken);
        }
        catch (Exception e)
        {
            SlackLog.ShowFailed(logger, taken.Row.Number, e);
        }
        finally
        {
            lanes.Release();
            Wake();
        }
    }

    /// <summary>Renews the lease while the work goes on; when it has passed to another the work ends.</summary>
    private async Task Beat(Taken taken, CancellationTokenSource lost, CancellationToken done)
    {
        while (true)
        {
            try
            {
                await Task.Delay((store.Lease / 3).ToTimeSpan(), clock.Provider, done);
                if (await store.Renew(taken, done))
                    continue;
                await lost.CancelAsync();
                return;
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database is away: nothing is posted once the lease is nearly over.
                SlackLog.ShowFailed(logger, taken.Row.Number, e);
            }
        }
    }

    /// <summary>The process stops: whoever starts next need not wait for the lease.</summary>
    private async Task GiveBack(Taken taken)
    {
        try
        {
            await store.Finish(taken, clock.Now, CancellationToken.None);
        }
        catch (Exception e)
        {
            SlackLog.ShowFailed(logger, taken.Row.Number, e);
        }
    }

    /// <summary>When to try again; null: all of it is as it should be.</summary>
    private async Task<Instant?> Bring(Taken taken, CancellationToken stoppingToken)
    {
        var row = taken.Row;
        var refused = options.Value.IncidentChannel is { Length: > 0 } channel ? await Announce(taken, channel, stoppingToken) : null;
        if (refused is { Permanent: false, Reason: not (Reason.RateLimited or Reason.Unauthorized) })
            return Again(row, refused);
        // A channel that must be mended by people, or has had enough for now, holds up nothing else.
        if (await facts.Of(row.Incident, stoppingToken) is { } now)
        {
            refused = await Direct(row, now, stoppingToken) ?? refused;
            if (options.Value.ChannelPerIncident)
                refused = await rooms.Bring(taken, now, Link(now), stoppingToken) ?? refused;
        }
        return refused is null ? null : Again(row, refused);
    }

    private async Task<SlackReply?> Announce(Taken taken, string channel, CancellationToken stoppingToken)
    {
        var row = taken.Row;
        if (taken.MayBePosted)
        {
            var target = await Id(channel, stoppingToken);
            if (target.Id is null)
                return target.Refused;
            var (found, reply) = await api.FindPosted(target.Id, SlackApi.IncidentEvent, row.Incident.ToString(), row.PostingSince!.Value - Duration.FromSeconds(5), stoppingToken);
            if (found is null)
                return reply;
            if (found.Count > 0)
                (row.Channel, row.Ts, row.PostingSince) = (target.Id, found[0], null);
        }
        if (await Changed(row, stoppingToken) is null)
        {
            metrics.Message("unchanged");
            return null;
        }
        var place = await store.Place(channel, stoppingToken);
        if (place > clock.Now)
            await Task.Delay((place - clock.Now).ToTimeSpan(), clock.Provider, stoppingToken);
        if (clock.Now + Duration.FromTimeSpan(options.Value.Timeout) >= taken.LeaseUntil)
            return new SlackReply(default, "", Reason.RateLimited, Duration.Zero);
        // Read after the wait: what happened meanwhile is shown by this one message.
        if (await Changed(row, stoppingToken) is not (var message, var hash))
            return null;
        var answer = row.Ts is { } ts ? await api.Update(row.Channel!, ts, message, stoppingToken) : await api.Post(channel, message, SlackApi.IncidentEvent, row.Incident.ToString(), stoppingToken);
        if (answer.Ok)
        {
            metrics.Message(row.Ts is null ? "posted" : "updated");
            if (row.Ts is null)
                (row.Channel, row.Ts, row.PostingSince) = (answer.Text("channel") ?? channel, answer.Text("ts"), null);
            row.Shown = hash;
            return null;
        }
        metrics.Message(answer.Reason == Reason.RateLimited ? "rateLimited" : "failed");
        if (answer.Reason == Reason.RateLimited)
            await store.Hold(channel, clock.Now + (answer.RetryAfter ?? Duration.FromSeconds(1)), stoppingToken);
        if (row.Ts is null && !answer.MayHaveArrived)
            row.PostingSince = null;
        if (answer.Code is "message_not_found")
            (row.Ts, row.Shown) = (null, null);
        return answer;
    }

    /// <summary>The message and its hash, unless it is shown already.</summary>
    private async Task<(SlackMessage Message, string Hash)?> Changed(SlackIncident row, CancellationToken cancellationToken)
    {
        if (await facts.Of(row.Incident, cancellationToken) is not { } now)
            return null;
        var message = IncidentMessage.Of(now, Link(now));
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(message.Text + "\n" + message.Blocks.ToJsonString())));
        return hash == row.Shown ? null : (message, hash);
    }

    /// <summary>Direct messages of pages tell how the incident stands now.</summary>
    private async Task<SlackReply?> Direct(SlackIncident row, IncidentFacts now, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var sent = await db.Set<Attempt>().AsNoTracking().Where(a => a.Incident == row.Incident && a.Channel == ContactKind.Slack && a.Kind == AttemptKind.Page && a.VendorId != null)
            .OrderByDescending(a => a.SentAt).Select(a => new { a.VendorId, a.Person, a.Bundle }).Take(DirectMessages).ToListAsync(cancellationToken);
        var standing = Wording.Cut($"{now.Standing}|{sent.Count}", 600);
        if (row.Standing == standing)
            return null;
        var fresh = row.Standing is null || row.Standing.StartsWith(now.Standing + "|", StringComparison.Ordinal);
        if (sent.Count > 0 && !(fresh && now.Status == Persistence.Incidents.IncidentStatus.Triggered))
        {
            foreach (var one in sent)
            {
                if (SlackChannel.Parse(one.VendorId!) is not { } place)
                    continue;
                var reply = one.Bundle is { } bundle ? await directs.Bring(bundle, one.VendorId!, one.Person, place, cancellationToken) : await api.Update(place.Conversation, place.Ts, IncidentMessage.Page(now, Link(now), one.Person), cancellationToken);
                if (!reply.Ok && !reply.Permanent)
                    return reply;
            }
        }
        row.Standing = standing;
        return null;
    }

    /// <summary>The id of a channel that was given by name.</summary>
    private async Task<(string? Id, SlackReply? Refused)> Id(string channel, CancellationToken cancellationToken)
    {
        if (channel.Length > 7 && channel[0] is 'C' or 'G' && channel.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
            return (channel, null);
        return await api.ChannelNamed(channel.TrimStart('#'), cancellationToken) is { } id ? (id, null) : (null, new SlackReply(default, "channel_not_found", Reason.VendorUnreachable, null));
    }

    private string Link(IncidentFacts i) => $"{addresses.Value.PublicUrl}/incidents/{i.Number}";

    private Instant Again(SlackIncident row, SlackReply refused)
    {
        var wait = refused.RetryAfter ?? (refused.Permanent || refused.Reason == Reason.Unauthorized ? WhenPeopleMustMend : Backoff[Math.Min(row.Tries, Backoff.Length - 1)]);
        if (refused.Code is "message_not_found")
            wait = Duration.Zero;
        if (refused.Reason != Reason.RateLimited)
            row.Tries++;
        SlackLog.NotShown(logger, row.Number, refused.Reason, refused.Code, wait.TotalSeconds);
        return clock.Now + wait;
    }

    private async Task Sleep(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var timer = new CancellationTokenSource(pause, clock.Provider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
        await wake.WaitAsync(both.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Wake()
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
}
