using Incidents.Contracts.Organisation;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Data;

/// <summary>A contact as bundling knows it.</summary>
internal readonly record struct Reach(ContactKind Channel, string Address);

/// <summary>Which contacts got a message of low urgency a moment ago, over all processes: one message to each until its time is over.</summary>
internal sealed class BurstTable(Dialect dialect)
{
    /// <summary>Takes the next message to each contact that may get one now, until <paramref name="until"/>; gives the contacts that were free.</summary>
    public async Task<HashSet<Reach>> Engage(Work work, IEnumerable<Reach> contacts, Instant until, CancellationToken cancellationToken)
    {
        var rows = Rows(contacts, until);
        if (rows.Count == 0)
            return [];
        var engaged = await dialect.Command(work,
                $"insert into {dialect.Bursts} as b (channel, address, until) select x.channel, x.address, x.until from {rows.As("x")} where true order by x.channel, x.address " +
                "on conflict (channel, address) do update set until = excluded.until where b.until <= @now returning channel, address")
            .With("@rows", rows).With("@now", work.Now)
            .Read(r => new Reach(Enum.Parse<ContactKind>(r.GetString(0)), r.GetString(1)), cancellationToken);
        return [.. engaged];
    }

    /// <summary>Of these contacts, those that are to wait, and until when.</summary>
    public async Task<Dictionary<Reach, Instant>> Held(Work work, IEnumerable<Reach> contacts, CancellationToken cancellationToken)
    {
        var rows = Rows(contacts, work.Now);
        if (rows.Count == 0)
            return [];
        var held = await dialect.Command(work, $"select b.channel, b.address, b.until from {dialect.Bursts} b join {rows.As("x")} on b.channel = x.channel and b.address = x.address where b.until > @now")
            .With("@rows", rows).With("@now", work.Now)
            .Read(r => (Contact: new Reach(Enum.Parse<ContactKind>(r.GetString(0)), r.GetString(1)), Until: dialect.ReadInstant(r, 2)), cancellationToken);
        return held.ToDictionary(h => h.Contact, h => h.Until);
    }

    private RowSet Rows(IEnumerable<Reach> contacts, Instant until)
    {
        var rows = dialect.Rows();
        foreach (var (channel, address) in contacts.Distinct().OrderBy(c => c.Channel.ToString(), StringComparer.Ordinal).ThenBy(c => c.Address, StringComparer.Ordinal))
            rows.Row().Text("channel", channel).Text("address", address).At("until", until);
        return rows;
    }
}
