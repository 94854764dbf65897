using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Configuration.Storage;

/// <summary>
/// One version of one item. The row of the present document has no <see cref="Replaced"/>; older ones are closed, never rewritten, so that what was in
/// force in the past stays known.
/// </summary>
internal sealed class ItemRow
{
    public const int LongestName = 400;

    public Guid Id { get; init; }

    /// <summary>The same for all versions of an item, through renames.</summary>
    public Guid Item { get; init; }

    public required string Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>The canonical form in JSON.</summary>
    public required string Body { get; init; }

    /// <summary>Place in its section; of weight for triage rules and overrides, else only for exports.</summary>
    public int Place { get; set; }

    /// <summary>Version of the organisation that brought this row.</summary>
    public long Revision { get; init; }

    /// <summary>Version that ended it; null: it belongs to the present document.</summary>
    public long? Replaced { get; set; }

    /// <summary>In force in <c>[EffectiveFrom, EffectiveTo)</c>; equal bounds: never was.</summary>
    public Instant EffectiveFrom { get; init; }

    public Instant? EffectiveTo { get; set; }

    /// <summary>When and by whom the item first came.</summary>
    public Instant CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>When and by whom this version came.</summary>
    public Instant WrittenAt { get; init; }

    public required string WrittenBy { get; init; }
}

/// <summary>The single row whose version every process watches; raised by each apply that changes something.</summary>
internal sealed class StateRow
{
    public int Id { get; init; }
    public long Version { get; set; }
}

internal sealed class ConfigurationModel : IModelPart
{
    public void Configure(ModelBuilder model, Modelling modelling)
    {
        var item = model.Entity<ItemRow>();
        modelling.Table(item, "config", "items");
        item.HasKey(x => x.Id);
        item.Property(x => x.Id).ValueGeneratedNever();
        item.Property(x => x.Kind).HasMaxLength(16);
        item.Property(x => x.Name).HasMaxLength(ItemRow.LongestName);
        if (!modelling.Sqlite)
            item.Property(x => x.Body).HasColumnType("jsonb");
        item.Property(x => x.CreatedBy).HasMaxLength(200);
        item.Property(x => x.WrittenBy).HasMaxLength(200);
        item.HasIndex(x => new { x.Kind, x.Name }, "ix_items_present").IsUnique().HasFilter("replaced is null");
        item.HasIndex(x => x.Item);

        ChangeRow.Configure(model, modelling);

        var state = model.Entity<StateRow>();
        modelling.Table(state, "config", "state");
        state.HasKey(x => x.Id);
        state.Property(x => x.Id).ValueGeneratedNever();
        state.Property(x => x.Version).IsConcurrencyToken();
        state.HasData(new StateRow { Id = 1, Version = 0 });
    }
}
