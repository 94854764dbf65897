using System.Text;
using Incidents.Persistence.Events;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Messages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Persistence;

/// <summary>The one context. Modules add their entity types through <see cref="IModelPart"/> and reach them by <c>Set&lt;T&gt;()</c>.</summary>
public sealed class IncidentsDbContext(DbContextOptions<IncidentsDbContext> options, ModelParts parts) : DbContext(options)
{
    public DbSet<Incident> Incidents => Set<Incident>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    internal DbSet<MessageRow> Messages => Set<MessageRow>();
    internal DbSet<EventRow> Events => Set<EventRow>();
    internal string PartNames => parts.Names;

    public bool IsSqlite => Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        if (IsSqlite)
            configuration.Properties<Instant>().HaveConversion<InstantMicroseconds>();
        else
            configuration.Properties<Instant>().HaveConversion<InstantUtc>().HaveColumnType("timestamp with time zone");
        configuration.Properties<Duration>().HaveConversion<DurationTicks>();
        configuration.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var modelling = new Modelling(IsSqlite);
        MessageRow.Configure(modelBuilder, modelling);
        EventRow.Configure(modelBuilder, modelling);
        Storage.SecretRow.Configure(modelBuilder, modelling);
        Incident.Configure(modelBuilder, modelling);
        TimelineEntry.Configure(modelBuilder, modelling);
        IdempotencyRow.Configure(modelBuilder, modelling);
        foreach (var part in parts.Items)
            part.Configure(modelBuilder, modelling);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
