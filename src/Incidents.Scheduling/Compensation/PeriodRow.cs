using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Compensation;

/// <summary>Draft: computed when read. Approved: its statements are stored and never change. Exported: approved, and handed to payroll.</summary>
internal enum PayStatus { Draft, Approved, Exported }

/// <summary>A pay period whose range was set or which was approved. Calendar months need no row until then.</summary>
internal sealed class PeriodRow
{
    public string Name { get; set; } = "";

    /// <summary>ISO dates: first day, and the day after the last.</summary>
    public string FromDate { get; set; } = "";

    public string ToDate { get; set; } = "";
    public PayStatus Status { get; set; }

    /// <summary>SHA-256 of the canonical form of what was approved, in hexadecimal.</summary>
    public string? Hash { get; set; }

    public Instant? ApprovedAt { get; set; }
    public string? ApprovedBy { get; set; }
    public Instant? ExportedAt { get; set; }
    public string? ExportedBy { get; set; }
    public int Version { get; set; }

    public PayPeriod Period => new(Name, LocalDatePattern.Iso.Parse(FromDate).GetValueOrThrow(), LocalDatePattern.Iso.Parse(ToDate).GetValueOrThrow());

    public static PeriodRow Of(PayPeriod period) => new()
    {
        Name = period.Name,
        FromDate = LocalDatePattern.Iso.Format(period.From),
        ToDate = LocalDatePattern.Iso.Format(period.To),
    };

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var period = model.Entity<PeriodRow>();
        modelling.Table(period, SchedulingModel.Module, "pay_periods");
        period.HasKey(x => x.Name);
        period.Property(x => x.Name).HasMaxLength(40);
        period.Property(x => x.FromDate).HasMaxLength(10);
        period.Property(x => x.ToDate).HasMaxLength(10);
        period.Property(x => x.Hash).HasMaxLength(64);
        period.Property(x => x.ApprovedBy).HasMaxLength(200);
        period.Property(x => x.ExportedBy).HasMaxLength(200);
        period.Property(x => x.Version).IsConcurrencyToken();
        period.Ignore(x => x.Period);

        var statement = model.Entity<StatementRow>();
        modelling.Table(statement, SchedulingModel.Module, "pay_statements");
        statement.HasKey(x => new { x.Period, x.Login });
        statement.Property(x => x.Period).HasMaxLength(40);
        statement.Property(x => x.Login).HasMaxLength(200);
    }
}

/// <summary>One statement of an approved period: <see cref="Content"/> is its canonical JSON, byte for byte what the hash covers.</summary>
internal sealed class StatementRow
{
    public string Period { get; set; } = "";
    public string Login { get; set; } = "";
    public string Content { get; set; } = "";
}
