using Incidents.Contracts.Organisation;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Vendors;

/// <summary>Attempts that wait change their queue.</summary>
internal sealed class QueueMoves(Dialect dialect, WorkRunner works, VendorQueues queues)
{
    /// <summary><paramref name="Asked"/>: the vendors that were asked by now.</summary>
    public sealed record Leaving(Guid Attempt, ContactKind Channel, string Vendor, string Asked);

    /// <summary>From a vendor that is left alone to another that serves the same contacts; those for which there is none stay.</summary>
    public Task Move(IReadOnlyList<Leaving> leaving, CancellationToken cancellationToken)
    {
        var rows = dialect.Rows();
        foreach (var l in leaving.OrderBy(l => l.Attempt))
        {
            if (queues.Another(l.Channel, l.Vendor) is { } other)
                rows.Row().Id("key", l.Attempt).Text("from_vendor", l.Vendor).Text("to_vendor", other).Text("asked", l.Asked);
        }
        return rows.Count == 0 ? Task.CompletedTask : works.Run(work => dialect.Command(work,
                $"update {dialect.Attempts} as a set vendor = x.to_vendor, asked = x.asked from {rows.As("x")} where a.id = x.key and a.state = 'Waiting' and a.vendor = x.from_vendor")
            .With("@rows", rows).Execute(cancellationToken), cancellationToken);
    }

    /// <summary>Gives a queue to what stands in none that is configured here: written by an earlier release, or for a vendor that was taken out of the settings.</summary>
    public Task Adopt(Instant now, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var known = string.Join(", ", queues.All.Select(q => $"'{q.Vendor.Replace("'", "''", StringComparison.Ordinal)}'"));
        var strays = await dialect.Command(work,
                $"select id, channel from {dialect.Attempts} where state = 'Waiting' and next_at <= @now" + (known.Length == 0 ? "" : $" and vendor not in ({known})") + $" order by id limit 500{dialect.ForUpdate("skip locked")}")
            .With("@now", now).Read(r => (Id: r.GetGuid(0), Channel: Enum.Parse<ContactKind>(r.GetString(1))), cancellationToken);
        var rows = dialect.Rows();
        foreach (var (id, channel) in strays)
        {
            var vendor = queues.First(channel);
            rows.Row().Id("key", id).Text("vendor", vendor).Text("to_state", vendor.Length == 0 ? AttemptState.Failed : AttemptState.Waiting);
        }
        if (rows.Count == 0)
            return;
        await dialect.Command(work,
                $"update {dialect.Attempts} as a set vendor = x.vendor, fair_at = coalesce(a.fair_at, a.due_at), state = x.to_state, reason = case when x.to_state = 'Failed' then 'NoChannel' else a.reason end, " +
                $"next_at = case when x.to_state = 'Failed' then null else a.next_at end, done_at = case when x.to_state = 'Failed' then @now else a.done_at end from {rows.As("x")} where a.id = x.key and a.state = 'Waiting'")
            .With("@rows", rows).With("@now", work.Now).Execute(cancellationToken);
    }, cancellationToken);
}
