using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Data;
using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Vendors.Usage;

/// <summary>What one vendor took over one channel in one month (UTC), for numbers of one price.</summary>
internal sealed class MonthlyUsage
{
    /// <summary>yyyy-MM.</summary>
    public string Month { get; set; } = "";

    public string Vendor { get; set; } = "";
    public ContactKind Channel { get; set; }

    /// <summary>Prefix of the price that was counted with; empty: the price for all other numbers, or none.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Deliveries that the vendor took, whatever became of them.</summary>
    public long Taken { get; set; }

    /// <summary>In millionths of the currency, at the prices of their time.</summary>
    public long Cost { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<MonthlyUsage>();
        modelling.Table(e, "paging", "usage");
        e.HasKey(x => new { x.Month, x.Vendor, x.Channel, x.Prefix });
        e.Property(x => x.Month).HasMaxLength(7);
        e.Property(x => x.Vendor).HasMaxLength(40);
        e.Property(x => x.Prefix).HasMaxLength(20);
    }
}

/// <summary>Counts what vendors take, beside the outcome that says so: neither more nor less than what is written down as taken.</summary>
internal sealed class UsageTable(Dialect dialect, Database database, IOptions<UsageOptions> options)
{
    public const decimal Millionths = 1_000_000m;

    private readonly IReadOnlyList<Price> prices = Prices.Read(options.Value.Prices).Prices;

    public static string MonthOf(Instant at) => at.ToDateTimeUtc().ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Written with the commit, in the order of the keys.</summary>
    public void Count(Work work, IEnumerable<(string Vendor, ContactKind Channel, string Address)> taken)
    {
        var rows = dialect.Rows();
        var month = MonthOf(work.Now);
        var counted = taken.Select(t => (t.Vendor, t.Channel, Price: Prices.Of(prices, t.Vendor, t.Channel, t.Address)))
            .GroupBy(t => (t.Vendor, Channel: t.Channel.ToString(), Prefix: t.Price?.Prefix ?? ""));
        foreach (var group in counted.OrderBy(g => g.Key.Vendor, StringComparer.Ordinal).ThenBy(g => g.Key.Channel, StringComparer.Ordinal).ThenBy(g => g.Key.Prefix, StringComparer.Ordinal))
        {
            rows.Row().Text("month", month).Text("vendor", group.Key.Vendor).Text("channel", group.Key.Channel).Text("prefix", group.Key.Prefix)
                .Int("taken", group.Count()).Int("cost", group.Sum(t => (long)((t.Price?.Amount ?? 0) * Millionths)));
        }
        if (rows.Count == 0)
            return;
        work.AtCommit(dialect.Command(work,
                $"insert into {dialect.Usage} as u ({rows.Columns}) select x.* from {rows.As("x")} where true order by x.vendor, x.channel, x.prefix " +
                "on conflict (month, vendor, channel, prefix) do update set taken = u.taken + excluded.taken, cost = u.cost + excluded.cost")
            .With("@rows", rows));
    }

    public async Task<IReadOnlyList<MonthlyUsage>> Of(string month, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<MonthlyUsage>().AsNoTracking().Where(u => u.Month == month).OrderBy(u => u.Vendor).ThenBy(u => u.Channel).ThenBy(u => u.Prefix).ToListAsync(cancellationToken);
    }
}
