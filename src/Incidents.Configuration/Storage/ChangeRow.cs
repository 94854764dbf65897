using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Configuration.Storage;

/// <summary>The audit: one change of one item. Rows are never changed or removed; what the item was before and after is in the rows named.</summary>
internal sealed class ChangeRow
{
    /// <summary>Version of the organisation that the change brought, and its place among that version's changes.</summary>
    public long Version { get; init; }

    public int Place { get; init; }
    public Instant At { get; init; }

    /// <summary>Login; <c>system</c> for the platform itself.</summary>
    public required string Actor { get; init; }

    /// <summary>api, web, system, …</summary>
    public required string Via { get; init; }

    public required string Kind { get; init; }

    /// <summary>After the change, or before it when the item went.</summary>
    public required string Name { get; init; }

    /// <summary>create, update or delete.</summary>
    public required string Action { get; init; }

    public Guid Item { get; init; }

    /// <summary>Row that it closed; null: the item came.</summary>
    public Guid? Before { get; init; }

    /// <summary>Row that it brought; null: the item went.</summary>
    public Guid? After { get; init; }

    /// <summary>Why breaches of enforced limits were accepted; null: there were none here.</summary>
    public string? Waiver { get; init; }

    /// <summary>Those breaches, as JSON of faults.</summary>
    public string? Waived { get; init; }

    public const int LongestWaiver = 1000;

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var change = model.Entity<ChangeRow>();
        modelling.Table(change, "config", "changes");
        change.HasKey(x => new { x.Version, x.Place });
        change.Property(x => x.Actor).HasMaxLength(200);
        change.Property(x => x.Via).HasMaxLength(32);
        change.Property(x => x.Kind).HasMaxLength(16);
        change.Property(x => x.Name).HasMaxLength(ItemRow.LongestName);
        change.Property(x => x.Action).HasMaxLength(8);
        change.Property(x => x.Waiver).HasMaxLength(LongestWaiver);
        change.HasIndex(x => new { x.Kind, x.Name });
        change.HasIndex(x => x.Actor);
        change.HasIndex(x => x.At);
    }
}
