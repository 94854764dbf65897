using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Triage.Alerts;

/// <summary>
/// What is known of one key of one integration: the newest episode of an alert, and (on the row of its deduplication key, which is the
/// same row by default) the incident that stands for it. Locked before the incident; nobody locks them the other way round.
/// </summary>
internal sealed class KeyRow
{
    public string Integration { get; set; } = "";
    public string Key { get; set; } = "";

    /// <summary>Incident that stands for this deduplication key; 0: none yet.</summary>
    public long Incident { get; set; }

    /// <summary>Null: no copy of an alert of this very key was seen.</summary>
    public bool? Firing { get; set; }

    /// <summary>Start of the newest episode.</summary>
    public Instant? StartsAt { get; set; }

    /// <summary>Sequence of the newest copy that counted.</summary>
    public long LastSeq { get; set; }

    public Instant SeenAt { get; set; }
    public long Copies { get; set; }
}

/// <summary>An alert inside an incident.</summary>
internal sealed class AlertRow
{
    public long Id { get; set; }
    public long Incident { get; set; }
    public string Integration { get; set; } = "";
    public string Key { get; set; } = "";
    public string Title { get; set; } = "";
    public string Labels { get; set; } = "{}";
    public string Annotations { get; set; } = "{}";
    public string Links { get; set; } = "[]";
    public bool Firing { get; set; }
    public Instant StartsAt { get; set; }
    public Instant? EndsAt { get; set; }
}

/// <summary>A heartbeat's last sign of life.</summary>
internal sealed class HeartbeatRow
{
    public string Integration { get; set; } = "";
    public string Key { get; set; } = "";
    public string Rule { get; set; } = "";
    public Instant SeenAt { get; set; }
}

internal sealed class TriageModel : IModelPart
{
    public void Configure(ModelBuilder model, Modelling modelling)
    {
        var keys = model.Entity<KeyRow>();
        modelling.Table(keys, "triage", "keys");
        keys.HasKey(x => new { x.Integration, x.Key });
        keys.Property(x => x.Integration).HasMaxLength(200);
        keys.Property(x => x.Key).HasMaxLength(512);
        keys.HasIndex(x => x.SeenAt);

        var alerts = model.Entity<AlertRow>();
        modelling.Table(alerts, "triage", "alerts");
        alerts.HasKey(x => x.Id);
        alerts.Property(x => x.Id).ValueGeneratedOnAdd();
        alerts.Property(x => x.Integration).HasMaxLength(200);
        alerts.Property(x => x.Key).HasMaxLength(512);
        alerts.Property(x => x.Title).HasMaxLength(1000);
        alerts.HasIndex(x => new { x.Incident, x.Integration, x.Key }).IsUnique();

        var heartbeats = model.Entity<HeartbeatRow>();
        modelling.Table(heartbeats, "triage", "heartbeats");
        heartbeats.HasKey(x => new { x.Integration, x.Key });
        heartbeats.Property(x => x.Integration).HasMaxLength(200);
        heartbeats.Property(x => x.Key).HasMaxLength(512);
        heartbeats.Property(x => x.Rule).HasMaxLength(200);

        var outcomes = model.Entity<OutcomeRow>();
        modelling.Table(outcomes, "triage", "outcomes");
        outcomes.HasKey(x => x.Id);
        outcomes.Property(x => x.Id).ValueGeneratedOnAdd();
        outcomes.Property(x => x.Outcome).HasMaxLength(20);
        outcomes.Property(x => x.Rule).HasMaxLength(200);
        outcomes.HasIndex(x => x.Alert);
        outcomes.HasIndex(x => x.At);
    }
}
