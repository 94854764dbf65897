using System.Globalization;
using Incidents.Kernel;

namespace Incidents.Access.Identity;

/// <summary>Which page of a list that has the newest first; what comes before the cursor's id is older.</summary>
internal sealed record Paging(int Size, Guid? Before, long? BeforeNumber)
{
    private const int MostItems = 200;

    public static (Paging Page, Error? Fault) Of(string? limit, string? cursor)
        => Of(limit, cursor, Guid.TryParse(cursor, out var id) ? id : null, number: null);

    /// <summary>For things that are numbered.</summary>
    public static (Paging Page, Error? Fault) Numbered(string? limit, string? cursor)
        => Of(limit, cursor, id: null, long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    private static (Paging Page, Error? Fault) Of(string? limit, string? cursor, Guid? id, long? number)
    {
        var faults = new List<Fault>();
        if (!int.TryParse(limit ?? "50", NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > MostItems)
            faults.Add(new Fault("limit", $"Choose 1 to {MostItems}."));
        if (!string.IsNullOrEmpty(cursor) && id is null && number is null)
            faults.Add(new Fault("cursor", "Use the nextCursor of the page before."));
        return (new Paging(size, id, number), faults.Count > 0 ? Error.Invalid(faults) : null);
    }
}
