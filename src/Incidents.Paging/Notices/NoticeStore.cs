using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Vendors;
using Incidents.Paging.Vendors.Usage;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Paging.Notices;

/// <summary>A notice that this process holds under lease number <paramref name="Claims"/> until <paramref name="LeaseUntil"/> (exclusive).</summary>
internal sealed record ClaimedNotice(Dispatch Dispatch, string Kind, ContactKind Channel, int Claims, Instant LeaseUntil, Instant FirstClaimAt, int Tries, bool LookFirst)
{
    /// <summary>Who is asked, who was asked before, and why the last of those did not take it.</summary>
    public required string Vendor { get; init; }

    public string Asked { get; init; } = "";
    public Reason Reason { get; init; }
}

/// <param name="Over">It is not tried again, whatever the answer.</param>
internal sealed record NoticeOutcome(ClaimedNotice Claimed, Answer Answer, bool Over = false);

/// <summary>Claims notices, writes what the vendor answered and what it reports.</summary>
internal sealed class NoticeStore(Dialect dialect, Database database, WorkRunner works, Leases leases, LineTable lines, UsageTable usage, VendorQueues queues, Clock clock, PagingMetrics metrics, ILogger<NoticeStore> logger)
{
    /// <summary>A vendor that could not take it for so long: what a notice says is stale by then.</summary>
    private static readonly Duration GiveUp = Duration.FromHours(6);

    /// <summary>Whether any notice is due, and when the next one falls due.</summary>
    public async Task<(bool Any, Instant? Next)> Look(Instant now, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select exists (select 1 from {dialect.Notices} where next_at <= @now), (select min(next_at) from {dialect.Notices} where next_at > @now)";
        return (await command.With("@now", now).Read(r => (Convert.ToBoolean(r.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), dialect.ReadInstantOrNull(r, 1)), cancellationToken))[0];
    }

    /// <summary>
    /// How many notices are due that go to this vendor, up to <paramref name="most"/>; 0 while pages wait for it that could go now. Those are the ones that stand before
    /// it, and over these kinds of contact those that stand before nobody, or before one that is left alone.
    /// </summary>
    public async Task<int> CountDue(Instant now, int most, string vendor, IReadOnlyList<ContactKind> kinds, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"select (select count(*) from (select 1 from {dialect.Notices} where next_at <= @now and {Of(vendor, kinds)} and {LineIsFree} limit {most}) as d), " +
            $"exists (select 1 from {dialect.Attempts} a where a.state = 'Waiting' and a.due_at <= @now and a.vendor = @vendor and a.kind = 'Page' " +
            $"and (a.channel <> 'Voice' or not exists (select 1 from {dialect.Lines} l where l.number = a.address and l.until > @now)))";
        var (due, pages) = (await command.With("@now", now).With("@vendor", vendor)
            .Read(r => ((int)r.GetInt64(0), Convert.ToBoolean(r.GetValue(1), System.Globalization.CultureInfo.InvariantCulture)), cancellationToken))[0];
        return pages ? 0 : due;
    }

    /// <summary>A code or test waits while the number is engaged by another of our calls, as a page does.</summary>
    private string LineIsFree => $"(channel <> 'Voice' or not exists (select 1 from {dialect.Lines} l where l.number = address and l.until > @now and l.attempt <> {dialect.Notices}.id))";

    private string Of(string vendor, IReadOnlyList<ContactKind> kinds)
    {
        var ours = kinds.Count == 0 ? "1 = 0" : $"channel in ({string.Join(", ", kinds.Select(k => $"'{k}'"))})";
        // No channel is configured for these.
        if (vendor.Length == 0)
            return ours;
        var now = clock.Now;
        var well = queues.All.Where(q => q.Breaker.Lets(now)).Select(q => $"'{q.Vendor.Replace("'", "''", StringComparison.Ordinal)}'").ToList();
        return $"(vendor = @vendor or ({(well.Count == 0 ? "" : $"vendor not in ({string.Join(", ", well)}) and ")}{ours}))";
    }

    /// <summary>Claims up to <paramref name="room"/> that are due, oldest first; one whose lease lapsed may have arrived, and is looked for first.</summary>
    public Task<IReadOnlyList<ClaimedNotice>> Claim(int room, string vendor, IReadOnlyList<ContactKind> kinds, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var lease = work.Now + leases.Length;
        var found = await dialect.Command(work,
                $"select id, in_hand, channel, address, vendor from {dialect.Notices} where next_at <= @now and state = 'Queued' and {Of(vendor, kinds)} and {LineIsFree} order by next_at, id limit {room}{dialect.ForUpdate("skip locked")}")
            .With("@now", work.Now).With("@vendor", vendor).Read(r => (Id: r.GetGuid(0), InHand: r.GetBoolean(1) && r.GetString(4) is var at && (at.Length == 0 || at == vendor), Calls: r.GetString(2) == nameof(ContactKind.Voice), Address: r.IsDBNull(3) ? "" : r.GetString(3)), cancellationToken);
        var engaged = await lines.Engage(work, found.Where(f => f.Calls).Select(f => (f.Address, f.Id)), cancellationToken, LineTable.LongestTrial);
        found.RemoveAll(f => f.Calls && !engaged.Contains(f.Id));
        if (found.Count == 0)
            return (IReadOnlyList<ClaimedNotice>)[];
        var lapsed = found.Where(f => f.InHand).Select(f => f.Id).ToHashSet();
        metrics.LapsedLeases.Add(lapsed.Count);
        return await dialect.Command(work,
                $"update {dialect.Notices} set in_hand = {dialect.True}, claims = claims + 1, first_claim_at = coalesce(first_claim_at, @now), next_at = @lease, vendor = @vendor where id {dialect.In("@ids")} " +
                "returning id, person, kind, subject, text, link, channel, address, claims, first_claim_at, tries, reason, created_at, asked")
            .With("@vendor", vendor).With("@ids", found.Select(f => f.Id)).With("@now", work.Now).With("@lease", lease)
            .Read(r => new ClaimedNotice(
                Notice.Dispatch(r.GetGuid(0), r.GetString(1), r.GetString(7), r.GetString(3), r.GetString(4), r.IsDBNull(5) ? null : r.GetString(5), dialect.ReadInstant(r, 12)),
                r.GetString(2), Enum.Parse<ContactKind>(r.GetString(6)), r.GetInt32(8), lease, dialect.ReadInstant(r, 9), r.GetInt32(10),
                lapsed.Contains(r.GetGuid(0)) || FailOver.MayBeAt(vendor, r.GetString(13), r.GetInt32(10), Enum.Parse<Reason>(r.GetString(11))))
            {
                Vendor = vendor,
                Asked = r.GetString(13),
                Reason = Enum.Parse<Reason>(r.GetString(11)),
            }, cancellationToken);
    }, cancellationToken);

    /// <summary>On SQLite this process is the only one: what stands as claimed when it starts was claimed by one that died.</summary>
    public async Task TakeBackAlone(Instant now, CancellationToken cancellationToken)
    {
        if (database.IsSqlite)
            await works.Run(work => dialect.Command(work, $"update {dialect.Notices} set next_at = @now where in_hand = 1 and next_at is not null").With("@now", now).Execute(cancellationToken), cancellationToken);
    }

    public async Task Write(IReadOnlyList<NoticeOutcome> outcomes, Work work, CancellationToken cancellationToken)
    {
        var rows = dialect.Rows();
        foreach (var (claimed, answer, over) in outcomes.OrderBy(o => o.Claimed.Dispatch.Attempt))
        {
            var (state, reason, again, vendor, onward) = Decide(claimed, answer, over, work.Now);
            if (onward is not null && !string.Equals(onward.Vendor, claimed.Vendor, StringComparison.Ordinal))
                metrics.FailOver(claimed.Vendor);
            rows.Row().Id("key", claimed.Dispatch.Attempt).Int("lease", claimed.Claims).Text("to_state", state).Text("why", reason).Text("sid", vendor).At("again", again)
                .At("sent", state == NoticeState.Sent ? work.Now : null).At("done", state == NoticeState.Failed ? work.Now : null).Int("tried", state == NoticeState.Queued ? 1 : 0)
                .Text("by_vendor", onward?.Vendor ?? claimed.Vendor).Text("asked_by_now", onward?.Asked ?? claimed.Asked);
        }
        var written = await dialect.Command(work,
                $"update {dialect.Notices} as n set state = x.to_state, reason = x.why, vendor_id = coalesce(x.sid, n.vendor_id), vendor = x.by_vendor, asked = x.asked_by_now, next_at = x.again, sent_at = x.sent, done_at = x.done, " +
                $"tries = n.tries + x.tried, in_hand = {dialect.False} from {rows.As("x")} where n.id = x.key and n.claims = x.lease and n.state = 'Queued' " +
                $"returning {dialect.Own("n", "id", "kind", "person", "state", "reason")}")
            .With("@rows", rows).Read(r => (Id: r.GetGuid(0), Kind: r.GetString(1), Person: r.GetString(2), State: Enum.Parse<NoticeState>(r.GetString(3)), Reason: Enum.Parse<Reason>(r.GetString(4))), cancellationToken);
        await lines.Free(work, [.. written.Where(w => w.State != NoticeState.Sent).Select(w => w.Id)], cancellationToken);
        var sent = written.Where(w => w.State == NoticeState.Sent).Select(w => w.Id).ToHashSet();
        usage.Count(work, outcomes.Where(o => sent.Contains(o.Claimed.Dispatch.Attempt)).Select(o => (o.Claimed.Vendor, o.Claimed.Channel, o.Claimed.Dispatch.Address)));
        foreach (var w in written)
        {
            if (w.State != NoticeState.Queued)
                metrics.Notice(w.State);
            if (w.Reason != Reason.None)
                metrics.Error(w.Reason);
            if (w.State == NoticeState.Failed)
                Log.NoticeFailed(logger, w.Kind, w.Person, w.Reason);
        }
    }

    /// <summary>A vendor that could not take it loses it to the next, as with pages; a code or test that is not wanted any more goes nowhere.</summary>
    private (NoticeState State, Reason Reason, Instant? Again, string? VendorId, Onward? To) Decide(ClaimedNotice claimed, Answer answer, bool over, Instant now)
    {
        if (answer is Answer.Accepted accepted)
            return (NoticeState.Sent, Reason.None, null, accepted.VendorId, null);
        var reason = answer switch
        {
            Answer.Rejected r => r.Reason,
            Answer.Deferred d => d.Reason,
            _ => throw new InvalidOperationException($"An answer of no known kind: {answer}."),
        };
        if (over || reason == Reason.Stopped || now - claimed.Dispatch.PageCreatedAt >= GiveUp)
            return (NoticeState.Failed, reason, null, null, null);
        var to = FailOver.Decide(new AtVendor(claimed.Vendor, claimed.Asked, claimed.Tries, claimed.Reason), answer, queues.Routes(claimed.Channel), now);
        return to.Never ? (NoticeState.Failed, to.Reason, null, null, null) : (NoticeState.Queued, to.Reason, now + to.Wait, null, to);
    }

    /// <summary>The vendor's reports, in any order and any number of times; one that overtakes the answer to our own request counts as that answer.</summary>
    public async Task Report(IReadOnlyList<StatusReport> reports, Work work, CancellationToken cancellationToken)
    {
        var rows = dialect.Rows();
        foreach (var r in reports.Where(r => r.Meaning is StatusMeaning.Delivered or StatusMeaning.Undeliverable).OrderBy(r => r.Rank).GroupBy(r => r.Attempt).Select(g => g.Last()).OrderBy(r => r.Attempt))
            rows.Row().Id("key", r.Attempt).Text("sid", r.VendorId).Int("rank", r.Rank).Text("to_state", r.Meaning == StatusMeaning.Delivered ? NoticeState.Delivered : NoticeState.Failed);
        if (rows.Count == 0)
            return;
        var changed = await dialect.Command(work,
                $"update {dialect.Notices} as n set state = x.to_state, reason = case when x.to_state = 'Failed' then 'Undeliverable' else 'None' end, vendor_id = coalesce(n.vendor_id, x.sid), " +
                $"vendor_rank = x.rank, next_at = null, in_hand = {dialect.False}, sent_at = coalesce(n.sent_at, @now), done_at = @now " +
                $"from {rows.As("x")} where n.id = x.key and n.vendor_rank < x.rank and n.state in ('Queued', 'Sent') returning {dialect.Own("n", "kind", "person", "state")}")
            .With("@rows", rows).With("@now", work.Now).Read(r => (Kind: r.GetString(0), Person: r.GetString(1), State: Enum.Parse<NoticeState>(r.GetString(2))), cancellationToken);
        foreach (var (kind, person, state) in changed)
        {
            metrics.Notice(state);
            if (state == NoticeState.Failed)
            {
                metrics.Error(Reason.Undeliverable);
                Log.NoticeFailed(logger, kind, person, Reason.Undeliverable);
            }
        }
    }
}
