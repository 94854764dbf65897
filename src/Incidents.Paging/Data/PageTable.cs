using System.Data.Common;
using Incidents.Paging.Model;
using Incidents.Paging.Vendors;
using Incidents.Persistence.Transactions;

namespace Incidents.Paging.Data;

/// <summary>Writing pages and their attempts, many in a statement.</summary>
internal sealed class PageTable(Dialect dialect, VendorQueues queues)
{
    /// <summary>By how much one that waits already, of the same service and person, puts the next one back in the order.</summary>
    private const int PersonTurn = 1_000_000;

    /// <summary>The same for one of the service, whoever it pages.</summary>
    private const int ServiceTurn = 20_000;

    /// <summary>More that wait are not counted: whoever is so far back goes by age among those who are.</summary>
    private const int Counted = 256;

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

    /// <summary>They are written with the commit, each into the queue of its vendor and with its turn there.</summary>
    public void InsertAttempts(Work work, IEnumerable<Attempt> attempts)
    {
        var rows = dialect.Rows();
        foreach (var a in attempts)
        {
            if (a.Vendor.Length == 0)
                a.Vendor = queues.First(a.Channel);
            rows.Row().Id("id", a.Id).Id("page", a.Page).Id("incident", a.Incident).Int("number", a.Number).Text("person", a.Person).Text("kind", a.Kind).Text("contact", a.Contact)
                .Text("channel", a.Channel).Text("address", a.Address).Int("ordinal", a.Ordinal).Int("repetition", a.Repetition).Int("urgency", a.Urgency).Int("pool_rank", a.PoolRank).At("due_at", a.DueAt)
                .Text("state", a.State).Text("reason", a.Reason).At("next_at", a.NextAt).Int("claims", a.Claims).At("first_claim_at", a.FirstClaimAt).Int("tries", a.Tries)
                .Flag("stop", a.Stop).Int("vendor_rank", a.VendorRank).Text("text", a.Text).At("created_at", a.CreatedAt).At("done_at", a.DoneAt)
                .Text("vendor", a.Vendor).Text("asked", a.Asked).Text("service", a.Service);
        }
        if (rows.Count > 0)
            work.AtCommit(dialect.Command(work, $"insert into {dialect.Attempts} ({rows.Columns}, fair_at) select x.*, {FairAt()} from {rows.As("x")}").With("@rows", rows));
    }

    /// <summary>
    /// The turn of <c>x</c> among attempts of its vendor, urgency and rank: when it is due, and later for each that waits already of the same service and
    /// person, a little later for each of the same service. So a flood of one person or service stands in a line of its own, in which everybody else's
    /// find gaps, and since the turn is an instant nothing that comes after it can pass it: nobody waits for ever. What goes at once is not counted for.
    /// </summary>
    private string FairAt()
    {
        const string Same = "w.state = 'Waiting' and w.vendor = x.vendor and w.urgency = x.urgency and w.pool_rank = x.pool_rank and w.service = x.service";
        string Before(string more) => $"(select count(*) from (select 1 from {dialect.Attempts} w where {Same}{more} and w.due_at <= x.due_at limit {Counted}) as n)";
        const string Flow = "x.vendor, x.urgency, x.pool_rank, x.service";
        var micros = $"{PersonTurn} * ({Before(" and w.person = x.person")} + row_number() over (partition by {Flow}, x.person, x.state order by x.due_at, x.ordinal, x.id) - 1) + " +
            $"{ServiceTurn} * ({Before("")} + row_number() over (partition by {Flow}, x.state order by x.due_at, x.ordinal, x.id) - 1)";
        return $"case when x.state <> 'Waiting' then x.due_at else {(dialect.Sqlite ? $"x.due_at + ({micros})" : $"x.due_at + ({micros}) * interval '1 microsecond'")} end";
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
