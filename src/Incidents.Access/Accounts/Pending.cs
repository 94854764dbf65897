using Incidents.Access.Keys;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Accounts;

internal enum PendingKind
{
    /// <summary>A link by which an invited person chooses their first password.</summary>
    Invitation,

    /// <summary>A link by which somebody who forgot their password chooses another.</summary>
    Reset,

    /// <summary>The password was right; the code of the authenticator app is still to come.</summary>
    SecondStep,

    /// <summary>A passkey was asked to sign in.</summary>
    PasskeyAnswer,

    /// <summary>A new passkey was asked for.</summary>
    PasskeyMaking,

    /// <summary>The browser is at the identity provider.</summary>
    OpenId,
}

/// <summary>Something that one secret can finish, once and before it expires. Only the secret's hash is kept.</summary>
internal sealed class Pending
{
    public byte[] Hash { get; set; } = [];
    public PendingKind Kind { get; set; }

    /// <summary>Whose; null while nobody knows.</summary>
    public string? Login { get; set; }

    /// <summary>What the second half needs to know of the first.</summary>
    public string? Data { get; set; }

    public Instant CreatedAt { get; set; }
    public Instant ExpiresAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Pending>();
        modelling.Table(e, "access", "pending");
        e.HasKey(x => x.Hash);
        e.Property(x => x.Hash).HasMaxLength(KeySecret.HashLength).ValueGeneratedNever();
        e.Property(x => x.Login).HasMaxLength(100);
        e.HasIndex(x => new { x.Login, x.Kind });
        e.HasIndex(x => x.ExpiresAt);
    }
}
