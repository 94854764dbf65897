using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Incidents.Persistence;

/// <summary>A module's share of the one database model. Its entity types stay internal to it.</summary>
public interface IModelPart
{
    void Configure(ModelBuilder model, Modelling modelling);
}

/// <summary>All parts, in one fixed order, the same in every process and in the migrations.</summary>
public sealed class ModelParts(IEnumerable<IModelPart> parts)
{
    public IReadOnlyList<IModelPart> Items { get; } = [.. parts.OrderBy(p => p.GetType().FullName, StringComparer.Ordinal)];

    internal string Names => names ??= string.Join(',', Items.Select(p => p.GetType().FullName));

    private string? names;
}

/// <summary>What differs between the two databases' models.</summary>
public sealed class Modelling(bool sqlite)
{
    public bool Sqlite { get; } = sqlite;

    /// <summary>Schema per module on PostgreSQL, table prefix on SQLite.</summary>
    public void Table<T>(EntityTypeBuilder<T> entity, string module, string table) where T : class
    {
        if (Sqlite)
            entity.ToTable($"{module}_{table}");
        else
            entity.ToTable(table, module);
    }

    /// <summary>A filtered index's condition; booleans are spelt differently.</summary>
    public string Not(string column) => Sqlite ? $"{column} = 0" : $"not {column}";

    public string Is(string column) => Sqlite ? $"{column} = 1" : column;
}
