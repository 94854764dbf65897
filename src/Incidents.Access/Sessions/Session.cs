using Incidents.Access.Keys;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Sessions;

/// <summary>How a browser signed in.</summary>
internal enum SessionMethod { Key, Demo, Password, Passkey, OpenId }

/// <summary>
/// A browser that signed in. With the hash of the key that it signed in with, it ends when that key does; a demo session ends with the demo,
/// all of a person's end with the person.
/// </summary>
internal sealed class Session
{
    public byte[] Hash { get; set; } = [];

    /// <summary>What lists call it by; tells nothing of the secret.</summary>
    public Guid Id { get; set; }

    public SessionMethod Method { get; set; }
    public byte[]? KeyHash { get; set; }

    /// <summary>Null: the bootstrap key's or a machine's.</summary>
    public string? Person { get; set; }

    public string? Address { get; set; }
    public string? Browser { get; set; }
    public Instant CreatedAt { get; set; }
    public Instant ExpiresAt { get; set; }

    /// <summary>To the minute.</summary>
    public Instant LastUsedAt { get; set; }

    /// <summary>When the person last showed in it that they are who they are; null: it was opened with a key, which somebody may have found.</summary>
    public Instant? ConfirmedAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Session>();
        modelling.Table(e, "access", "sessions");
        e.HasKey(x => x.Hash);
        e.Property(x => x.Hash).HasMaxLength(KeySecret.HashLength).ValueGeneratedNever();
        e.Property(x => x.KeyHash).HasMaxLength(KeySecret.HashLength);
        e.HasIndex(x => x.Id).IsUnique();
        e.Property(x => x.Person).HasMaxLength(100);
        e.HasIndex(x => x.Person);
        e.Property(x => x.Address).HasMaxLength(64);
        e.Property(x => x.Browser).HasMaxLength(200);
        e.HasIndex(x => x.ExpiresAt);
    }
}
