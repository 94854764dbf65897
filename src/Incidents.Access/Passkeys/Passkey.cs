using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Passkeys;

/// <summary>A passkey of an account (WebAuthn): the public half, and what its authenticator said of itself.</summary>
internal sealed class Passkey
{
    public const int LongestName = 80;

    public Guid Id { get; set; }
    public Guid Account { get; set; }
    public string Name { get; set; } = "";

    /// <summary>The authenticator's own name of it; at most 1023 bytes by the standard.</summary>
    public byte[] CredentialId { get; set; } = [];

    public byte[] PublicKey { get; set; } = [];

    /// <summary>How often it was used, as the authenticator counts; some always say 0.</summary>
    public long SignCount { get; set; }

    /// <summary>Blank-separated: usb, nfc, ble, hybrid, internal.</summary>
    public string Transports { get; set; } = "";

    public bool BackupEligible { get; set; }

    /// <summary>Kept by the person's password manager too, so that losing one device does not lose it.</summary>
    public bool BackedUp { get; set; }

    public Instant CreatedAt { get; set; }
    public Instant? LastUsedAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Passkey>();
        modelling.Table(e, "access", "passkeys");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Name).HasMaxLength(LongestName);
        e.Property(x => x.CredentialId).HasMaxLength(1023);
        e.HasIndex(x => x.CredentialId).IsUnique();
        e.HasIndex(x => x.Account);
        e.Property(x => x.Transports).HasMaxLength(100);
    }
}
