using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels.Sms;
using Incidents.Paging.Channels.Voice;
using Incidents.Paging.Contacts;
using Incidents.Paging.Notices;
using Incidents.Paging.Vendors.Usage;
using Incidents.Paging.Webhooks;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Model;

/// <summary>
/// One delivery of a page over one contact. Its row is its own timer: <see cref="NextAt"/> says when the pump must look at it again
/// (due, lease lapsed, call overdue, cancellation to do), so that whatever is killed, another process goes on from here.
/// </summary>
internal sealed class Attempt
{
    public Guid Id { get; set; }
    public Guid Page { get; set; }
    public Guid Incident { get; set; }
    public long Number { get; set; }
    public string Person { get; set; } = "";
    public AttemptKind Kind { get; set; }
    public string Contact { get; set; } = "";
    public ContactKind Channel { get; set; }
    public string Address { get; set; } = "";

    /// <summary>Place in the person's rules: at the same instant everybody's first goes before anybody's second.</summary>
    public int Ordinal { get; set; }

    /// <summary>How often its rule was repeated before it, because the call was busy or not answered; 0: the first.</summary>
    public int Repetition { get; set; }

    /// <summary>0 high, 1 low: sorts.</summary>
    public int Urgency { get; set; }

    public int PoolRank { get; set; }
    public Instant DueAt { get; set; }
    public AttemptState State { get; set; }
    public Reason Reason { get; set; }

    /// <summary>Null: nothing is to be done any more.</summary>
    public Instant? NextAt { get; set; }

    /// <summary>How often it was claimed; a lease is named by it.</summary>
    public int Claims { get; set; }

    public Instant? FirstClaimAt { get; set; }

    /// <summary>How often the vendor could not take it for now.</summary>
    public int Tries { get; set; }

    /// <summary>Stopped while the vendor was being asked: what comes of it is cancelled.</summary>
    public bool Stop { get; set; }

    /// <summary>In whose queue it stands or stood; once it is sent, who took it. Empty: written by a release that knew one vendor only.</summary>
    public string Vendor { get; set; } = "";

    /// <summary>Vendors that were asked and did not take it, separated by commas.</summary>
    public string Asked { get; set; } = "";

    /// <summary>The service of its page: its flood is not to hold others' pages.</summary>
    public string Service { get; set; } = "";

    /// <summary>
    /// Orders attempts of one urgency and rank: when it was due, later the more of its person and service waited already.
    /// Null: written by an earlier release.
    /// </summary>
    public Instant? FairAt { get; set; }

    /// <summary>
    /// Went out, or is to go, in one message with others of its person that have the same value: the id of the one among them under whose name
    /// the vendor has it. Null: alone.
    /// </summary>
    public Guid? Bundle { get; set; }

    public string? VendorId { get; set; }

    /// <summary>Rank of the last status the vendor reported; lower ones are late.</summary>
    public int VendorRank { get; set; }

    /// <summary>What a notice says; null for a page, whose text follows from its facts.</summary>
    public string? Text { get; set; }

    public Instant CreatedAt { get; set; }
    public Instant? SentAt { get; set; }
    public Instant? DoneAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Attempt>();
        modelling.Table(e, "paging", "attempts");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Person).HasMaxLength(200);
        e.Property(x => x.Contact).HasMaxLength(100);
        e.Property(x => x.Address).HasMaxLength(500);
        e.Property(x => x.VendorId).HasMaxLength(100);
        e.Property(x => x.Text).HasMaxLength(1000);
        e.HasIndex(x => x.Page);
        e.HasIndex(x => x.Incident);
        // Rows of the release before this one have none of these.
        e.Property(x => x.Vendor).HasMaxLength(40).HasDefaultValue("");
        e.Property(x => x.Asked).HasMaxLength(200).HasDefaultValue("");
        e.Property(x => x.Service).HasMaxLength(200).HasDefaultValue("");
        e.HasIndex(x => new { x.Vendor, x.Urgency, x.PoolRank, x.FairAt, x.Ordinal }, "ix_attempts_claim").HasFilter("state = 'Waiting'");
        e.HasIndex(x => new { x.Vendor, x.Urgency, x.PoolRank, x.Service, x.Person }, "ix_attempts_flow").HasFilter("state = 'Waiting'");
        e.HasIndex(x => new { x.Address, x.Channel }, "ix_attempts_bundling").HasFilter("state = 'Waiting' and urgency = 1 and kind = 'Page'");
        e.HasIndex(x => x.Bundle).HasFilter("bundle is not null");
        e.HasIndex(x => x.NextAt, "ix_attempts_next").HasFilter("next_at is not null");
        e.HasIndex(x => x.VendorId).HasFilter("vendor_id is not null");
        e.HasIndex(x => x.CreatedAt, "ix_attempts_trouble").HasFilter("state = 'Failed' or tries > 0");
    }
}

/// <summary>A phone number that is engaged by one of our calls: at most one call at a time, whichever process makes it.</summary>
internal sealed class Line
{
    public string Number { get; set; } = "";
    public Guid Attempt { get; set; }

    /// <summary>Exclusive; a line is never engaged for ever, even if the vendor never says how the call ended.</summary>
    public Instant Until { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Line>();
        modelling.Table(e, "paging", "lines");
        e.HasKey(x => x.Number);
        e.Property(x => x.Number).HasMaxLength(500);
        e.HasIndex(x => x.Attempt);
    }
}

/// <summary>A contact that was sent a message of low urgency: what falls due before <see cref="Until"/> waits, and goes with the next one.</summary>
internal sealed class Burst
{
    public ContactKind Channel { get; set; }
    public string Address { get; set; } = "";

    /// <summary>Exclusive.</summary>
    public Instant Until { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Burst>();
        modelling.Table(e, "paging", "bursts");
        e.HasKey(x => new { x.Channel, x.Address });
        e.Property(x => x.Address).HasMaxLength(500);
    }
}

/// <summary>What the processes together may ask of a vendor in the present slot of time.</summary>
internal sealed class Budget
{
    public string Vendor { get; set; } = "";
    public long Slot { get; set; }
    public int Taken { get; set; }

    /// <summary>What the last taker got.</summary>
    public int Granted { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Budget>();
        modelling.Table(e, "paging", "budgets");
        e.HasKey(x => x.Vendor);
        e.Property(x => x.Vendor).HasMaxLength(40);
    }
}

internal sealed class PagingModel : IModelPart
{
    public void Configure(ModelBuilder model, Modelling modelling)
    {
        Page.Configure(model, modelling);
        Attempt.Configure(model, modelling);
        Line.Configure(model, modelling);
        Burst.Configure(model, modelling);
        Budget.Configure(model, modelling);
        Notice.Configure(model, modelling);
        Pin.Configure(model, modelling);
        ContactCheck.Configure(model, modelling);
        Unsubscription.Configure(model, modelling);
        MonthlyUsage.Configure(model, modelling);
        Webhook.Configure(model, modelling);
        WebhookDelivery.Configure(model, modelling);
        WebhookPosition.Configure(model, modelling);
        Channels.Slack.SlackIncident.Configure(model, modelling);
        Channels.Slack.SlackTail.Configure(model, modelling);
        Channels.Slack.SlackPace.Configure(model, modelling);
        Channels.Slack.SlackSeen.Configure(model, modelling);
        Channels.Slack.SlackUser.Configure(model, modelling);
    }
}
