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
/// at a time. Low urgency to one contact goes in one message, and waits while its contact got one a moment ago (<see cref="Bundling"/>).
/// </summary>
internal sealed class ClaimStore(
    Dialect dialect, Database database, IncidentLocks incidents, LineTable lines, BurstTable bursts, Bundling bundling, CandidateReader reader, WorkRunner works, VendorQueues queues, QueueMoves moves,
    ChannelCatalogue channels, Leases leases, PagingMetrics metrics)
{
    /// <summary>How many attempts change to another vendor in one look.</summary>
    private const int Moved = 256;

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
        var held = new List<Candidate>();
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
            var asleep = due.Where(c => Bundles(c) && c.HeldUntil > now).ToList();
            held.AddRange(asleep);
            // What goes in one message takes one lane and one token.
            var messages = due.Except(asleep).DistinctBy(Message).ToList();
            // A page that was made meanwhile has taken some of the room itself.
            var able = Able(messages, queue, queue.Room(now));
            var tokens = await queue.Budget.Take(able.Count, cancellationToken);
            chosen.AddRange(able.Take(tokens));
            queue.OutOfTokens = tokens < able.Count;
            if (queue.OutOfTokens)
                nextSlot = nextSlot is { } other && other < queue.Budget.NextSlot ? other : queue.Budget.NextSlot;
            var left = messages.Except(able.Take(tokens)).Select(c => (Place?)c.Place).MinBy(p => p!.Value.Order);
            left ??= due.Count == room ? due[^1].Place : null;
            queue.Waits(left);
            more |= tokens == able.Count && able.Count == messages.Count && due.Count == room && room > 1;
        }
        if (leaving.Count > 0)
        {
            await moves.Move([.. leaving.Select(c => new QueueMoves.Leaving(c.Dispatch.Attempt, c.Channel, c.Vendor, c.Tries > 0 ? FailOver.Add(c.Asked, c.Vendor) : c.Asked))], cancellationToken);
            more = true;
        }
        if (chosen.Count == 0 && held.Count == 0)
            return new Look([], more, nextSlot);
        var claimed = await works.Run(work => Claim(work, chosen, held, cancellationToken), cancellationToken);
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

    private bool Bundles(Candidate c) => c.Bundle is null && bundling.Applies(c.Kind, c.Channel, c.Place.Urgency, c.Tries);

    /// <summary>Those with the same key go in one message.</summary>
    private (Guid, Reach?) Message(Candidate c) => c.Bundle is { } bundle ? (bundle, null) : Bundles(c) ? (Guid.Empty, c.Reach) : (c.Id, null);

    private async Task<List<Candidate>> Due(Instant now, IReadOnlyList<Part> parts, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        // Of what waits, next_at is due_at; its index spares the look at all that fall due much later, where little is due now.
        // Lines first engaged by others are passed over, lest they stand before everybody else.
        command.CommandText = string.Join(" union all ", parts.Select((part, i) =>
            $"select * from ({reader.Select} " +
            $"where a.state = 'Waiting' and a.vendor = @v{i} and a.due_at <= @now and a.next_at <= @now and (a.channel <> 'Voice' or not exists (select 1 from {dialect.Lines} l where l.number = a.address and l.until > @now)) " +
            (part.Kinds is null ? "" : $"and a.channel in ({string.Join(", ", part.Kinds.Select(k => $"'{k}'"))}) ") +
            $"order by a.urgency, a.pool_rank, a.fair_at, a.ordinal limit @n{i}) as q{i}"));
        command.With("@now", now);
        for (var i = 0; i < parts.Count; i++)
            command.With($"@v{i}", parts[i].Queue.Vendor).With($"@n{i}", parts[i].Limit);
        return await command.Read(reader.Read, cancellationToken);
    }

    private async Task<IReadOnlyList<Claimed>> Claim(Work work, IReadOnlyList<Candidate> chosen, List<Candidate> held, CancellationToken cancellationToken)
    {
        var messages = await Whole(work, chosen, cancellationToken);
        var free = await incidents.LockFree(work, messages.SelectMany(m => m).Select(c => c.Dispatch.Incident).Distinct(), cancellationToken);
        // One that went out as a bundle before goes whole or not now: else its parts would each take the vendor's message for theirs.
        messages = [.. messages.Where(m => m[0].Bundle is null || m.TrueForAll(c => free.ContainsKey(c.Dispatch.Incident)))];
        var mine = messages.SelectMany(m => m).Where(c => free.ContainsKey(c.Dispatch.Incident)).ToList();
        var stale = mine.Where(c => c.Kind == AttemptKind.Page && !free[c.Dispatch.Incident].Wants(c.Episode)).ToList();
        if (stale.Count > 0)
        {
            await dialect.Command(work, $"update {dialect.Attempts} set state = 'Canceled', reason = 'Stopped', next_at = null, done_at = @now where id {dialect.In("@ids")} and state = 'Waiting'")
                .With("@ids", stale.Select(s => s.Id)).With("@now", work.Now).Execute(cancellationToken);
        }
        var wanted = mine.Except(stale).ToHashSet();
        var opening = wanted.Where(Bundles).Select(c => c.Reach).ToHashSet();
        var opened = await bursts.Engage(work, opening, work.Now + bundling.Window, cancellationToken);
        if (opened.Count < opening.Count)
        {
            // Another process was first.
            var until = await bursts.Held(work, opening.Except(opened), cancellationToken);
            var late = wanted.Where(c => Bundles(c) && until.ContainsKey(c.Reach)).ToList();
            held = [.. held, .. late.Select(c => c with { HeldUntil = until[c.Reach] })];
            wanted.RemoveWhere(c => Bundles(c) && !opened.Contains(c.Reach));
        }
        var engaged = await lines.Engage(work, wanted.Where(OneAtATime).Select(c => (c.Dispatch.Address, c.Id)), cancellationToken);
        wanted.RemoveWhere(c => OneAtATime(c) && !engaged.Contains(c.Id));
        var claimed = await Take(work, [.. messages.Select(m => m.Where(wanted.Contains).ToList()).Where(m => m.Count > 0)], engaged, cancellationToken);
        await Hold(work, held, cancellationToken);
        return claimed;
    }

    /// <summary>Each with all that goes in the same message.</summary>
    private async Task<List<List<Candidate>>> Whole(Work work, IReadOnlyList<Candidate> chosen, CancellationToken cancellationToken)
    {
        var joining = (await reader.Joining(work, [.. chosen.Where(Bundles).Select(c => (c.Reach, c.Vendor))], cancellationToken)).ToLookup(c => (c.Reach, c.Vendor));
        var bundles = (await reader.OfBundles(work, [.. chosen.Select(c => c.Bundle).OfType<Guid>()], AttemptState.Waiting, cancellationToken)).ToLookup(c => c.Bundle);
        return [.. chosen.Select(c => (c.Bundle is not null ? bundles[c.Bundle]
            : Bundles(c) ? joining[(c.Reach, c.Vendor)].Where(j => j.Id != c.Id).Take(Bundling.Most - 1).Prepend(c)
            : [c]).ToList()).Where(m => m.Count > 0)];
    }

    private async Task<List<Claimed>> Take(Work work, IReadOnlyList<List<Candidate>> messages, HashSet<Guid> engaged, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return [];
        var lease = work.Now + leases.Length;
        var taken = await dialect.Command(work,
                $"update {dialect.Attempts} set state = 'Sending', reason = case when reason = 'Bundled' then 'None' else reason end, claims = claims + 1, first_claim_at = coalesce(first_claim_at, @now), next_at = @lease " +
                $"where id {dialect.In("@ids")} and state = 'Waiting' returning id, claims, vendor, asked")
            .With("@ids", messages.SelectMany(m => m).Select(c => c.Id)).With("@now", work.Now).With("@lease", lease)
            .Read(r => (Id: r.GetGuid(0), Claims: r.GetInt32(1), Vendor: r.GetString(2), Asked: r.GetString(3)), cancellationToken);
        var claims = taken.ToDictionary(t => t.Id);
        await lines.Free(work, [.. engaged.Where(e => !claims.ContainsKey(e))], cancellationToken);
        var names = await reader.Names(work, [.. messages.Select(m => m[0].Bundle).OfType<Guid>()], cancellationToken);
        var made = dialect.Rows();
        var claimed = new List<Claimed>(messages.Count);
        foreach (var mine in messages.Select(m => m.Where(c => claims.ContainsKey(c.Id)).ToList()).Where(m => m.Count > 0))
        {
            // Another process may have moved it to another vendor since it was looked at.
            var members = mine.ConvertAll(c => (c with { Vendor = claims[c.Id].Vendor, Asked = claims[c.Id].Asked })
                .Claim(claims[c.Id].Claims, lease, work.Now, FailOver.MayBeAt(claims[c.Id].Vendor, claims[c.Id].Asked, c.Tries, c.Reason), wanted: true));
            var first = mine[0];
            if (first.Bundle is null && members.Count == 1)
            {
                claimed.Add(members[0]);
                continue;
            }
            if (first.Bundle is not { } bundle || !names.TryGetValue(bundle, out var name))
            {
                name = new BundleName(first.Id, first.Dispatch.Number, first.Dispatch.PageCreatedAt);
                foreach (var c in mine)
                    made.Row().Id("key", c.Id).Id("bundle", name.Id);
            }
            claimed.Add(Claimed.Together(members, name));
        }
        if (made.Count > 0)
            await dialect.Command(work, $"update {dialect.Attempts} as a set bundle = x.bundle from {made.As("x")} where a.id = x.key").With("@rows", made).Execute(cancellationToken);
        return claimed;
    }

    /// <summary>They wait for the end of their contact's burst, and their incidents' timelines say so, once.</summary>
    private async Task Hold(Work work, IReadOnlyCollection<Candidate> held, CancellationToken cancellationToken)
    {
        if (held.Count == 0)
            return;
        var rows = dialect.Rows();
        foreach (var c in held.OrderBy(c => c.Id))
            rows.Row().Id("key", c.Id).At("until", c.HeldUntil);
        var waiting = (await dialect.Command(work,
                $"update {dialect.Attempts} as a set due_at = x.until, next_at = x.until, reason = 'Bundled', fair_at = x.until + (coalesce(a.fair_at, a.due_at) - a.due_at) " +
                $"from {rows.As("x")} where a.id = x.key and a.state = 'Waiting' and a.due_at <= @now returning {dialect.Own("a", "id")}")
            .With("@rows", rows).With("@now", work.Now).Read(r => r.GetGuid(0), cancellationToken)).ToHashSet();
        var story = new Story(dialect);
        foreach (var c in held.Where(c => waiting.Contains(c.Id)))
            bundling.Tell(story, c.Dispatch.Incident, c.Dispatch.Number, c.Dispatch.Person, c.Channel, c.Id, c.HeldUntil!.Value, work.Now);
        story.Write(work);
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
        var found = await command.With("@now", now).Read(r => (CandidateReader.Truth(r.GetValue(0)), dialect.ReadInstantOrNull(r, 1), CandidateReader.Truth(r.GetValue(2))), cancellationToken);
        return found[0];
    }

    /// <summary>Which pages of a claim nobody asks for any more, as the database stands now.</summary>
    public async Task<HashSet<Guid>> Unwanted(Claimed claimed, CancellationToken cancellationToken)
    {
        var pages = claimed.All.Where(c => c.Kind == AttemptKind.Page).Select(c => c.Dispatch.Attempt).ToHashSet();
        if (pages.Count == 0)
            return pages;
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"select a.id from {dialect.Attempts} a join {dialect.Pages} p on p.id = a.page join {dialect.Incidents} i on i.id = a.incident " +
            $"where a.id {dialect.In("@ids")} and a.stop = {dialect.False} and i.status = 'Triggered' and i.episode = p.episode";
        pages.ExceptWith(await command.With("@ids", pages).Read(r => r.GetGuid(0), cancellationToken));
        return pages;
    }

    public async Task<long> CountWaiting(Instant now, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {dialect.Attempts} where state = 'Waiting' and due_at <= @now";
        return (await command.With("@now", now).Read(r => r.GetInt64(0), cancellationToken))[0];
    }

    private bool OneAtATime(Candidate c) => channels.Of(c.Channel)?.Descriptor.OneAtATime == true;
}
