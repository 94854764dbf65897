using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Vendors.Usage;

/// <summary>What one vendor took over one channel. <paramref name="Prefix"/> null: numbers without a price of their own.</summary>
internal sealed record UsageItem(string Vendor, [property: Words(typeof(ContactKind))] string Channel, string? Prefix, long Taken, decimal Cost);

/// <summary>A month's calls and messages. <paramref name="Cap"/> null: there is none.</summary>
internal sealed record UsageView(string Month, string Currency, decimal Spent, decimal? Cap, IReadOnlyList<UsageItem> Items);

internal static class UsageEndpoint
{
    /// <summary><c>GET /api/v1/usage?month=2026-11</c>: the present month (UTC) by default.</summary>
    public static async Task<IResult> Show(string? month, UsageTable table, Clock clock, IOptions<UsageOptions> options, CancellationToken cancellationToken)
    {
        var wanted = string.IsNullOrEmpty(month) ? UsageTable.MonthOf(clock.Now) : month;
        if (!DateOnly.TryParseExact(wanted, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return Error.Invalid([new Fault("month", $"'{wanted}' is no month: use 2026-11.")]).ToProblem();
        var used = await table.Of(wanted, cancellationToken);
        var items = used.Select(u => new UsageItem(u.Vendor, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(u.Channel.ToString()), u.Prefix.Length == 0 ? null : u.Prefix, u.Taken, u.Cost / UsageTable.Millionths)).ToList();
        return TypedResults.Json(new UsageView(wanted, options.Value.Currency, items.Sum(i => i.Cost), options.Value.MonthlyCap > 0 ? options.Value.MonthlyCap : null, items), Json.Options);
    }
}
