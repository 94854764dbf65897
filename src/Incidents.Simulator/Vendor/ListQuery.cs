using System.Globalization;

namespace Incidents.Simulator.Vendor;

/// <summary>Paging and filters of the vendor's lists.</summary>
internal sealed class ListQuery(IQueryCollection query, string uri, string dateField)
{
    private readonly int _size = Number(query["PageSize"], 50, 1, 1000);
    private readonly int _page = Number(query["Page"], 0, 0, 1_000_000);
    private readonly (DateTimeOffset From, DateTimeOffset To)? _on = Day(query[dateField]);
    private readonly DateTimeOffset? _after = Instant(query[dateField + ">"]);
    private readonly DateTimeOffset? _before = Instant(query[dateField + "<"]);

    /// <summary>Whether a field has the value that the query asks for, if it asks.</summary>
    public bool Has(string field, string value) => query[field] is not [{ Length: > 0 } wanted] || string.Equals(wanted, value, StringComparison.Ordinal);

    /// <summary>Whether an instant is on the day, or within the inclusive bounds, that the query asks for.</summary>
    public bool Within(DateTimeOffset at) =>
        (_on is not { } day || (at >= day.From && at < day.To)) && (_after is not { } after || at >= after) && (_before is not { } before || at <= before);

    public IResult Page<T>(string name, RecordStore<T> records, Func<T, bool> matches, Func<T, object> resource)
        where T : class
    {
        var found = records.Newest(matches, _page * _size, _size + 1);
        var more = found.Count > _size;
        var items = found.Take(_size).Select(resource).ToList();
        return VendorJson.Result(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [name] = items,
            ["page"] = _page,
            ["page_size"] = _size,
            ["start"] = _page * _size,
            ["end"] = (_page * _size) + Math.Max(0, items.Count - 1),
            ["uri"] = Address(_page),
            ["first_page_uri"] = Address(0),
            ["previous_page_uri"] = _page > 0 ? Address(_page - 1) : null,
            ["next_page_uri"] = more ? Address(_page + 1) : null,
        });
    }

    private string Address(int page)
    {
        var filters = query.Where(q => q.Key is not ("Page" or "PageSize")).SelectMany(q => q.Value.Select(v => $"&{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(v ?? "")}"));
        return $"{uri}?PageSize={_size}&Page={page}{string.Concat(filters)}";
    }

    private static int Number(string? text, int otherwise, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : otherwise;

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static (DateTimeOffset From, DateTimeOffset To)? Day(string? text)
    {
        if (Instant(text) is not { } at) return null;
        return text!.Contains('T', StringComparison.Ordinal) ? (at, at.AddSeconds(1)) : (at, at.AddDays(1));
    }
}
