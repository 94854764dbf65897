using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Limits.Nightly;

/// <summary>A team's night was looked at: one row for each local date, whichever process was first.</summary>
internal sealed class LintRun
{
    public string Team { get; set; } = "";

    /// <summary>The team's local date, <c>2027-01-31</c>.</summary>
    public string Date { get; set; } = "";

    public Instant At { get; set; }

    /// <summary>How far ahead it looked (exclusive): what begins later has only come into sight by waiting.</summary>
    public Instant Until { get; set; }

    public int Findings { get; set; }
    public int New { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<LintRun>();
        modelling.Table(e, SchedulingModel.Module, "limit_runs");
        e.HasKey(x => new { x.Team, x.Date });
        e.Property(x => x.Team).HasMaxLength(200);
        e.Property(x => x.Date).HasMaxLength(10);
    }
}

/// <summary>A breach that a nightly run has seen; forgotten 30 days after it was last seen.</summary>
internal sealed class SeenFinding
{
    public string Team { get; set; } = "";
    public string Fingerprint { get; set; } = "";
    public string Rule { get; set; } = "";
    public string Subject { get; set; } = "";
    public Instant FirstSeenAt { get; set; }
    public Instant LastSeenAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<SeenFinding>();
        modelling.Table(e, SchedulingModel.Module, "limit_seen");
        e.HasKey(x => new { x.Team, x.Fingerprint });
        e.Property(x => x.Team).HasMaxLength(200);
        e.Property(x => x.Fingerprint).HasMaxLength(16);
        e.Property(x => x.Rule).HasMaxLength(40);
        e.Property(x => x.Subject).HasMaxLength(600);
        e.HasIndex(x => x.LastSeenAt);
    }
}
