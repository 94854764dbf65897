using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Limits.Waivers;

/// <summary>
/// A breach, or all breaches of a rule for a subject, accepted with a reason. Rows are never removed: who ended one and when stands in it, so the table is
/// its own audit.
/// </summary>
internal sealed class Waiver
{
    public const int LongestReason = 500;

    public Guid Id { get; set; }
    public string Rule { get; set; } = "";

    /// <summary>A finding's subject (covers what comes again) or its fingerprint (covers that one).</summary>
    public string Subject { get; set; } = "";

    public string Reason { get; set; } = "";
    public string By { get; set; } = "";
    public Instant At { get; set; }

    /// <summary>Exclusive; a breach that begins at it or later is not covered, and from it on nothing is. Null: for good.</summary>
    public Instant? Until { get; set; }

    public string? EndedBy { get; set; }
    public Instant? EndedAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Waiver>();
        modelling.Table(e, SchedulingModel.Module, "limit_waivers");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Rule).HasMaxLength(40);
        e.Property(x => x.Subject).HasMaxLength(600);
        e.Property(x => x.Reason).HasMaxLength(LongestReason);
        e.Property(x => x.By).HasMaxLength(200);
        e.Property(x => x.EndedBy).HasMaxLength(200);
        e.HasIndex(x => x.EndedAt);
    }

    public bool Covers(Finding finding, Instant now) => EndedAt is null
        && string.Equals(Rule, finding.Rule, StringComparison.Ordinal)
        && (string.Equals(Subject, finding.Subject, StringComparison.Ordinal) || string.Equals(Subject, finding.Fingerprint, StringComparison.Ordinal))
        && (Until is not { } until || (now < until && finding.From < until));
}
