using System.Data.Common;
using Incidents.Paging.Model;
using Incidents.Persistence.Transactions;

namespace Incidents.Paging.Data;

/// <summary>Writing pages and their attempts, many in a statement.</summary>
internal sealed class PageTable(Dialect dialect)
{
    /// <summary>
    /// Closes older open pages of the same person on the same incident and takes back what of them is not sent; inserts the newer ones unless the
    /// same or a later step has paged the person already. How many were closed, and the ids of those inserted.
    /// </summary>
    public async Task<(int Closed, HashSet<Guid> Inserted)> Replace(Work work, IReadOnlyList<Page> newer, CancellationToken cancellationToken)
    {
        await using var close = Close(work, newer);
        await using var insert = Insert(work, newer);
        var (closed, inserted) = await dialect.Ids(work, close, insert, cancellationToken);
        if (closed.Count > 0)
            await TakeBack(work, closed, cancellationToken);
        return (closed.Count, [.. inserted]);
    }

    private DbCommand Close(Work work, IReadOnlyList<Page> newer)
    {
        var rows = dialect.Rows();
        foreach (var p in newer)
            rows.Row().Id("incident", p.Incident).Text("person", p.Person).Int("episode", p.Episode).Int("step", p.Step);
        return dialect.Command(work,
                $"update {dialect.Pages} as p set state = 'Closed', closed_at = @now from {rows.As("x")} " +
                "where p.incident = x.incident and p.person = x.person and p.state = 'Open' and (p.episode < x.episode or (p.episode = x.episode and p.step < x.step)) returning " + dialect.Own("p", "id"))
            .With("@rows", rows).With("@now", work.Now);
    }

    private Task TakeBack(Work work, IReadOnlyList<Guid> closed, CancellationToken cancellationToken)
        => dialect.Command(work,
                $"update {dialect.Attempts} set state = case when state = 'Waiting' then 'Canceled' else state end, reason = case when state = 'Waiting' then 'Restarted' else reason end, " +
                "next_at = case when state = 'Waiting' then null else next_at end, done_at = case when state = 'Waiting' then @now else done_at end " +
                $"where page {dialect.In("@ids")} and state = 'Waiting' and kind = 'Page'")
            .With("@ids", closed).With("@now", work.Now).Execute(cancellationToken);

    private DbCommand Insert(Work work, IReadOnlyList<Page> pages)
    {
        var rows = dialect.Rows();
        foreach (var p in pages)
        {
            rows.Row().Id("id", p.Id).Id("incident", p.Incident).Int("number", p.Number).Text("person", p.Person).Int("episode", p.Episode).Int("step", p.Step)
                .Int("level", p.Level).Int("pass", p.Pass).Flag("high", p.High).Int("pool_rank", p.PoolRank).Text("state", p.State).Flag("unreachable", false)
                .Text("title", p.Title).Text("service", p.Service).Text("severity", p.Severity).At("created_at", p.CreatedAt);
        }
        return dialect.Command(work,
                $"insert into {dialect.Pages} ({rows.Columns}) select x.* from {rows.As("x")} where not exists " +
                $"(select 1 from {dialect.Pages} p where p.incident = x.incident and p.person = x.person and (p.episode > x.episode or (p.episode = x.episode and p.step >= x.step))) returning id")
            .With("@rows", rows);
    }

    /// <summary>They are written with the commit.</summary>
    public void InsertAttempts(Work work, IEnumerable<Attempt> attempts)
    {
        var rows = dialect.Rows();
        foreach (var a in attempts)
        {
            rows.Row().Id("id", a.Id).Id("page", a.Page).Id("incident", a.Incident).Int("number", a.Number).Text("person", a.Person).Text("kind", a.Kind).Text("contact", a.Contact)
                .Text("channel", a.Channel).Text("address", a.Address).Int("ordinal", a.Ordinal).Int("repetition", a.Repetition).Int("urgency", a.Urgency).Int("pool_rank", a.PoolRank).At("due_at", a.DueAt)
                .Text("state", a.State).Text("reason", a.Reason).At("next_at", a.NextAt).Int("claims", a.Claims).At("first_claim_at", a.FirstClaimAt).Int("tries", a.Tries)
                .Flag("stop", a.Stop).Int("vendor_rank", a.VendorRank).Text("text", a.Text).At("created_at", a.CreatedAt).At("done_at", a.DoneAt);
        }
        if (rows.Count > 0)
            work.AtCommit(dialect.Command(work, $"insert into {dialect.Attempts} ({rows.Columns}) select x.* from {rows.As("x")}").With("@rows", rows));
    }

    public async Task MarkUnreachable(Work work, IReadOnlyCollection<Guid> pages, CancellationToken cancellationToken)
        => await dialect.Command(work, $"update {dialect.Pages} set unreachable = {dialect.True} where id {dialect.In("@ids")}").With("@ids", pages).Execute(cancellationToken);

    /// <summary>
    /// Of these open pages, those whose attempts have now all failed for good and that were not told yet; marks them.
    /// </summary>
    public Task<List<(Guid Page, Guid Incident, long Number, int Step, int Level, string Person)>> TakeUnreachable(Work work, IReadOnlyCollection<Guid> pages, CancellationToken cancellationToken)
        => dialect.Command(work,
                $"update {dialect.Pages} set unreachable = {dialect.True} where id {dialect.In("@ids")} and state = 'Open' and unreachable = {dialect.False} " +
                $"and not exists (select 1 from {dialect.Attempts} a where a.page = {dialect.Pages}.id and a.kind = 'Page' and a.state <> 'Failed') returning id, incident, number, step, level, person")
            .With("@ids", pages)
            .Read(r => (r.GetGuid(0), r.GetGuid(1), r.GetInt64(2), r.GetInt32(3), r.GetInt32(4), r.GetString(5)), cancellationToken);
}
