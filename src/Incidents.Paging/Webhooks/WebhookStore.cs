using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Data;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary>A delivery that this process holds under lease number <paramref name="Claims"/>.</summary>
internal sealed record ClaimedDelivery(Guid Id, Guid Webhook, string Type, string Body, int Claims, int Tries);

/// <summary>Claims deliveries, writes how they went, disables what fails persistently.</summary>
internal sealed class WebhookStore(Dialect dialect, Database database, WorkRunner works, IOrganisation organisation, IOptions<PagingAddresses> addresses, IOptions<WebhookOptions> options, PagingMetrics metrics, ILogger<WebhookStore> logger)
{
    private static readonly Duration Margin = Duration.FromSeconds(3);

    private readonly string hooks = database.Table("paging", "webhooks");
    private readonly string deliveries = database.Table("paging", "webhook_deliveries");
    private readonly WebhookOptions options = options.Value;

    private Duration Lease => Duration.FromTimeSpan(options.Timeout) + Margin;

    /// <summary>Whether something is due, and when the next one is.</summary>
    public async Task<(bool Due, Instant? Next)> Look(Instant now, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select exists (select 1 from {deliveries} where next_at <= @now), (select min(next_at) from {deliveries} where next_at > @now)";
        return (await command.With("@now", now).Read(r => (Convert.ToBoolean(r.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), dialect.ReadInstantOrNull(r, 1)), cancellationToken))[0];
    }

    /// <summary>
    /// Claims up to <paramref name="room"/>: of each webhook the oldest first and only so many at once, and of one incident never one before an earlier one is through.
    /// </summary>
    public Task<List<ClaimedDelivery>> Claim(int room, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var free = await dialect.Command(work,
                $"select x.id from (select d.id, row_number() over (partition by d.webhook order by d.place) + (select count(*) from {deliveries} h where h.webhook = d.webhook and h.in_hand = {dialect.True} and h.next_at > @now) as at " +
                $"from {deliveries} d where d.next_at <= @now and d.state = 'Waiting' and not exists " +
                $"(select 1 from {deliveries} e where e.webhook = d.webhook and e.number = d.number and e.state = 'Waiting' and e.place < d.place)) as x where x.at <= {options.Concurrency} limit {room}")
            .With("@now", work.Now).Read(r => r.GetGuid(0), cancellationToken);
        if (free.Count == 0)
            return [];
        // Taken by another process meanwhile: it has moved on, and the condition fails.
        return await dialect.Command(work,
                $"update {deliveries} set in_hand = {dialect.True}, claims = claims + 1, tried_at = @now, next_at = @lease where id {dialect.In("@ids")} and state = 'Waiting' and next_at <= @now " +
                "returning id, webhook, type, body, claims, tries")
            .With("@ids", free.Order()).With("@now", work.Now).With("@lease", work.Now + Lease)
            .Read(r => new ClaimedDelivery(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3), r.GetInt32(4), r.GetInt32(5)), cancellationToken);
    }, cancellationToken);

    /// <summary>On SQLite this process is the only one: what stands as claimed when it starts was claimed by one that died.</summary>
    public async Task TakeBackAlone(Instant now, CancellationToken cancellationToken)
    {
        if (database.IsSqlite)
            await works.Run(work => dialect.Command(work, $"update {deliveries} set next_at = @now, in_hand = 0 where in_hand = 1 and next_at is not null").With("@now", now).Execute(cancellationToken), cancellationToken);
    }

    public async Task<Webhook?> Hook(Guid id, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
    }

    public Task Write(ClaimedDelivery claimed, Tried tried, CancellationToken cancellationToken) => works.Run(async work =>
    {
        await dialect.Command(work, $"select id from {hooks} where id = @hook{dialect.ForUpdate()}").With("@hook", claimed.Webhook).Read(r => r.GetGuid(0), cancellationToken);
        if (await work.Db.Set<Webhook>().SingleOrDefaultAsync(w => w.Id == claimed.Webhook, cancellationToken) is not { } hook)
            return;
        var finished = tried.IsGood || tried.Error == DeliveryError.Gone || claimed.Tries + 1 >= options.Attempts;
        var state = tried.IsGood ? DeliveryState.Delivered : finished ? DeliveryState.Failed : hook.Enabled ? DeliveryState.Waiting : DeliveryState.Held;
        var rows = dialect.Rows();
        rows.Row().Id("key", claimed.Id).Text("to_state", state).Text("why", tried.Error).At("again", state == DeliveryState.Waiting ? work.Now + Pause(claimed.Tries + 1) : null)
            .Text("said", tried.Answer).Int("code", tried.Status ?? 0).Int("took", tried.Milliseconds);
        var written = await dialect.Command(work,
                $"update {deliveries} as d set state = x.to_state, error = x.why, next_at = x.again, in_hand = {dialect.False}, tries = d.tries + {(tried.IsGood ? 0 : 1)}, status = nullif(x.code, 0), answer = x.said, " +
                $"milliseconds = x.took, done_at = {(finished ? "@now" : "null")} from {rows.As("x")} where d.id = x.key and d.claims = @lease and d.state in ('Waiting', 'Held') and d.in_hand = {dialect.True} returning {dialect.Own("d", "id")}")
            .With("@rows", rows).With("@now", work.Now).With("@lease", claimed.Claims).Read(r => r.GetGuid(0), cancellationToken);
        if (written.Count == 0)
            return;
        metrics.WebhookDelivery(tried.IsGood ? "delivered" : finished ? "failed" : "retried");
        if (tried.IsGood)
        {
            (hook.LastSuccessAt, hook.FailedInRow) = (work.Now, 0);
            return;
        }
        hook.LastFailureAt = work.Now;
        Log.WebhookFailed(logger, hook.Name, claimed.Id, claimed.Tries + 1, tried.Error, tried.Status ?? 0);
        if (finished)
            hook.FailedInRow++;
        if (hook.Enabled && (tried.Error == DeliveryError.Gone || hook.FailedInRow >= options.DisableAfter))
            await Disable(work, hook, tried, cancellationToken);
    }, cancellationToken);

    private async Task Disable(Work work, Webhook hook, Tried tried, CancellationToken cancellationToken)
    {
        var why = tried.Error == DeliveryError.Gone ? "The receiver says that it is gone (410)." : $"{hook.FailedInRow} events in a row could not be delivered; the last: {Say(tried)}.";
        (hook.Enabled, hook.DisabledAt, hook.DisabledReason) = (false, work.Now, why);
        hook.Version++;
        await Hold(work, hook.Id, cancellationToken);
        work.Announce(WebhookTable.Fact, new { });
        metrics.WebhookDelivery("disabled");
        Log.WebhookDisabled(logger, hook.Name, why);
        foreach (var manager in organisation.Current.People.Values.Where(p => p.Role >= Role.Manager).OrderBy(p => p.Login, StringComparer.Ordinal))
        {
            work.Send(new NoticeRequested(manager.Login, "webhookDisabled", $"{hook.Id:N} {Instants.ToMicroseconds(work.Now)}", $"Webhook {hook.Name} is disabled",
                $"{why}\nWhat happens from now on is kept for {options.KeepDays} days. Enable it when its receiver is well again, and replay what it missed.", $"{addresses.Value.PublicUrl}/api/v1/webhooks/{Uri.EscapeDataString(hook.Name)}"));
        }
    }

    /// <summary>What waits is kept, not tried.</summary>
    public async Task<int> Hold(Work work, Guid hook, CancellationToken cancellationToken)
        => await dialect.Command(work, $"update {deliveries} set state = 'Held', next_at = null where webhook = @hook and state = 'Waiting'").With("@hook", hook).Execute(cancellationToken);

    /// <summary>Queues again what was not delivered: one delivery whatever its state, or all that failed or were held, from an instant on (inclusive). Their order stays.</summary>
    public async Task<int> Requeue(Work work, Guid hook, Guid? one, Instant? since, CancellationToken cancellationToken)
    {
        var command = dialect.Command(work,
                $"update {deliveries} set state = 'Waiting', next_at = @now, in_hand = {dialect.False}, tries = 0, error = 'None', done_at = null where webhook = @hook and type <> '{WebhookEvents.Ping}' and " +
                (one is null ? "state in ('Failed', 'Held')" + (since is null ? "" : " and created_at >= @since") : "id = @one and state <> 'Waiting'"))
            .With("@hook", hook).With("@now", work.Now);
        if (one is { } id)
            command.With("@one", id);
        else if (since is { } from)
            command.With("@since", from);
        return await command.Execute(cancellationToken);
    }

    /// <summary>Removes what is older than the days to keep and waits for nothing.</summary>
    public Task<int> Forget(Instant now, CancellationToken cancellationToken) => works.Run(work => dialect.Command(work,
            $"delete from {deliveries} where id in (select id from {deliveries} where created_at < @before and state <> 'Waiting' limit 500)")
        .With("@before", now - Duration.FromDays(options.KeepDays)).Execute(cancellationToken), cancellationToken);

    public async Task Remove(Work work, Guid hook, CancellationToken cancellationToken)
        => await dialect.Command(work, $"delete from {deliveries} where webhook = @hook").With("@hook", hook).Execute(cancellationToken);

    /// <summary>Doubles from the first pause to the longest.</summary>
    internal Duration Pause(int tries) => Duration.FromTicks(Math.Min(options.LongestRetry.Ticks, options.FirstRetry.Ticks * Math.Pow(2, Math.Min(tries - 1, 40))));

    internal static string Say(Tried tried) => tried.Error switch
    {
        DeliveryError.None => "delivered",
        DeliveryError.Status => $"it answered {tried.Status}",
        DeliveryError.Redirect => $"it answered {tried.Status}, and redirects are not followed",
        DeliveryError.Gone => "it says that it is gone (410)",
        DeliveryError.Timeout => "it did not answer in time",
        DeliveryError.Tls => "its certificate does not hold",
        DeliveryError.ForbiddenAddress => "its address is in a private network",
        _ => "it could not be reached",
    };
}
