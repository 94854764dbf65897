using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Configuration.Storage;

/// <summary>Rows ↔ items, in the caller's context and transaction.</summary>
internal static class ItemStore
{
    public static Task<long> Version(IncidentsDbContext db, CancellationToken cancellationToken)
        => db.Set<StateRow>().Select(s => s.Version).SingleAsync(cancellationToken);

    /// <summary>Lets one change at a time go on, from here to the end of its transaction. SQLite's write transactions are alone anyway.</summary>
    public static async Task Lock(IncidentsDbContext db, CancellationToken cancellationToken)
    {
        if (!db.IsSqlite)
            await db.Database.ExecuteSqlRawAsync("select version from config.state for update", cancellationToken);
    }

    /// <summary>Everything that a snapshot is made of, untracked.</summary>
    public static async Task<StoredRows> Load(IncidentsDbContext db, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = await Version(db, cancellationToken);
            var rows = await db.Set<ItemRow>().AsNoTracking()
                .Where(r => r.Replaced == null || r.Kind == "schedule" || r.Kind == "override" || r.Kind == "temporary" || r.Kind == "person" || r.Kind == "pool" || r.Kind == "calendar").ToListAsync(cancellationToken);
            var logins = await db.Set<ItemRow>().Where(r => r.Kind == "person" && r.Replaced != null)
                .Select(r => new NameSpan(r.Kind, r.Item, r.Name, r.Revision, r.Replaced)).ToListAsync(cancellationToken);
            // Outside a transaction an apply may commit between the reads.
            if (await Version(db, cancellationToken) == version)
                return new StoredRows(version, rows, logins);
        }
    }

    public static IReadOnlyList<PresentItem> Present(IEnumerable<ItemRow> rows)
        => [.. rows.Where(r => r.Replaced is null).Select(r => (Row: r, Item: Read(r))).Where(r => r.Item is not null).Select(r => new PresentItem(r.Row.Id, r.Row.Item, r.Item!, r.Row.Place))];

    /// <summary>Null for a kind that this release does not know. Unknown keys are left to the release that wrote them.</summary>
    public static Item? Read(ItemRow row)
    {
        if (AllSections.OfKind(row.Kind) is not { } section)
            return null;
        var document = new MapReader(new MapNode([], []), "", new Faults());
        var item = section.Read(NodeJson.Read(row.Body), section.PathOf(row.Name), document);
        return item is null ? null : item with { Name = row.Name };
    }

    /// <summary>Writes amended rows and raises the version. Saves; the caller's transaction commits.</summary>
    public static async Task Write(IncidentsDbContext db, AmendedRows amended, CancellationToken cancellationToken)
    {
        var state = await db.Set<StateRow>().AsTracking().SingleAsync(cancellationToken);
        state.Version = amended.Version;
        foreach (var row in amended.Touched)
        {
            var entry = db.Attach(row);
            entry.Property(r => r.Place).IsModified = true;
            entry.Property(r => r.Replaced).IsModified = true;
            entry.Property(r => r.EffectiveTo).IsModified = true;
        }
        // Closed before added: the unique index knows one present row per name.
        await db.SaveChangesAsync(cancellationToken);
        db.AddRange(amended.Added);
        await db.SaveChangesAsync(cancellationToken);
        // A second change in the same transaction reads and attaches its own.
        foreach (var row in amended.Touched.Concat(amended.Added))
            db.Entry(row).State = EntityState.Detached;
    }
}
