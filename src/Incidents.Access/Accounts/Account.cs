using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Accounts;

/// <summary>
/// How a person of the organisation signs in by themself: password, authenticator app, passkeys. Made when they are invited, or when they first set
/// one of these. Who they are and what they may is the organisation's business, not this row's.
/// </summary>
internal sealed class Account
{
    /// <summary>What passkeys know the account by: says nothing about the person, and stays when the login changes.</summary>
    public Guid Id { get; set; }

    public string Login { get; set; } = "";

    /// <summary>In the format of ASP.NET Core Identity (PBKDF2 with salt and count); null: no password.</summary>
    public string? PasswordHash { get; set; }

    public Instant? PasswordAt { get; set; }

    /// <summary>As <see cref="SecretBox"/> seals it, or of an earlier release in base32; there before <see cref="TotpOn"/> while it is being set up.</summary>
    public string? TotpSecret { get; set; }

    public bool TotpOn { get; set; }

    /// <summary>The last step of time whose code was taken: no code is taken twice.</summary>
    public long TotpStep { get; set; }

    /// <summary>SHA-256 of the recovery codes that are left, in hexadecimal, one a line.</summary>
    public string RecoveryCodes { get; set; } = "";

    /// <summary>Passwords and codes tried since the last right one or the last lock.</summary>
    public int Tries { get; set; }

    public Instant? LockedUntil { get; set; }
    public Instant CreatedAt { get; set; }
    public Instant? SignedInAt { get; set; }

    /// <summary>Changes with every change of the credentials: two changes at once do not undo each other.</summary>
    public Guid Stamp { get; set; }

    public int RecoveryCodesLeft => RecoveryCodes.Length == 0 ? 0 : RecoveryCodes.Split('\n').Length;

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Account>();
        modelling.Table(e, "access", "accounts");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Login).HasMaxLength(100);
        e.HasIndex(x => x.Login).IsUnique();
        e.Property(x => x.PasswordHash).HasMaxLength(200);
        e.Property(x => x.TotpSecret).HasMaxLength(64);
        e.Property(x => x.Stamp).IsConcurrencyToken();
        e.Ignore(x => x.RecoveryCodesLeft);
    }
}
