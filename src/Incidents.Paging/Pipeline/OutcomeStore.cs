using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels;
using Incidents.Paging.Contacts;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Vendors;
using Incidents.Paging.Vendors.Usage;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>Writes what the vendor answered: many outcomes in one transaction.</summary>
internal sealed class OutcomeStore(Dialect dialect, PageTable pages, LineTable lines, VendorQueues queues, UsageTable usage, IOrganisation organisation, PagingMetrics metrics, ILogger<OutcomeStore> logger)
{
    /// <summary>When a call that never told how it ended is asked about: its ringing is over then.</summary>
    public static readonly Duration CallOverdue = Duration.FromSeconds(Channels.Voice.VoiceChannel.RingSeconds + 15);

    private sealed record Written(Guid Id, AttemptState State);

    /// <summary>True: something is due at once after the commit (a cancellation, a retry, a line that became free).</summary>
    public async Task<bool> Write(IReadOnlyList<Outcome> outcomes, Work work, CancellationToken cancellationToken)
    {
        var story = new Story(dialect);
        // A slow vendor's late "taken" counts more than what came of moving on.
        var unique = outcomes.GroupBy(o => o.Claimed.Dispatch.Attempt).Select(g => g.FirstOrDefault(o => o.Answer is Answer.Accepted) ?? g.Last()).ToList();
        var cancel = await Accepted([.. unique.Where(o => o.Answer is Answer.Accepted).OrderBy(o => o.Claimed.Dispatch.Attempt)], story, work, cancellationToken);
        // What dropped out of a bundle before it went out ends; the rest of it stays together.
        var refused = unique.Where(o => o.Answer is not Answer.Accepted).SelectMany(o =>
            {
                var to = FailOver.Decide(o.Claimed, o.Answer, queues.Routes(o.Claimed.Channel), work.Now);
                return o.Claimed.All.Select(c => (Claimed: c, To: c.Wanted || o.Claimed.Bundle is null ? to : Dropped(c)));
            })
            .Concat(unique.Where(o => o.Answer is Answer.Accepted && o.Claimed.Bundle is not null).SelectMany(o => o.Claimed.All).Where(c => !c.Wanted).Select(c => (Claimed: c, To: Dropped(c))))
            .OrderBy(r => r.Claimed.Dispatch.Attempt).ToList();
        await NotNow([.. refused.Where(r => !r.To.Never)], story, work, cancellationToken);
        if (refused.Exists(r => r.To.Never))
            await Fail([.. refused.Where(r => r.To.Never).Select(r => new Failure(r.Claimed.Dispatch.Attempt, r.To.Reason, r.Claimed.Claims))], story, work, cancellationToken);
        story.Write(work);
        return cancel || refused.Count > 0;
    }

    private static Onward Dropped(Claimed c) => new(false, Reason.Stopped, c.Vendor, c.Asked, Duration.Zero);

    /// <summary>Those that the vendor has with one message.</summary>
    private static IEnumerable<Claimed> Of(Outcome o) => o.Claimed.Bundle is null ? [o.Claimed] : o.Claimed.All.Where(c => c.Wanted);

    /// <summary>Whoever learns first that the vendor has it (this, or a callback that overtook it) writes it down; a call stopped meanwhile is due for cancellation.</summary>
    private async Task<bool> Accepted(List<Outcome> outcomes, Story story, Work work, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return false;
        var rows = dialect.Rows();
        foreach (var (o, c) in outcomes.SelectMany(o => Of(o).Select(c => (o, c))).OrderBy(x => x.c.Dispatch.Attempt))
            rows.Row().Id("key", c.Dispatch.Attempt).Text("sid", ((Answer.Accepted)o.Answer).VendorId).Text("vendor", c.Vendor);
        if (rows.Count == 0)
            return false;
        const string Open = "a.state in ('Sending', 'Waiting')";
        const string Call = "a.channel = 'Voice'";
        var written = await dialect.Command(work,
                $"update {dialect.Attempts} as a set sent_at = @now, vendor_id = x.sid, vendor = x.vendor, " +
                $"state = case when not ({Open}) then a.state when a.stop and {Call} then 'Canceled' else 'Sent' end, " +
                $"reason = case when not ({Open}) then a.reason when a.stop and {Call} then 'Stopped' else 'None' end, " +
                $"next_at = case when {Call} and (a.state = 'Canceled' or a.stop) then @now when {Open} and {Call} then @overdue else null end, " +
                $"done_at = case when {Open} and a.stop and {Call} then @now else a.done_at end " +
                $"from {rows.As("x")} where a.id = x.key and a.sent_at is null returning id, state")
            .With("@rows", rows).With("@now", work.Now).With("@overdue", work.Now + CallOverdue)
            .Read(r => new Written(r.GetGuid(0), Enum.Parse<AttemptState>(r.GetString(1))), cancellationToken);
        var states = written.ToDictionary(w => w.Id, w => w.State);
        // One message is one, however many pages it tells of.
        var (news, known) = (outcomes.Where(o => Of(o).Any(c => states.ContainsKey(c.Dispatch.Attempt))).ToList(), outcomes.Where(o => !Of(o).Any(c => states.ContainsKey(c.Dispatch.Attempt))).ToList());
        usage.Count(work, news.Select(Taken));
        if (known.Count > 0)
            await TellTwice([.. known.Where(o => queues.Routes(o.Claimed.Channel).Count > 1)], work, cancellationToken);
        foreach (var (c, together) in news.SelectMany(o => Of(o).Select(c => (c, Of(o).Count()))).Where(x => states.ContainsKey(x.c.Dispatch.Attempt)))
        {
            var via = Via(c.Channel);
            metrics.Attempt(via, states[c.Dispatch.Attempt]);
            if (c.Kind == AttemptKind.Page)
                story.Add(c.Dispatch.Incident, c.Dispatch.Number, TimelineKinds.PageSent, work.Now, Sent(c.Channel, c.Dispatch.Person, together) + Through(c.Channel, c.Vendor, c.Reason), c.Dispatch.Person, via, c.Dispatch.Attempt);
        }
        return written.Exists(w => w.State == AttemptState.Canceled);
    }

    /// <summary>The row has another vendor's id: that vendor has it, and so has this one.</summary>
    private async Task TellTwice(IReadOnlyList<Outcome> outcomes, Work work, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return;
        var first = outcomes.Select(o => (Outcome: o, Attempt: Of(o).Select(c => c.Dispatch.Attempt).FirstOrDefault(o.Claimed.Dispatch.Attempt))).ToList();
        var has = (await dialect.Command(work, $"select id, vendor_id from {dialect.Attempts} where id {dialect.In("@ids")}").With("@ids", first.Select(f => f.Attempt))
            .Read(r => (Id: r.GetGuid(0), VendorId: r.IsDBNull(1) ? null : r.GetString(1)), cancellationToken)).ToDictionary(r => r.Id, r => r.VendorId);
        var twice = first.Where(f => has.TryGetValue(f.Attempt, out var id) && !string.Equals(id, ((Answer.Accepted)f.Outcome.Answer).VendorId, StringComparison.Ordinal)).Select(f => f.Outcome).ToList();
        usage.Count(work, twice.Select(Taken));
        foreach (var (c, _) in twice)
        {
            metrics.Twice(Via(c.Channel));
            Log.TakenTwice(logger, c.Dispatch.Attempt, c.Dispatch.Person, c.Dispatch.Number, c.Vendor);
        }
    }

    /// <summary>Back to waiting, for the same vendor or another, and the line is free meanwhile; one that was stopped ends here.</summary>
    private async Task NotNow(IReadOnlyList<(Claimed Claimed, Onward To)> refused, Story story, Work work, CancellationToken cancellationToken)
    {
        if (refused.Count == 0)
            return;
        var rows = dialect.Rows();
        foreach (var (c, to) in refused)
        {
            rows.Row().Id("key", c.Dispatch.Attempt).Int("lease", c.Claims).Text("why", to.Reason).At("again", work.Now + to.Wait).Text("vendor", to.Vendor).Text("asked", to.Asked);
            if (to.Reason != Reason.Stopped)
                metrics.Error(to.Reason);
            if (string.Equals(to.Vendor, c.Vendor, StringComparison.Ordinal))
            {
                Log.Deferred(logger, c.Dispatch.Attempt, c.Dispatch.Person, c.Dispatch.Number, to.Reason, to.Wait.TotalSeconds);
            }
            else
            {
                metrics.FailOver(c.Vendor);
                Log.FailedOver(logger, c.Dispatch.Attempt, c.Dispatch.Person, c.Dispatch.Number, c.Vendor, to.Vendor, to.Reason);
            }
            story.Touch(c.Dispatch.Incident, c.Dispatch.Number);
        }
        // Its place behind those of the same person and service it keeps.
        var written = await dialect.Command(work,
                $"update {dialect.Attempts} as a set state = case when a.stop then 'Canceled' else 'Waiting' end, reason = case when a.stop then 'Stopped' else x.why end, tries = a.tries + 1, " +
                "vendor = x.vendor, asked = x.asked, fair_at = x.again + (coalesce(a.fair_at, a.due_at) - a.due_at), " +
                "due_at = x.again, next_at = case when a.stop then null else x.again end, done_at = case when a.stop then @now else null end " +
                $"from {rows.As("x")} where a.id = x.key and a.claims = x.lease and a.state = 'Sending' returning id")
            .With("@rows", rows).With("@now", work.Now).Read(r => r.GetGuid(0), cancellationToken);
        await lines.Free(work, written, cancellationToken);
    }

    /// <summary>An attempt that failed for good; <paramref name="Lease"/> null: whatever lease it is under.</summary>
    public sealed record Failure(Guid Attempt, Reason Reason, int? Lease);

    /// <summary>Marks failures, tells their timelines, and tells the saga of pages that can reach nobody any more.</summary>
    public async Task Fail(IReadOnlyList<Failure> failures, Story story, Work work, CancellationToken cancellationToken)
    {
        var rows = dialect.Rows();
        foreach (var f in failures)
            rows.Row().Id("key", f.Attempt).Text("why", f.Reason).Int("lease", f.Lease ?? 0);
        var failed = await dialect.Command(work,
                $"update {dialect.Attempts} as a set state = case when a.stop and a.sent_at is null then 'Canceled' else 'Failed' end, reason = x.why, next_at = null, done_at = @now " +
                $"from {rows.As("x")} where a.id = x.key and ((x.lease = 0 and a.state in ('Sending', 'Sent')) or (a.claims = x.lease and a.state = 'Sending')) " +
                $"returning {dialect.Own("a", "id", "page", "incident", "number", "person", "channel", "kind", "state", "reason")}")
            .With("@rows", rows).With("@now", work.Now)
            .Read(r => (Id: r.GetGuid(0), Page: r.GetGuid(1), Incident: r.GetGuid(2), Number: r.GetInt64(3), Person: r.GetString(4), Channel: Enum.Parse<ContactKind>(r.GetString(5)),
                Kind: Enum.Parse<AttemptKind>(r.GetString(6)), State: Enum.Parse<AttemptState>(r.GetString(7)), Reason: Enum.Parse<Reason>(r.GetString(8))), cancellationToken);
        if (failed.Count == 0)
            return;
        // A machine is still being spoken to: its line is free when the call ends.
        await lines.Free(work, [.. failed.Where(f => f.Reason != Reason.Machine).Select(f => f.Id)], cancellationToken);
        foreach (var f in failed.Where(f => f.State == AttemptState.Failed))
        {
            metrics.Attempt(Via(f.Channel), AttemptState.Failed);
            metrics.Error(f.Reason);
            Log.Failed(logger, f.Id, f.Person, f.Number, f.Reason);
            if (f.Kind == AttemptKind.Page)
                story.Add(f.Incident, f.Number, TimelineKinds.PageFailed, work.Now, $"{What(f.Channel)} {f.Person} failed: {f.Reason.Say()}", f.Person, Via(f.Channel), f.Id);
        }
        var reasons = failed.GroupBy(f => f.Page).ToDictionary(g => g.Key, g => g.Last().Reason);
        var unreachable = await pages.TakeUnreachable(work, reasons.Keys, cancellationToken);
        foreach (var p in unreachable)
        {
            work.Send(new PersonUnreachable(p.Incident, p.Step, p.Person, reasons[p.Page].Wire()));
            if (reasons[p.Page] is Reason.InvalidNumber or Reason.InvalidAddress or Reason.NotPermitted)
                LeadNotices.Tell(work, organisation.Current, p.Person, p.Number);
            story.Add(p.Incident, p.Number, TimelineKinds.PageFailed, work.Now, $"{p.Person} could not be reached: every attempt failed", p.Person, level: p.Level);
        }
        metrics.Page("unreachable", unreachable.Count);
    }

    public static string Via(ContactKind channel) => channel.ToString().ToLowerInvariant();

    /// <param name="together">Incidents that the one message tells of.</param>
    public static string Sent(ContactKind channel, string person, int together = 1)
        => channel == ContactKind.Voice ? $"Calling {person}" : together > 1 ? $"Message sent to {person}, one for {together} incidents" : $"Message sent to {person}";

    /// <summary>Ends the sentence where another vendor than the first one took it, and says why.</summary>
    public string Through(ContactKind channel, string vendor, Reason reason)
    {
        var routes = queues.Routes(channel);
        if (routes.Count < 2 || queues.Of(vendor) is not { } by || string.Equals(routes[0].Vendor, vendor, StringComparison.Ordinal))
            return "";
        return $" through {by.Name}, because of {queues.Of(routes[0].Vendor)!.Name}: {(reason == Reason.None ? Reason.VendorOut : reason).Say()}";
    }

    private static (string, ContactKind, string) Taken(Outcome o) => (o.Claimed.Vendor, o.Claimed.Channel, o.Claimed.Dispatch.Address);

    private static string What(ContactKind channel) => channel == ContactKind.Voice ? "The call to" : "The message to";
}
