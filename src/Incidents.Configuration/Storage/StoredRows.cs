using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Storage;

/// <summary>The rows of one version: the present ones of every kind, the closed ones of what acts in time, and the former logins.</summary>
internal sealed record StoredRows(long Version, IReadOnlyList<ItemRow> Rows, IReadOnlyList<NameSpan> Logins)
{
    public OrganisationSnapshot Snapshot() => SnapshotBuilder.Build(Version, Rows, Logins);
}

/// <summary>A name that an item had from version <paramref name="Revision"/> to <paramref name="Replaced"/> (exclusive; null: still has).</summary>
internal sealed record NameSpan(string Kind, Guid Item, string Name, long Revision, long? Replaced);

/// <summary>Names that closed rows use → the names that the same things have now, or had last.</summary>
internal sealed class LatestNames
{
    private readonly ILookup<(string Kind, string Name), NameSpan> spans;
    private readonly Dictionary<Guid, string> latest;
    private readonly HashSet<(string Kind, string Name)> changed;

    public LatestNames(IEnumerable<NameSpan> all)
    {
        var list = all.ToList();
        latest = list.GroupBy(s => s.Item).ToDictionary(g => g.Key, g => g.MaxBy(s => s.Revision)!.Name);
        changed = [.. list.Where(s => latest[s.Item] != s.Name).Select(s => (s.Kind, s.Name))];
        spans = list.Where(s => changed.Contains((s.Kind, s.Name))).ToLookup(s => (s.Kind, s.Name));
    }

    /// <summary>Whether any name of a kind has changed; else nothing needs translation.</summary>
    public bool Any(string kind) => changed.Any(c => c.Kind == kind);

    public string Of(string kind, string name, long revision)
    {
        if (!changed.Contains((kind, name)))
            return name;
        var meant = spans[(kind, name)].Where(s => s.Revision <= revision && (s.Replaced is not { } end || end > revision)).MaxBy(s => s.Revision)
            ?? spans[(kind, name)].MaxBy(s => s.Revision);
        return meant is null ? name : latest[meant.Item];
    }

    /// <summary>The last name of a thing itself.</summary>
    public string Of(ItemRow row) => latest.GetValueOrDefault(row.Item, row.Name);
}
