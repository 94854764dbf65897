using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Model;

/// <summary>A request to one person to take one incident, made by one step of its escalation.</summary>
internal sealed class Page
{
    public Guid Id { get; set; }
    public Guid Incident { get; set; }
    public long Number { get; set; }
    public string Person { get; set; } = "";
    public int Episode { get; set; }
    public int Step { get; set; }
    public int Level { get; set; }
    public int Pass { get; set; }
    public bool High { get; set; }
    public int PoolRank { get; set; }
    public PageState State { get; set; }

    /// <summary>The saga was told that this page can reach nobody.</summary>
    public bool Unreachable { get; set; }

    public string Title { get; set; } = "";
    public string Service { get; set; } = "";
    public string Severity { get; set; } = "";
    public Instant CreatedAt { get; set; }
    public Instant? ClosedAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Page>();
        modelling.Table(e, "paging", "pages");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Person).HasMaxLength(200);
        e.Property(x => x.Title).HasMaxLength(1000);
        e.Property(x => x.Service).HasMaxLength(200);
        e.Property(x => x.Severity).HasMaxLength(10);
        e.HasIndex(x => new { x.Incident, x.Person, x.Episode, x.Step }).IsUnique();
        e.HasIndex(x => x.Person, "ix_pages_open_of_person").HasFilter("state = 'Open'");
    }
}
