using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Configuration.Storage;

/// <summary>Rows ↔ items, in the caller's context and transaction.</summary>
internal static class ItemStore
{
    /// <summary>"Always": from when the first version of a schedule holds, because its rotation ran before it was told to us.</summary>
    public static Instant Beginning { get; } = Instant.FromUnixTimeSeconds(0);

    public static Task<long> Version(IncidentsDbContext db, CancellationToken cancellationToken)
        => db.Set<StateRow>().Select(s => s.Version).SingleAsync(cancellationToken);

    /// <summary>Lets one apply at a time go on, from here to the end of its transaction. SQLite's write transactions are alone anyway.</summary>
    public static async Task Lock(IncidentsDbContext db, CancellationToken cancellationToken)
    {
        if (!db.IsSqlite)
            await db.Database.ExecuteSqlRawAsync("select version from config.state for update", cancellationToken);
    }

    public static async Task<IReadOnlyList<PresentItem>> Present(IncidentsDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Set<ItemRow>().AsNoTracking().Where(r => r.Replaced == null).ToListAsync(cancellationToken);
        return [.. rows.Select(r => (Row: r, Item: Read(r))).Where(r => r.Item is not null).Select(r => new PresentItem(r.Row.Id, r.Row.Item, r.Item!, r.Row.Place))];
    }

    /// <summary>Null for a kind that this release does not know. Unknown keys are left to the release that wrote them.</summary>
    public static Item? Read(ItemRow row)
    {
        if (AllSections.OfKind(row.Kind) is not { } section)
            return null;
        var document = new MapReader(new MapNode([], []), "", new Faults());
        var item = section.Read(NodeJson.Read(row.Body), section.PathOf(row.Name), document);
        return item is null ? null : item with { Name = row.Name };
    }

    /// <summary>Writes a plan: closes rows, adds rows, raises the version. Saves; the caller's transaction commits.</summary>
    /// <param name="effective">From when changed schedules hold; not before <paramref name="now"/>. Null: at once.</param>
    /// <returns>The new version.</returns>
    public static async Task<long> Write(IncidentsDbContext db, ChangePlan plan, string author, Instant now, Instant? effective, CancellationToken cancellationToken)
    {
        var state = await db.Set<StateRow>().SingleAsync(cancellationToken);
        var version = ++state.Version;
        var rows = (await db.Set<ItemRow>().AsTracking().Where(r => r.Replaced == null).ToListAsync(cancellationToken)).ToDictionary(r => r.Id);
        foreach (var (row, place) in plan.Places)
            rows[row].Place = place;

        var added = new List<ItemRow>();
        foreach (var change in plan.Changes)
        {
            var old = change.Before is { } before ? rows[before.Row] : null;
            var schedule = change.Section == AllSections.Schedules;
            var from = schedule ? effective ?? now : now;
            var correction = change is { Section: OverrideSection, Action: ChangeAction.Update } && !change.Paths.Contains("position", StringComparer.Ordinal);
            if (old is not null)
            {
                old.Replaced = version;
                old.EffectiveTo = correction ? old.EffectiveFrom : Instant.Max(old.EffectiveFrom, from);
                if (schedule)
                    await Shorten(db, old, from, cancellationToken);
            }
            if (change.After is { } after)
            {
                var first = old is null && change.Section is OverrideSection;
                if (old is null && schedule && effective is null && !await db.Set<ItemRow>().AnyAsync(r => r.Kind == "schedule" && r.Name == after.Name, cancellationToken))
                    first = true;
                added.Add(new ItemRow
                {
                    Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                    Item = old?.Item ?? Guid.CreateVersion7(now.ToDateTimeOffset()),
                    Kind = change.Section.Kind,
                    Name = after.Name,
                    Body = NodeJson.Write(after.Body),
                    Place = plan.NewPlaces[after],
                    Revision = version,
                    EffectiveFrom = correction ? old!.EffectiveFrom : first ? Beginning : from,
                    CreatedAt = old?.CreatedAt ?? now,
                    CreatedBy = old?.CreatedBy ?? author,
                    WrittenAt = now,
                    WrittenBy = author,
                });
            }
        }
        // Closed before added: the unique index knows one present row per name.
        await db.SaveChangesAsync(cancellationToken);
        db.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
        return version;
    }

    /// <summary>Earlier versions that were to hold until a later instant, because their successor never came into force, end now.</summary>
    private static async Task Shorten(IncidentsDbContext db, ItemRow old, Instant from, CancellationToken cancellationToken)
    {
        var earlier = await db.Set<ItemRow>().AsTracking().Where(r => r.Item == old.Item && r.Id != old.Id && r.EffectiveTo > from).ToListAsync(cancellationToken);
        foreach (var row in earlier)
            row.EffectiveTo = Instant.Max(row.EffectiveFrom, from);
    }
}
