using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Channels.Voice;

/// <summary>What a person proves themself with on the call-in line. Only a slow hash of it is kept: so few digits would not outlast a fast one.</summary>
internal sealed class Pin
{
    /// <summary>OWASP's number for PBKDF2 with HMAC-SHA256 (Password Storage Cheat Sheet).</summary>
    private const int Rounds = 600_000;

    public string Person { get; set; } = "";

    /// <summary><c>pbkdf2-sha256$rounds$salt$hash</c>, base64.</summary>
    public string Hash { get; set; } = "";

    public Instant SetAt { get; set; }

    /// <summary>Tries since the last right one, those under way included.</summary>
    public int Tries { get; set; }

    /// <summary>Exclusive; null: not locked.</summary>
    public Instant? LockedUntil { get; set; }

    public static string Make(string pin)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return string.Create(CultureInfo.InvariantCulture, $"pbkdf2-sha256${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Slow(pin, salt, Rounds))}");
    }

    public static bool Matches(string hash, string pin)
    {
        var parts = hash.Split('$');
        return parts.Length == 4 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(parts[3]), Slow(pin, Convert.FromBase64String(parts[2]), rounds));
    }

    private static byte[] Slow(string pin, byte[] salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(pin), salt, rounds, HashAlgorithmName.SHA256, 32);

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Pin>();
        modelling.Table(e, "paging", "pins");
        e.HasKey(x => x.Person);
        e.Property(x => x.Person).HasMaxLength(200);
        e.Property(x => x.Hash).HasMaxLength(200);
    }
}
