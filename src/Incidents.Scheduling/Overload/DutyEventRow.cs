using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Overload;

/// <summary>One event of a shift: an incident for which the person was paged, or that they acknowledged, while on it. Once for each shift.</summary>
internal sealed class DutyEventRow
{
    public string Schedule { get; set; } = "";
    public string Person { get; set; } = "";
    public Guid Incident { get; set; }
    public Instant ShiftFrom { get; set; }
    public Instant ShiftTo { get; set; }
    public long Number { get; set; }

    /// <summary>The first page or the acknowledgement in this shift.</summary>
    public Instant At { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<DutyEventRow>();
        modelling.Table(e, SchedulingModel.Module, "duty_events");
        e.HasKey(x => new { x.Schedule, x.Person, x.ShiftFrom, x.Incident });
        e.Property(x => x.Schedule).HasMaxLength(200);
        e.Property(x => x.Person).HasMaxLength(200);
        e.HasIndex(x => x.ShiftTo);
        e.HasIndex(x => x.Incident);
    }
}

/// <summary>A shift that had more events than its pool allows; the row makes the notice and the timeline's line once.</summary>
internal sealed class OverloadedShift
{
    public string Schedule { get; set; } = "";
    public string Person { get; set; } = "";
    public Instant ShiftFrom { get; set; }
    public Instant ShiftTo { get; set; }
    public Instant At { get; set; }
    public int Events { get; set; }

    /// <summary>The number of the incident that was one too many.</summary>
    public long Number { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<OverloadedShift>();
        modelling.Table(e, SchedulingModel.Module, "overloaded_shifts");
        e.HasKey(x => new { x.Schedule, x.Person, x.ShiftFrom });
        e.Property(x => x.Schedule).HasMaxLength(200);
        e.Property(x => x.Person).HasMaxLength(200);
        e.HasIndex(x => x.ShiftTo);
    }
}
