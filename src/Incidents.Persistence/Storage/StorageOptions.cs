using System.ComponentModel.DataAnnotations;

namespace Incidents.Persistence.Storage;

public enum StorageProvider { Sqlite, Postgres }

/// <summary>Where the truth is kept. Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Sqlite (one process) by default, or Postgres (many).</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>Empty by default: <c>incidents.db</c> in the data directory. Required for Postgres. Secret.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Correct this process's clock by its measured offset to the database's. Default true; only PostgreSQL has a clock of its own.</summary>
    public bool CorrectClock { get; set; } = true;

    /// <summary>Days that resolved incidents, their alerts and timelines are kept. Default 400; 0 keeps them for ever.</summary>
    [Range(0, 36500)]
    public int RetentionDays { get; set; } = 400;
}
