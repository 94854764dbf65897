using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary>Where one delivery stands.</summary>
internal enum DeliveryState
{
    /// <summary>To be sent, now or after a pause; or under way.</summary>
    Waiting,

    /// <summary>The receiver answered with 2xx.</summary>
    Delivered,

    /// <summary>Every try failed. It can be replayed.</summary>
    Failed,

    /// <summary>Its webhook was disabled before it could be sent. It can be replayed.</summary>
    Held,
}

/// <summary>Why a try failed: a closed set.</summary>
internal enum DeliveryError { None, Status, Redirect, Gone, Timeout, Unreachable, Tls, ForbiddenAddress }

/// <summary>Somebody who wants to be told of what happens to incidents. Empty filters let everything through; lists are separated by newlines.</summary>
internal sealed class Webhook
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public string Url { get; set; } = "";
    public string Secret { get; set; } = "";

    /// <summary>Signs too, until <see cref="PreviousUntil"/> (exclusive).</summary>
    public string? PreviousSecret { get; set; }
    public Instant? PreviousUntil { get; set; }

    public string Events { get; set; } = "";
    public string Teams { get; set; } = "";
    public string Pools { get; set; } = "";
    public string Services { get; set; } = "";
    public string Severities { get; set; } = "";
    public bool Enabled { get; set; }
    public Instant? DisabledAt { get; set; }
    public string? DisabledReason { get; set; }

    /// <summary>Deliveries that failed for good since the last one that went through.</summary>
    public int FailedInRow { get; set; }

    public Instant? LastSuccessAt { get; set; }
    public Instant? LastFailureAt { get; set; }
    public Instant CreatedAt { get; set; }
    public string CreatedBy { get; set; } = "";
    public int Version { get; set; }

    public static IReadOnlyList<string> Split(string list) => list.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Webhook>();
        modelling.Table(e, "paging", "webhooks");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Name).HasMaxLength(100);
        e.Property(x => x.Url).HasMaxLength(2000);
        e.Property(x => x.Secret).HasMaxLength(200);
        e.Property(x => x.PreviousSecret).HasMaxLength(200);
        e.Property(x => x.DisabledReason).HasMaxLength(300);
        e.Property(x => x.CreatedBy).HasMaxLength(200);
        e.Property(x => x.Version).IsConcurrencyToken();
        e.HasIndex(x => x.Name).IsUnique();
    }
}

/// <summary>One event for one webhook. Its row is its own timer, as an attempt's is.</summary>
internal sealed class WebhookDelivery
{
    public Guid Id { get; set; }
    public Guid Webhook { get; set; }

    /// <summary>Order of the events; deliveries of one incident keep it.</summary>
    public long Place { get; set; }

    public string Event { get; set; } = "";
    public string Type { get; set; } = "";

    /// <summary>0: about no incident.</summary>
    public long Number { get; set; }

    public string Body { get; set; } = "";
    public DeliveryState State { get; set; }

    /// <summary>Null: nothing is to be done any more.</summary>
    public Instant? NextAt { get; set; }

    public bool InHand { get; set; }

    /// <summary>How often it was claimed; a lease is named by it.</summary>
    public int Claims { get; set; }

    /// <summary>Tries that failed since it was queued or replayed.</summary>
    public int Tries { get; set; }

    public DeliveryError Error { get; set; }

    /// <summary>Of the last answer; null: there was none.</summary>
    public int? Status { get; set; }

    /// <summary>The first 2 KB of the last answer.</summary>
    public string? Answer { get; set; }

    /// <summary>How long the last try took.</summary>
    public int? Milliseconds { get; set; }

    public Instant CreatedAt { get; set; }
    public Instant? TriedAt { get; set; }
    public Instant? DoneAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<WebhookDelivery>();
        modelling.Table(e, "paging", "webhook_deliveries");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Event).HasMaxLength(60);
        e.Property(x => x.Type).HasMaxLength(60);
        e.Property(x => x.Answer).HasMaxLength(2048);
        e.HasIndex(x => new { x.Webhook, x.Event }).IsUnique();
        e.HasIndex(x => new { x.Webhook, x.Place });
        e.HasIndex(x => x.NextAt, "ix_webhook_deliveries_next").HasFilter("next_at is not null");
        e.HasIndex(x => new { x.Webhook, x.Number, x.Place }, "ix_webhook_deliveries_waiting").HasFilter("state = 'Waiting'");
        e.HasIndex(x => x.CreatedAt);
    }
}

/// <summary>Up to where events have become deliveries: one row. On SQLite <see cref="Seq"/> is the timeline's id, on PostgreSQL a position of the events table.</summary>
internal sealed class WebhookPosition
{
    public int Id { get; set; }
    public long Xid { get; set; }
    public long Seq { get; set; }

    /// <summary>The place that the next delivery takes.</summary>
    public long Next { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<WebhookPosition>();
        modelling.Table(e, "paging", "webhook_position");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
    }
}
