using Incidents.Contracts.Organisation;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Contacts;

/// <summary>
/// What is known of a person's address: that a code which went there came back, and the code that is out. It belongs to the address, not to the contact's
/// name: renamed it stays proven, changed it is not, and one that comes back is again. No row: never proven, and paged all the same.
/// </summary>
internal sealed class ContactCheck
{
    public string Person { get; set; } = "";
    public ContactKind Kind { get; set; }
    public string Address { get; set; } = "";

    /// <summary>Null: not proven.</summary>
    public Instant? VerifiedAt { get; set; }

    /// <summary>The code that is out, six digits; null: none, or it is used up. So few digits gain nothing by a hash: their life is short, and tries are few.</summary>
    public string? Code { get; set; }

    /// <summary>The notice that carries it.</summary>
    public Guid? Notice { get; set; }

    public Instant? SentAt { get; set; }

    /// <summary>Exclusive.</summary>
    public Instant? ExpiresAt { get; set; }

    /// <summary>Tries at this code.</summary>
    public int Tries { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<ContactCheck>();
        modelling.Table(e, "paging", "contact_checks");
        e.HasKey(x => new { x.Person, x.Kind, x.Address });
        e.Property(x => x.Person).HasMaxLength(200);
        e.Property(x => x.Address).HasMaxLength(500);
        e.Property(x => x.Code).HasMaxLength(10);
        e.HasIndex(x => x.Notice).HasFilter("notice is not null");
    }
}
