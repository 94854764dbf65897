using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels.Voice;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Notices;
using Incidents.Paging.Vendors.Usage;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>How far the vendor says a call or message has come. <paramref name="Rank"/> orders statuses: a lower or equal one is late and changes nothing.</summary>
internal sealed record StatusReport(Guid Attempt, string? VendorId, StatusMeaning Meaning, int Rank);

internal enum StatusMeaning
{
    /// <summary>On its way: nothing that anybody waits for.</summary>
    Underway,
    PickedUp,
    Completed,
    Busy,
    NoAnswer,
    Canceled,
    Undeliverable,
    Delivered,

    /// <summary>A machine took the call: nobody has heard of it.</summary>
    Machine,

    /// <summary>The vendor knows nothing of it, or never told how it ended.</summary>
    Unknown,
}

/// <summary>Takes the vendor's reports, in any order and any number of times, many in one transaction.</summary>
internal sealed class StatusStore(Dialect dialect, OutcomeStore outcomes, NoticeStore notices, LineTable lines, CallSequels sequels, UsageTable usage, PagingMetrics metrics)
{
    /// <summary>Talk time, after which a call that never told its end is asked about.</summary>
    private static readonly Duration TalkOverdue = Duration.FromMinutes(2);

    public async Task Write(IReadOnlyList<StatusReport> reports, Work work, CancellationToken cancellationToken)
    {
        var standing = await Lock(reports.Select(r => r.Attempt).Distinct(), work, cancellationToken);
        // One message of several pages: what is told of it holds for each that went out with it.
        var bundles = standing.Values.Where(a => a.Bundle is not null).ToLookup(a => a.Bundle!.Value);
        var strangers = reports.Where(r => !standing.ContainsKey(r.Attempt)).ToList();
        if (strangers.Count > 0)
            await notices.Report(strangers, work, cancellationToken);
        var story = new Story(dialect);
        var changed = new HashSet<Guid>();
        var ended = new List<Guid>();
        var failures = new List<OutcomeStore.Failure>();
        var unanswered = new List<Guid>();
        var taken = new List<(string, ContactKind, string)>();
        var counted = new HashSet<Guid>();
        foreach (var (report, attempt, together) in reports.Where(r => standing.ContainsKey(r.Attempt)).SelectMany(r => About(r, standing[r.Attempt], bundles)))
        {
            if (report.Rank <= attempt.VendorRank)
                continue;
            // After a crash the vendor may have two calls of one attempt: the one that is not followed counts only if somebody takes it.
            if (attempt.VendorId is not null && report.VendorId is not null && !string.Equals(attempt.VendorId, report.VendorId, StringComparison.Ordinal)
                && report.Meaning is not (StatusMeaning.PickedUp or StatusMeaning.Delivered))
                continue;
            var before = attempt.State;
            if (attempt.SentAt is null && counted.Add(attempt.Bundle ?? attempt.Id))
                taken.Add((attempt.Vendor, attempt.Channel, attempt.Address));
            Apply(report, attempt, outcomes.Through(attempt.Channel, attempt.Vendor, attempt.Reason), together, story, work.Now);
            changed.Add(attempt.Id);
            if (attempt.DoneAt is not null)
                ended.Add(attempt.Id);
            if (report.Meaning == StatusMeaning.Undeliverable && attempt.State == AttemptState.Sent)
                failures.Add(new OutcomeStore.Failure(attempt.Id, Reason.Undeliverable, Lease: null));
            else if (report.Meaning == StatusMeaning.Machine && attempt.State == AttemptState.Sent)
                failures.Add(new OutcomeStore.Failure(attempt.Id, Reason.Machine, Lease: null));
            else if (attempt.State != before)
                metrics.Attempt(OutcomeStore.Via(attempt.Channel), attempt.State);
            if (attempt is { State: AttemptState.Sent, Reason: Reason.Busy or Reason.NoAnswer })
                unanswered.Add(attempt.Id);
        }
        if (changed.Count == 0)
            return;
        await Save(standing.Values.Where(a => changed.Contains(a.Id)), work, cancellationToken);
        usage.Count(work, taken);
        if (failures.Count > 0)
            await outcomes.Fail(failures, story, work, cancellationToken);
        await sequels.NextRule([.. failures.Where(f => f.Reason == Reason.Machine).Select(f => f.Attempt)], work, cancellationToken);
        await sequels.Repeat(unanswered, work, cancellationToken);
        await lines.Free(work, ended, cancellationToken);
        story.Write(work);
    }

    /// <summary>The attempts that a report is about, and how many they are. What was stopped before it was known as sent has dropped out of its bundle.</summary>
    private static IEnumerable<(StatusReport Report, Attempt Attempt, int Together)> About(StatusReport report, Attempt named, ILookup<Guid, Attempt> bundles)
    {
        if (named.Bundle is not { } bundle)
            return [(report, named, 1)];
        var members = bundles[bundle].Where(a => a.SentAt is not null || (!a.Stop && a.State is (AttemptState.Sending or AttemptState.Waiting))).ToList();
        return members.Select(a => (report, a, members.Count));
    }

    private static void Apply(StatusReport report, Attempt a, string through, int together, Story story, Instant now)
    {
        var via = OutcomeStore.Via(a.Channel);
        a.VendorRank = report.Rank;
        a.VendorId ??= report.VendorId;
        if (a.SentAt is null)
        {
            // The callback overtook the answer to our own request.
            a.SentAt = now;
            if (a.Kind == AttemptKind.Page)
                story.Add(a.Incident, a.Number, TimelineKinds.PageSent, now, OutcomeStore.Sent(a.Channel, a.Person, together) + through, a.Person, via, a.Id);
        }
        if (a.State is AttemptState.Sending or AttemptState.Waiting)
        {
            a.State = a.Stop && a.Channel == ContactKind.Voice ? AttemptState.Canceled : AttemptState.Sent;
            a.Reason = a.State == AttemptState.Canceled ? Reason.Stopped : Reason.None;
            a.NextAt = a.State == AttemptState.Canceled ? now : a.Channel == ContactKind.Voice ? now + OutcomeStore.CallOverdue : null;
        }
        switch (report.Meaning)
        {
            case StatusMeaning.PickedUp:
                PickUp(a, story, now);
                a.NextAt = now + TalkOverdue;
                return;
            case StatusMeaning.Completed when a.Reason == Reason.Machine:
                break;
            case StatusMeaning.Completed:
                // Its "in progress" may come later, or never.
                PickUp(a, story, now);
                break;
            case StatusMeaning.Delivered:
                a.State = AttemptState.Delivered;
                if (a.Kind == AttemptKind.Page)
                    story.Add(a.Incident, a.Number, TimelineKinds.Delivered, now, $"Delivered to {a.Person}", a.Person, via, a.Id);
                break;
            case StatusMeaning.Undeliverable or StatusMeaning.Machine when a.State == AttemptState.Sent:
                return;
            case StatusMeaning.Canceled when a.State == AttemptState.Sent:
                a.State = AttemptState.Canceled;
                a.Reason = Reason.Stopped;
                break;
            case StatusMeaning.Busy or StatusMeaning.NoAnswer or StatusMeaning.Unknown when a.State == AttemptState.Sent:
                a.Reason = report.Meaning switch { StatusMeaning.Busy => Reason.Busy, StatusMeaning.NoAnswer => Reason.NoAnswer, _ => Reason.NoStatus };
                break;
            case StatusMeaning.Underway:
                return;
        }
        a.NextAt = null;
        a.DoneAt ??= now;
        story.Touch(a.Incident, a.Number);
    }

    private static void PickUp(Attempt a, Story story, Instant now)
    {
        if (a.State == AttemptState.Answered)
            return;
        a.State = AttemptState.Answered;
        a.Reason = Reason.None;
        a.DoneAt = null;
        story.Add(a.Incident, a.Number, TimelineKinds.Answered, now, $"{a.Person}'s phone was picked up", a.Person, OutcomeStore.Via(a.Channel), a.Id);
    }

    private async Task<Dictionary<Guid, Attempt>> Lock(IEnumerable<Guid> ids, Work work, CancellationToken cancellationToken)
    {
        var found = await dialect.Command(work,
                "select id, incident, number, person, channel, kind, state, reason, stop, vendor_id, vendor_rank, sent_at, next_at, done_at, vendor, address, bundle " +
                $"from {dialect.Attempts} where id {dialect.In("@ids")} or bundle {dialect.In("@ids")} order by id{dialect.ForUpdate()}")
            .With("@ids", ids)
            .Read(r => new Attempt
            {
                Id = r.GetGuid(0),
                Incident = r.GetGuid(1),
                Number = r.GetInt64(2),
                Person = r.GetString(3),
                Channel = Enum.Parse<ContactKind>(r.GetString(4)),
                Kind = Enum.Parse<AttemptKind>(r.GetString(5)),
                State = Enum.Parse<AttemptState>(r.GetString(6)),
                Reason = Enum.Parse<Reason>(r.GetString(7)),
                Stop = r.GetBoolean(8),
                VendorId = r.IsDBNull(9) ? null : r.GetString(9),
                VendorRank = r.GetInt32(10),
                SentAt = dialect.ReadInstantOrNull(r, 11),
                NextAt = dialect.ReadInstantOrNull(r, 12),
                DoneAt = dialect.ReadInstantOrNull(r, 13),
                Vendor = r.GetString(14),
                Address = r.GetString(15),
                Bundle = r.IsDBNull(16) ? null : r.GetGuid(16),
            }, cancellationToken);
        return found.ToDictionary(a => a.Id);
    }

    private async Task Save(IEnumerable<Attempt> attempts, Work work, CancellationToken cancellationToken)
    {
        var rows = dialect.Rows();
        foreach (var a in attempts)
        {
            rows.Row().Id("key", a.Id).Text("to_state", a.State).Text("why", a.Reason).Text("sid", a.VendorId).Int("rank", a.VendorRank)
                .At("sent", a.SentAt).At("next", a.NextAt).At("done", a.DoneAt);
        }
        await dialect.Command(work,
                $"update {dialect.Attempts} as a set state = x.to_state, reason = x.why, vendor_id = x.sid, vendor_rank = x.rank, sent_at = x.sent, next_at = x.next, done_at = x.done " +
                $"from {rows.As("x")} where a.id = x.key")
            .With("@rows", rows).Execute(cancellationToken);
    }
}
