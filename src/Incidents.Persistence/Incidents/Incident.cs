using Incidents.Kernel;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Persistence.Incidents;

public enum IncidentStatus { Triage, Triggered, Acknowledged, Snoozed, Resolved }

public enum Urgency { High, Low }

/// <summary>
/// One unit of response, and the state of its escalation. It is the one row that two modules lock: Escalation owns the status,
/// Triage joins alerts to it, Paging checks it before each claim. Lock order: message row → incident → others.
/// </summary>
public sealed class Incident
{
    public long Number { get; set; }
    public Guid Id { get; set; }
    public string Title { get; set; } = "";
    public string? Details { get; set; }
    public IncidentStatus Status { get; set; }
    public Severity Severity { get; set; }
    public Urgency Urgency { get; set; }
    public string Service { get; set; } = "";
    public string? Team { get; set; }
    public string Pool { get; set; } = "";
    public int PoolRank { get; set; }
    public string? Policy { get; set; }

    /// <summary>The policy and the pool's numbers as they stood when the incident opened (JSON of Escalation).</summary>
    public string Snapshot { get; set; } = "";

    public string? Integration { get; set; }
    public string? DedupKey { get; set; }
    public Instant OpenedAt { get; set; }
    public Instant PagingStartsAt { get; set; }
    public Instant? AcknowledgedAt { get; set; }
    public string? AcknowledgedBy { get; set; }
    public Instant? ResolvedAt { get; set; }
    public string? ResolvedBy { get; set; }
    public long? MergedInto { get; set; }
    public Instant LastActivityAt { get; set; }

    /// <summary>Index of the level that was started last; -1 before the first. The last resort is the number of levels.</summary>
    public int Level { get; set; } = -1;

    /// <summary>0 in the first pass.</summary>
    public int Pass { get; set; }

    /// <summary>Goes up with every started or stopped timer; a timer that carries another number is late and does nothing.</summary>
    public int Step { get; set; }

    /// <summary>Goes up each time paging starts anew; pages of an earlier episode are closed for good.</summary>
    public int Episode { get; set; }

    public Instant? NextStepAt { get; set; }
    public Guid? TimerId { get; set; }

    /// <summary>People paged by the present level who can still be reached, comma-separated logins.</summary>
    public string Reachable { get; set; } = "";

    public Instant? SnoozedUntil { get; set; }
    public int AlertCount { get; set; }
    public int Version { get; set; }

    public bool IsOpen => Status != IncidentStatus.Resolved;

    internal static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Incident>();
        modelling.Table(e, "escalation", "incidents");
        e.HasKey(x => x.Number);
        e.Property(x => x.Number).ValueGeneratedOnAdd();
        e.HasIndex(x => x.Id).IsUnique();
        e.Property(x => x.Title).HasMaxLength(1000);
        e.Property(x => x.Service).HasMaxLength(200);
        e.Property(x => x.Team).HasMaxLength(200);
        e.Property(x => x.Pool).HasMaxLength(100);
        e.Property(x => x.Policy).HasMaxLength(200);
        e.Property(x => x.Integration).HasMaxLength(200);
        e.Property(x => x.DedupKey).HasMaxLength(512);
        e.Property(x => x.AcknowledgedBy).HasMaxLength(200);
        e.Property(x => x.ResolvedBy).HasMaxLength(200);
        e.Property(x => x.Version).IsConcurrencyToken();
        e.HasIndex(x => new { x.Status, x.Number });
        e.HasIndex(x => x.ResolvedAt).HasFilter("resolved_at is not null");
        e.Ignore(x => x.IsOpen);
    }
}
