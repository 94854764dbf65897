using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Ingest.Payloads;

/// <summary>One request that a source made, as people may read it: secrets are masked, and a long body is cut.</summary>
internal sealed class PayloadRow
{
    public long Id { get; set; }
    public string Integration { get; set; } = "";
    public Instant ReceivedAt { get; set; }

    /// <summary>Format of the path it came to.</summary>
    public string Source { get; set; } = "";

    public int Status { get; set; }
    public bool Refused { get; set; }

    /// <summary>One of <see cref="IngestMetrics.Reasons"/>; null: it was taken.</summary>
    public string? Reason { get; set; }

    /// <summary>What the refusal said.</summary>
    public string? Title { get; set; }

    /// <summary>JSON list of faults: why it was refused, or which elements were left out.</summary>
    public string Faults { get; set; } = "[]";

    /// <summary>Bytes; null where the source did not say and reading stopped at the limit.</summary>
    public long? Size { get; set; }

    public string? ContentType { get; set; }
    public string? Agent { get; set; }
    public string Body { get; set; } = "";
    public bool BodyCut { get; set; }
    public int AlertCount { get; set; }

    /// <summary>JSON list of the first alerts in it.</summary>
    public string Alerts { get; set; } = "[]";
}

/// <summary>One alert of a body, as it was accepted.</summary>
internal sealed record PayloadAlert(Guid Id, string Title, string Key, bool Firing);

internal sealed class IngestModel : IModelPart
{
    public void Configure(ModelBuilder model, Modelling modelling)
    {
        var payloads = model.Entity<PayloadRow>();
        modelling.Table(payloads, "ingest", "payloads");
        payloads.HasKey(x => x.Id);
        payloads.Property(x => x.Id).ValueGeneratedOnAdd();
        payloads.Property(x => x.Integration).HasMaxLength(200);
        payloads.Property(x => x.Source).HasMaxLength(40);
        payloads.Property(x => x.Reason).HasMaxLength(40);
        payloads.Property(x => x.Title).HasMaxLength(1000);
        payloads.Property(x => x.ContentType).HasMaxLength(200);
        payloads.Property(x => x.Agent).HasMaxLength(200);
        payloads.HasIndex(x => new { x.Integration, x.ReceivedAt });
        payloads.HasIndex(x => x.ReceivedAt);
    }
}
