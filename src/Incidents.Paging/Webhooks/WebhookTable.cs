using Incidents.Paging.Data;
using Incidents.Persistence.Events;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary>The webhooks, and up to where events have become deliveries.</summary>
internal sealed class WebhookTable(Dialect dialect, Database database, EventTail tail)
{
    /// <summary>Announced when webhooks changed.</summary>
    public const string Fact = "webhooks";

    private readonly string position = database.Table("paging", "webhook_position");
    private readonly string deliveries = database.Table("paging", "webhook_deliveries");

    public async Task<IReadOnlyList<Webhook>> All(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Webhook>().AsNoTracking().OrderBy(w => w.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Null: no webhook was ever made.</summary>
    public async Task<EventPosition?> Position(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var row = await db.Set<WebhookPosition>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : new EventPosition(row.Xid, row.Seq);
    }

    /// <summary>What is newest now, behind which nothing can still appear.</summary>
    public async Task<EventPosition> Newest(CancellationToken cancellationToken)
    {
        if (!database.IsSqlite)
            return await tail.Newest(cancellationToken);
        await using var db = database.CreateContext();
        return new EventPosition(0, await db.Timeline.MaxAsync(t => (long?)t.Id, cancellationToken) ?? 0);
    }

    /// <summary>The first webhook begins with what happens from now on, whatever happened before it.</summary>
    public async Task Begin(Work work, EventPosition from, CancellationToken cancellationToken)
        => await dialect.Command(work, $"insert into {position} (id, xid, seq, next) values (1, @xid, @seq, 1) on conflict (id) do update set xid = @xid, seq = @seq")
            .With("@xid", from.Xid).With("@seq", from.Seq).Execute(cancellationToken);

    /// <summary>Adds deliveries and moves the position, or does neither because another process has moved it from <paramref name="from"/> already (false).</summary>
    public async Task<bool> Append(Work work, EventPosition from, EventPosition to, IReadOnlyList<WebhookDelivery> added, CancellationToken cancellationToken)
    {
        var found = await dialect.Command(work,
                $"update {position} set xid = @xid, seq = @seq, next = next + @count where id = 1 and xid = @fromxid and seq = @fromseq returning next")
            .With("@xid", to.Xid).With("@seq", to.Seq).With("@count", (long)added.Count).With("@fromxid", from.Xid).With("@fromseq", from.Seq)
            .Read(r => r.GetInt64(0), cancellationToken);
        if (found.Count == 0)
            return false;
        if (added.Count == 0)
            return true;
        var place = found[0] - added.Count;
        var rows = dialect.Rows();
        foreach (var d in added)
        {
            rows.Row().Id("id", d.Id).Id("webhook", d.Webhook).Int("place", place++).Text("event", d.Event).Text("type", d.Type).Int("number", d.Number).Text("body", d.Body);
        }
        // Whether a webhook is enabled is decided under its lock, as disabling does it: no delivery waits behind a disabled one.
        var hooks = database.Table("paging", "webhooks");
        await dialect.Command(work, $"select id from {hooks} where id {dialect.In("@ids")} order by id{dialect.ForUpdate()}")
            .With("@ids", added.Select(d => d.Webhook).Distinct()).Read(r => r.GetGuid(0), cancellationToken);
        await dialect.Command(work,
                $"insert into {deliveries} (id, webhook, place, event, type, number, body, state, next_at, in_hand, claims, tries, error, created_at) " +
                $"select x.id, x.webhook, x.place, x.event, x.type, x.number, x.body, case when w.enabled then 'Waiting' else 'Held' end, case when w.enabled then @now else null end, {dialect.False}, 0, 0, 'None', @now " +
                $"from {rows.As("x")} join {hooks} w on w.id = x.webhook where true on conflict (webhook, event) do nothing")
            .With("@rows", rows).With("@now", work.Now).Execute(cancellationToken);
        return true;
    }
}
