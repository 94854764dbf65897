using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Vendors;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>Something of an attempt that must be looked into at the vendor: a call to cancel, or one that never told how it ended.</summary>
internal sealed record Errand(Guid Attempt, ContactKind Channel, string VendorId, bool Cancel, Instant SentAt, int Tries)
{
    /// <summary>Who has it. Empty: written by a release that knew one vendor only.</summary>
    public string Vendor { get; init; } = "";
}

/// <summary>
/// Claims attempts, each vendor's for itself, in the order urgency, pool, fair turn (age, unless many of one person or service wait), place in the rules;
/// under the incident's lock, so that nothing is claimed once an acknowledge has committed, and with the phone line engaged, so that no number gets two calls
/// at a time.
/// </summary>
internal sealed class ClaimStore(Dialect dialect, Database database, IncidentLocks incidents, LineTable lines, WorkRunner works, VendorQueues queues, QueueMoves moves, ChannelCatalogue channels, Leases leases, PagingMetrics metrics)
{
    private const string DispatchColumns = "a.id, a.incident, a.number, a.person, a.address, p.title, p.service, p.severity, p.created_at, a.text, a.channel, a.kind, a.claims, a.first_claim_at, a.tries, a.reason, a.due_at, p.episode, " +
        "a.vendor, a.asked, a.urgency, a.pool_rank, a.fair_at, a.ordinal, a.stop";

    /// <summary>How many attempts change to another vendor in one look.</summary>
    private const int Moved = 256;

    private sealed record Candidate(
        Dispatch Dispatch, ContactKind Channel, AttemptKind Kind, int Claims, Instant? FirstClaimAt, int Tries, Reason Reason, Instant DueAt, int Episode,
        string Vendor, string Asked, Place Place, Instant FairAt, int Ordinal, bool Stop);

    /// <summary>What a look at the waiting attempts gave. <paramref name="More"/>: some were left that could go at once or very soon. <paramref name="NextSlot"/>: until a vendor has tokens again, null when none lacks them.</summary>
    public sealed record Look(IReadOnlyList<Claimed> Claimed, bool More, TimeSpan? NextSlot);

    /// <summary>Claims what is due, as far as each vendor has room; what stands before a vendor that is left alone goes to another that serves the same contacts.</summary>
    public async Task<Look> ClaimDue(Instant now, CancellationToken cancellationToken)
    {
        var asked = new List<Part>(queues.All.Count);
        foreach (var queue in queues.All)
        {
            queue.OutOfTokens = false;
            var room = queue.Room(now);
            queue.PassedOver = room == 0;
            if (room > 0)
                asked.Add(new Part(queue, room, null));
            else if (!queue.Breaker.Lets(now) && queues.Movable(queue).ToList() is { Count: > 0 } kinds)
                asked.Add(new Part(queue, Moved, kinds));
        }
        if (asked.Count == 0)
            return new Look([], false, null);
        var candidates = (await Due(now, asked, cancellationToken)).ToLookup(c => c.Vendor, StringComparer.Ordinal);
        var chosen = new List<Candidate>();
        var leaving = new List<Candidate>();
        var more = false;
        TimeSpan? nextSlot = null;
        foreach (var (queue, room, kinds) in asked)
        {
            var due = candidates[queue.Vendor].OrderBy(c => c.Place.Order).ThenBy(c => c.FairAt).ThenBy(c => c.Ordinal).ToList();
            if (kinds is not null)
            {
                leaving.AddRange(due);
                queue.Waits(due.Count > 0 ? due[0].Place : null);
                continue;
            }
            // A page that was made meanwhile has taken some of the room itself.
            var able = Able(due, queue, queue.Room(now));
            var tokens = await queue.Budget.Take(able.Count, cancellationToken);
            chosen.AddRange(able.Take(tokens));
            queue.OutOfTokens = tokens < able.Count;
            if (queue.OutOfTokens)
                nextSlot = nextSlot is { } other && other < queue.Budget.NextSlot ? other : queue.Budget.NextSlot;
            var left = due.Except(able.Take(tokens)).Select(c => (Place?)c.Place).MinBy(p => p!.Value.Order);
            left ??= due.Count == room ? due[^1].Place : null;
            queue.Waits(left);
            more |= tokens == able.Count && able.Count == due.Count && due.Count == room && room > 1;
        }
        if (leaving.Count > 0)
        {
            await moves.Move([.. leaving.Select(c => new QueueMoves.Leaving(c.Dispatch.Attempt, c.Channel, c.Vendor, c.Tries > 0 ? FailOver.Add(c.Asked, c.Vendor) : c.Asked))], cancellationToken);
            more = true;
        }
        if (chosen.Count == 0)
            return new Look([], more, nextSlot);
        var claimed = await works.Run(work => Claim(work, chosen, cancellationToken), cancellationToken);
        foreach (var c in chosen)
            metrics.Tardiness.Record(Math.Max(0, (now - c.DueAt).TotalSeconds));
        return new Look(claimed, more || claimed.Count < chosen.Count, nextSlot);
    }

    private sealed record Part(VendorQueue Queue, int Limit, IReadOnlyList<ContactKind>? Kinds);

    /// <summary>Low urgency never takes all lanes.</summary>
    private static List<Candidate> Able(List<Candidate> due, VendorQueue queue, int room)
    {
        var low = queue.LowRoom;
        return [.. due.Where(c => c.Place.Urgency == 0 || low-- > 0).Take(room)];
    }

    private async Task<List<Candidate>> Due(Instant now, IReadOnlyList<Part> parts, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        // Of what waits, next_at is due_at; its index spares the look at all that fall due much later, where little is due now.
        // Lines first engaged by others are passed over, lest they stand before everybody else.
        command.CommandText = string.Join(" union all ", parts.Select((part, i) =>
            $"select * from (select {DispatchColumns} from {dialect.Attempts} a join {dialect.Pages} p on p.id = a.page " +
            $"where a.state = 'Waiting' and a.vendor = @v{i} and a.due_at <= @now and a.next_at <= @now and (a.channel <> 'Voice' or not exists (select 1 from {dialect.Lines} l where l.number = a.address and l.until > @now)) " +
            (part.Kinds is null ? "" : $"and a.channel in ({string.Join(", ", part.Kinds.Select(k => $"'{k}'"))}) ") +
            $"order by a.urgency, a.pool_rank, a.fair_at, a.ordinal limit @n{i}) as q{i}"));
        command.With("@now", now);
        for (var i = 0; i < parts.Count; i++)
            command.With($"@v{i}", parts[i].Queue.Vendor).With($"@n{i}", parts[i].Limit);
        return await command.Read(ReadCandidate, cancellationToken);
    }

    private async Task<IReadOnlyList<Claimed>> Claim(Work work, IReadOnlyList<Candidate> chosen, CancellationToken cancellationToken)
    {
        var free = await incidents.LockFree(work, chosen.Select(c => c.Dispatch.Incident).Distinct(), cancellationToken);
        var held = chosen.Where(c => free.ContainsKey(c.Dispatch.Incident)).ToList();
        var stale = held.Where(c => c.Kind == AttemptKind.Page && !free[c.Dispatch.Incident].Wants(c.Episode)).ToList();
        if (stale.Count > 0)
        {
            await dialect.Command(work, $"update {dialect.Attempts} set state = 'Canceled', reason = 'Stopped', next_at = null, done_at = @now where id {dialect.In("@ids")} and state = 'Waiting'")
                .With("@ids", stale.Select(s => s.Dispatch.Attempt)).With("@now", work.Now).Execute(cancellationToken);
        }
        var wanted = held.Except(stale).ToList();
        var engaged = await lines.Engage(work, wanted.Where(OneAtATime).Select(c => (c.Dispatch.Address, c.Dispatch.Attempt)), cancellationToken);
        var going = wanted.Where(c => !OneAtATime(c) || engaged.Contains(c.Dispatch.Attempt)).ToList();
        if (going.Count == 0)
            return [];
        var lease = work.Now + leases.Length;
        var taken = await dialect.Command(work,
                $"update {dialect.Attempts} set state = 'Sending', claims = claims + 1, first_claim_at = coalesce(first_claim_at, @now), next_at = @lease " +
                $"where id {dialect.In("@ids")} and state = 'Waiting' returning id, claims, vendor, asked")
            .With("@ids", going.Select(c => c.Dispatch.Attempt)).With("@now", work.Now).With("@lease", lease)
            .Read(r => (Id: r.GetGuid(0), Claims: r.GetInt32(1), Vendor: r.GetString(2), Asked: r.GetString(3)), cancellationToken);
        var claims = taken.ToDictionary(t => t.Id);
        await lines.Free(work, [.. engaged.Where(e => !claims.ContainsKey(e))], cancellationToken);
        return [.. going.Where(c => claims.ContainsKey(c.Dispatch.Attempt)).Select(c =>
        {
            // Another process may have moved it to another vendor since it was looked at.
            var (_, lastClaim, vendor, asked) = claims[c.Dispatch.Attempt];
            return new Claimed(c.Dispatch, c.Channel, c.Kind, lastClaim, lease, c.FirstClaimAt ?? work.Now, c.Tries, LookFirst: FailOver.MayBeAt(vendor, asked, c.Tries, c.Reason), Wanted: true)
            {
                Vendor = vendor,
                Asked = asked,
                Reason = c.Reason,
                Urgency = c.Place.Urgency,
            };
        })];
    }

    /// <summary>
    /// Takes over attempts whose process died or hung between claim and outcome. Where they are not wanted any more, it is still to be found out
    /// whether the vendor has them, so that a ringing call is cancelled.
    /// </summary>
    public Task<IReadOnlyList<Claimed>> ClaimLapsed(Instant now, int room, CancellationToken cancellationToken) => works.Run(async work =>
    {
        if (room <= 0)
            return (IReadOnlyList<Claimed>)[];
        var lapsed = await dialect.Command(work,
                $"select {DispatchColumns} from {dialect.Attempts} a join {dialect.Pages} p on p.id = a.page where a.state = 'Sending' and a.next_at <= @now order by a.next_at limit {room}")
            .With("@now", now).Read(ReadCandidate, cancellationToken);
        if (lapsed.Count == 0)
            return [];
        var free = await incidents.LockFree(work, lapsed.Select(c => c.Dispatch.Incident).Distinct(), cancellationToken);
        var held = lapsed.Where(c => free.ContainsKey(c.Dispatch.Incident)).ToList();
        var lease = work.Now + leases.Length;
        var taken = await dialect.Command(work,
                $"update {dialect.Attempts} set claims = claims + 1, next_at = @lease where id {dialect.In("@ids")} and state = 'Sending' and next_at <= @now returning id, claims")
            .With("@ids", held.Select(c => c.Dispatch.Attempt)).With("@lease", lease).With("@now", now)
            .Read(r => (Id: r.GetGuid(0), Claims: r.GetInt32(1)), cancellationToken);
        var claims = taken.ToDictionary(t => t.Id, t => t.Claims);
        metrics.LapsedLeases.Add(claims.Count);
        return [.. held.Where(c => claims.ContainsKey(c.Dispatch.Attempt)).Select(c =>
        {
            var wanted = c.Kind == AttemptKind.Notice || (!c.Stop && free[c.Dispatch.Incident].Wants(c.Episode));
            return new Claimed(c.Dispatch, c.Channel, c.Kind, claims[c.Dispatch.Attempt], lease, c.FirstClaimAt ?? now, c.Tries, LookFirst: true, wanted)
            {
                Vendor = queues.Of(c.Channel, c.Vendor)?.Vendor ?? c.Vendor,
                Asked = c.Asked,
                Reason = c.Reason,
                Urgency = c.Place.Urgency,
            };
        })];
    }, cancellationToken);

    /// <summary>On SQLite this process is the only one: what stands as claimed when it starts was claimed by one that died, and need not wait for its lease.</summary>
    public async Task TakeBackAlone(Instant now, CancellationToken cancellationToken)
    {
        if (database.IsSqlite)
            await works.Run(work => dialect.Command(work, $"update {dialect.Attempts} set next_at = @now where state = 'Sending'").With("@now", now).Execute(cancellationToken), cancellationToken);
    }

    /// <summary>Takes what is to be looked into at the vendor; if this process dies with it, it is due again soon.</summary>
    public Task<List<Errand>> TakeErrands(Instant now, int limit, CancellationToken cancellationToken) => works.Run(work => dialect.Command(work,
            $"update {dialect.Attempts} set next_at = @again where id in (select id from {dialect.Attempts} where next_at <= @now and state in ('Sent', 'Answered', 'Canceled') order by next_at limit {limit}{dialect.ForUpdate("skip locked")}) " +
            "returning id, channel, vendor_id, state, sent_at, tries, vendor")
        .With("@now", now).With("@again", now + leases.Length)
        .Read(r => new Errand(r.GetGuid(0), Enum.Parse<ContactKind>(r.GetString(1)), r.IsDBNull(2) ? "" : r.GetString(2), r.GetString(3) == nameof(AttemptState.Canceled),
            dialect.ReadInstantOrNull(r, 4) ?? now, r.GetInt32(5)) { Vendor = r.GetString(6) }, cancellationToken), cancellationToken);

    /// <summary>Whether errands or lapsed leases are due, when the next attempt falls due after <paramref name="now"/> (null: none is known), and whether some stand in no queue.</summary>
    public async Task<(bool Errands, Instant? Next, bool Strays)> WhatNext(Instant now, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"select exists (select 1 from {dialect.Attempts} where next_at <= @now and state <> 'Waiting'), " +
            $"(select min(next_at) from {dialect.Attempts} where next_at > @now), exists (select 1 from {dialect.Attempts} where state = 'Waiting' and vendor = '' and due_at <= @now)";
        var found = await command.With("@now", now).Read(r => (Truth(r.GetValue(0)), dialect.ReadInstantOrNull(r, 1), Truth(r.GetValue(2))), cancellationToken);
        return found[0];
    }

    /// <summary>Whether a claimed attempt is still asked for, as the database stands now.</summary>
    public async Task<bool> StillWanted(Claimed claimed, CancellationToken cancellationToken)
    {
        if (claimed.Kind == AttemptKind.Notice)
            return true;
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"select count(*) from {dialect.Attempts} a join {dialect.Pages} p on p.id = a.page join {dialect.Incidents} i on i.id = a.incident " +
            $"where a.id = @id and a.stop = {dialect.False} and i.status = 'Triggered' and i.episode = p.episode";
        return (await command.With("@id", claimed.Dispatch.Attempt).Read(r => r.GetInt64(0), cancellationToken))[0] > 0;
    }

    public async Task<long> CountWaiting(Instant now, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {dialect.Attempts} where state = 'Waiting' and due_at <= @now";
        return (await command.With("@now", now).Read(r => r.GetInt64(0), cancellationToken))[0];
    }

    private bool OneAtATime(Candidate c) => channels.Of(c.Channel)?.Descriptor.OneAtATime == true;

    private Candidate ReadCandidate(System.Data.Common.DbDataReader r) => new(
        new Dispatch(r.GetGuid(0), r.GetGuid(1), r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7), dialect.ReadInstant(r, 8), r.IsDBNull(9) ? null : r.GetString(9)),
        Enum.Parse<ContactKind>(r.GetString(10)), Enum.Parse<AttemptKind>(r.GetString(11)), r.GetInt32(12), dialect.ReadInstantOrNull(r, 13), r.GetInt32(14), Enum.Parse<Reason>(r.GetString(15)), dialect.ReadInstant(r, 16), r.GetInt32(17),
        r.GetString(18), r.GetString(19), new Place(r.GetInt32(20), r.GetInt32(21)), dialect.ReadInstantOrNull(r, 22) ?? dialect.ReadInstant(r, 16), r.GetInt32(23), Truth(r.GetValue(24)));

    private static bool Truth(object value) => Convert.ToBoolean(value, System.Globalization.CultureInfo.InvariantCulture);
}
