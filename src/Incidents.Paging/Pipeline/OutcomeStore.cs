using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>Writes what the vendor answered: many outcomes in one transaction.</summary>
internal sealed class OutcomeStore(Dialect dialect, PageTable pages, LineTable lines, PagingMetrics metrics, ILogger<OutcomeStore> logger)
{
    /// <summary>When a call that never told how it ended is asked about: its ringing is over then.</summary>
    public static readonly Duration CallOverdue = Duration.FromSeconds(Channels.Voice.VoiceChannel.RingSeconds + 15);

    private sealed record Written(Guid Id, AttemptState State);

    /// <summary>True: something is due at once after the commit (a cancellation, a retry, a line that became free).</summary>
    public async Task<bool> Write(IReadOnlyList<Outcome> outcomes, Work work, CancellationToken cancellationToken)
    {
        var story = new Story(dialect);
        var unique = outcomes.GroupBy(o => o.Claimed.Dispatch.Attempt).Select(g => g.Last()).ToList();
        var cancel = await Accepted([.. unique.Where(o => o.Answer is Answer.Accepted).OrderBy(o => o.Claimed.Dispatch.Attempt)], story, work, cancellationToken);
        await NotNow([.. unique.Where(o => o.Answer is Answer.Deferred or Answer.Rejected { Permanent: false }).OrderBy(o => o.Claimed.Dispatch.Attempt)], story, work, cancellationToken);
        await Never([.. unique.Where(o => o.Answer is Answer.Rejected { Permanent: true }).OrderBy(o => o.Claimed.Dispatch.Attempt)], story, work, cancellationToken);
        story.Write(work);
        return cancel || unique.Exists(o => o.Answer is not Answer.Accepted);
    }

    /// <summary>Whoever learns first that the vendor has it (this, or a callback that overtook it) writes it down; a call stopped meanwhile is due for cancellation.</summary>
    private async Task<bool> Accepted(List<Outcome> outcomes, Story story, Work work, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return false;
        var rows = dialect.Rows();
        foreach (var o in outcomes)
            rows.Row().Id("key", o.Claimed.Dispatch.Attempt).Text("sid", ((Answer.Accepted)o.Answer).VendorId);
        const string Open = "a.state in ('Sending', 'Waiting')";
        const string Call = "a.channel = 'Voice'";
        var written = await dialect.Command(work,
                $"update {dialect.Attempts} as a set sent_at = @now, vendor_id = x.sid, " +
                $"state = case when not ({Open}) then a.state when a.stop and {Call} then 'Canceled' else 'Sent' end, " +
                $"reason = case when not ({Open}) then a.reason when a.stop and {Call} then 'Stopped' else 'None' end, " +
                $"next_at = case when {Call} and (a.state = 'Canceled' or a.stop) then @now when {Open} and {Call} then @overdue else null end, " +
                $"done_at = case when {Open} and a.stop and {Call} then @now else a.done_at end " +
                $"from {rows.As("x")} where a.id = x.key and a.sent_at is null returning id, state")
            .With("@rows", rows).With("@now", work.Now).With("@overdue", work.Now + CallOverdue)
            .Read(r => new Written(r.GetGuid(0), Enum.Parse<AttemptState>(r.GetString(1))), cancellationToken);
        var states = written.ToDictionary(w => w.Id, w => w.State);
        foreach (var c in outcomes.Select(o => o.Claimed).Where(c => states.ContainsKey(c.Dispatch.Attempt)))
        {
            var via = Via(c.Channel);
            metrics.Attempt(via, states[c.Dispatch.Attempt]);
            if (c.Kind == AttemptKind.Page)
                story.Add(c.Dispatch.Incident, c.Dispatch.Number, TimelineKinds.PageSent, work.Now, Sent(c.Channel, c.Dispatch.Person), c.Dispatch.Person, via, c.Dispatch.Attempt);
        }
        return written.Exists(w => w.State == AttemptState.Canceled);
    }

    /// <summary>Back to waiting, and the line is free meanwhile; one that was stopped ends here.</summary>
    private async Task NotNow(List<Outcome> outcomes, Story story, Work work, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return;
        var rows = dialect.Rows();
        foreach (var o in outcomes)
        {
            var (reason, retryAfter) = o.Answer is Answer.Deferred d ? (d.Reason, d.RetryAfter) : (((Answer.Rejected)o.Answer).Reason, null);
            var wait = Backoff.After(o.Claimed.Tries + 1, retryAfter);
            rows.Row().Id("key", o.Claimed.Dispatch.Attempt).Int("lease", o.Claimed.Claims).Text("why", reason).At("again", work.Now + wait);
            if (reason != Reason.Stopped)
                metrics.Error(reason);
            Log.Deferred(logger, o.Claimed.Dispatch.Attempt, o.Claimed.Dispatch.Person, o.Claimed.Dispatch.Number, reason, wait.TotalSeconds);
            story.Touch(o.Claimed.Dispatch.Incident, o.Claimed.Dispatch.Number);
        }
        var written = await dialect.Command(work,
                $"update {dialect.Attempts} as a set state = case when a.stop then 'Canceled' else 'Waiting' end, reason = case when a.stop then 'Stopped' else x.why end, tries = a.tries + 1, " +
                "due_at = x.again, next_at = case when a.stop then null else x.again end, done_at = case when a.stop then @now else null end " +
                $"from {rows.As("x")} where a.id = x.key and a.claims = x.lease and a.state = 'Sending' returning id")
            .With("@rows", rows).With("@now", work.Now).Read(r => r.GetGuid(0), cancellationToken);
        await lines.Free(work, written, cancellationToken);
    }

    private async Task Never(List<Outcome> outcomes, Story story, Work work, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return;
        var failures = outcomes.Select(o => new Failure(o.Claimed.Dispatch.Attempt, ((Answer.Rejected)o.Answer).Reason, o.Claimed.Claims)).ToList();
        await Fail(failures, story, work, cancellationToken);
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
            story.Add(p.Incident, p.Number, TimelineKinds.PageFailed, work.Now, $"{p.Person} could not be reached: every attempt failed", p.Person, level: p.Level);
        }
        metrics.Page("unreachable", unreachable.Count);
    }

    public static string Via(ContactKind channel) => channel.ToString().ToLowerInvariant();

    public static string Sent(ContactKind channel, string person) => channel == ContactKind.Voice ? $"Calling {person}" : $"Message sent to {person}";

    private static string What(ContactKind channel) => channel == ContactKind.Voice ? "The call to" : "The message to";
}
