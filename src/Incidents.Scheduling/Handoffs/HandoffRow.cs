using Incidents.Contracts.Organisation;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Handoffs;

/// <summary>One change of who is on call, told once: whichever process writes the row tells it.</summary>
internal sealed class HandoffRow
{
    public string Schedule { get; set; } = "";
    public Position Position { get; set; }

    /// <summary>When who is on call changed.</summary>
    public Instant At { get; set; }

    /// <summary>Logins that begin and end, comma-separated.</summary>
    public string Starts { get; set; } = "";
    public string Ends { get; set; } = "";
    public string StartText { get; set; } = "";
    public string EndText { get; set; } = "";
    public Instant ToldAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<HandoffRow>();
        modelling.Table(e, SchedulingModel.Module, "handoffs");
        e.HasKey(x => new { x.Schedule, x.Position, x.At });
        e.Property(x => x.Schedule).HasMaxLength(200);
        e.Property(x => x.Starts).HasMaxLength(4000);
        e.Property(x => x.Ends).HasMaxLength(4000);
        e.Property(x => x.StartText).HasMaxLength(1400);
        e.Property(x => x.EndText).HasMaxLength(1400);
        e.HasIndex(x => new { x.Schedule, x.At });
    }
}
