using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Contacts;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Notices;
using Incidents.Paging.Pipeline;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Trials;

/// <summary>What codes and tests need beyond what every notice has: the code on its way out, an early end, and how calls end.</summary>
internal sealed class TrialStates(Database database, Dialect dialect, LineTable lines, Clock clock, PagingMetrics metrics)
{
    /// <summary>What could not be sent for so long is not wanted any more: whoever asked for it has gone.</summary>
    private static readonly Duration GiveUp = Duration.FromMinutes(10);

    /// <summary>A code stands in the text only while it is on its way. Null: it does not hold any more, so nothing is to be sent.</summary>
    public async Task<ClaimedNotice?> Outgoing(ClaimedNotice claimed, CancellationToken cancellationToken)
    {
        if (claimed.Kind != TrialTable.CodeKind)
            return claimed;
        return await CodeOf(claimed.Dispatch.Attempt, cancellationToken) is { } code
            ? claimed with { Dispatch = claimed.Dispatch with { Text = claimed.Dispatch.Text!.Replace(TrialTable.CodePlaceholder, code, StringComparison.Ordinal) } }
            : null;
    }

    /// <summary>What a vendor cannot take for now is over for a code or test after a while.</summary>
    public bool IsOutOfPatience(ClaimedNotice claimed, Answer answer)
        => answer is Answer.Deferred && TrialTable.Is(claimed.Kind) && clock.Now - claimed.FirstClaimAt >= GiveUp;

    /// <summary>The code that a notice carries; null: it does not hold any more.</summary>
    public async Task<string?> CodeOf(Guid notice, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var db = database.CreateContext();
        return await db.Set<ContactCheck>().AsNoTracking().Where(c => c.Notice == notice && c.ExpiresAt > now).Select(c => c.Code).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>How calls of codes and tests went, in any order and any number of times; reports of pages and of texts are nothing to this.</summary>
    public async Task Report(IReadOnlyList<StatusReport> reports, Work work, CancellationToken cancellationToken)
    {
        var rows = dialect.Rows();
        foreach (var (r, means) in reports.Select(r => (Report: r, Means: Read(r.Meaning))).Where(r => r.Means is not null).OrderBy(r => r.Report.Rank).GroupBy(r => r.Report.Attempt).Select(g => g.Last()).OrderBy(r => r.Report.Attempt))
            rows.Row().Id("key", r.Attempt).Text("sid", r.VendorId).Int("rank", r.Rank).Text("to_state", means!.Value.State).Text("why", means.Value.Reason);
        if (rows.Count > 0)
            await Write(rows, work, cancellationToken);
        await lines.FreeTrials(work, [.. reports.Where(r => IsEnd(r.Meaning)).Select(r => r.Attempt).Distinct()], cancellationToken);
    }

    /// <summary>Nobody speaks on this line any more. A machine is still spoken to.</summary>
    private static bool IsEnd(StatusMeaning meaning)
        => meaning is StatusMeaning.Completed or StatusMeaning.Busy or StatusMeaning.NoAnswer or StatusMeaning.Canceled or StatusMeaning.Undeliverable or StatusMeaning.Unknown;

    private async Task Write(RowSet rows, Work work, CancellationToken cancellationToken)
    {
        var changed = await dialect.Command(work,
                $"update {dialect.Notices} as n set state = x.to_state, reason = x.why, vendor_id = coalesce(n.vendor_id, x.sid), vendor_rank = x.rank, next_at = null, in_hand = {dialect.False}, " +
                $"sent_at = coalesce(n.sent_at, @now), done_at = @now from {rows.As("x")} where n.id = x.key and n.channel = '{ContactKind.Voice}' and n.vendor_rank < x.rank " +
                $"and (n.state in ('Queued', 'Sent') or (n.state = 'Failed' and n.reason = '{Reason.Machine}' and x.to_state = 'Answered')) returning {dialect.Own("n", "state")}")
            .With("@rows", rows).With("@now", work.Now).Read(r => Enum.Parse<NoticeState>(r.GetString(0)), cancellationToken);
        foreach (var state in changed)
            metrics.Notice(state);
    }

    private static (NoticeState State, Reason Reason)? Read(StatusMeaning meaning) => meaning switch
    {
        StatusMeaning.PickedUp => (NoticeState.Answered, Reason.None),
        StatusMeaning.Machine => (NoticeState.Failed, Reason.Machine),
        StatusMeaning.Busy => (NoticeState.Failed, Reason.Busy),
        StatusMeaning.NoAnswer => (NoticeState.Failed, Reason.NoAnswer),
        _ => null,
    };
}
