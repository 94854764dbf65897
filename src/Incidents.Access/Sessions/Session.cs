using Incidents.Access.Keys;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Sessions;

/// <summary>
/// A browser that signed in. With the hash of the key that it signed in with, it ends when that key is revoked;
/// without one it is a demo session of <see cref="Person"/>.
/// </summary>
internal sealed class Session
{
    public byte[] Hash { get; set; } = [];
    public byte[]? KeyHash { get; set; }
    public string? Person { get; set; }
    public Instant CreatedAt { get; set; }
    public Instant ExpiresAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Session>();
        modelling.Table(e, "access", "sessions");
        e.HasKey(x => x.Hash);
        e.Property(x => x.Hash).HasMaxLength(KeySecret.HashLength).ValueGeneratedNever();
        e.Property(x => x.KeyHash).HasMaxLength(KeySecret.HashLength);
        e.Property(x => x.Person).HasMaxLength(100);
        e.HasIndex(x => x.ExpiresAt);
    }
}
