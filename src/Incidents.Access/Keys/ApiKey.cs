using Incidents.Contracts.Organisation;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Keys;

/// <summary>
/// A stored API key. With a <see cref="Person"/> it acts as that person, with the lower of both roles, and dies with them;
/// without one it belongs to a machine and acts as <c>key:name</c>.
/// </summary>
internal sealed class ApiKey
{
    public const int LongestName = 80;

    public Guid Id { get; set; }
    public byte[] Hash { get; set; } = [];
    public string Name { get; set; } = "";
    public string? Person { get; set; }
    public Role Role { get; set; }
    public Instant CreatedAt { get; set; }
    public string CreatedBy { get; set; } = "";

    /// <summary>From then on it opens nothing; null: never.</summary>
    public Instant? ExpiresAt { get; set; }

    /// <summary>Blank-separated words of <see cref="Scope"/>; null: all that its role may.</summary>
    public string? Scopes { get; set; }

    /// <summary>To the minute; null: never.</summary>
    public Instant? LastUsedAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<ApiKey>();
        modelling.Table(e, "access", "keys");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Hash).HasMaxLength(KeySecret.HashLength);
        e.HasIndex(x => x.Hash).IsUnique();
        e.Property(x => x.Name).HasMaxLength(LongestName);
        e.Property(x => x.Person).HasMaxLength(100);
        e.HasIndex(x => x.Person);
        e.Property(x => x.CreatedBy).HasMaxLength(100);
        e.Property(x => x.Scopes).HasMaxLength(100);
    }
}
