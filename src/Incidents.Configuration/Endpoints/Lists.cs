using System.Globalization;
using System.Text;
using Incidents.Kernel;
using Microsoft.AspNetCore.Http;

namespace Incidents.Configuration.Endpoints;

/// <summary>One page of a list; <paramref name="NextCursor"/> null: the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

internal static class Lists
{
    private const int DefaultLimit = 200;
    private const int LargestLimit = 1000;

    /// <summary>A page in the order of the names. The cursor is the last name seen, so that changes in between lose nothing.</summary>
    public static IResult Page<T, TItem>(IEnumerable<T> all, Func<T, string> name, Func<T, TItem> show, string? limit, string? cursor)
    {
        var size = DefaultLimit;
        if (!string.IsNullOrEmpty(limit) && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestLimit))
            return Error.Invalid("limit", $"Use a number from 1 to {LargestLimit}.").ToProblem();
        var after = "";
        if (!string.IsNullOrEmpty(cursor) && Decode(cursor) is not { } decoded)
            return Error.Invalid("cursor", "Use the nextCursor of the page before.").ToProblem();
        else if (!string.IsNullOrEmpty(cursor))
            after = Decode(cursor)!;
        var found = all.OrderBy(name, StringComparer.Ordinal).Where(i => string.CompareOrdinal(name(i), after) > 0).Take(size + 1).ToList();
        var page = found.Take(size).ToList();
        return TypedResults.Ok(new Page<TItem>([.. page.Select(show)], found.Count > size ? Encode(name(page[^1])) : null));
    }

    private static string Encode(string name) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));

    private static string? Decode(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromHexString(cursor));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
