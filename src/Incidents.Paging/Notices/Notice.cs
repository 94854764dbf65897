using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Notices;

/// <summary>Where a notice stands.</summary>
internal enum NoticeState
{
    /// <summary>Not sent: it waits for its turn behind pages, for the vendor, or is being sent right now under a lease.</summary>
    Queued,

    /// <summary>The vendor took it.</summary>
    Sent,

    /// <summary>The handset confirmed it.</summary>
    Delivered,

    /// <summary>It will never arrive; the reason says why.</summary>
    Failed,

    /// <summary>A person took the call; only tests and codes are told by calls.</summary>
    Answered,

    /// <summary>Taken back before it went out; only tests are.</summary>
    Canceled,
}

/// <summary>
/// Something that a person is told and that is not a page. Its row is its own timer, as an attempt's is: <see cref="NextAt"/> says when the pump must
/// look at it again (due, or its lease lapsed), whatever process was killed with it.
/// </summary>
internal sealed class Notice
{
    /// <summary>Longest text kept; several messages of a telephone, no book.</summary>
    public const int LongestText = 1400;

    public Guid Id { get; set; }
    public string Person { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Key { get; set; } = "";
    public string Subject { get; set; } = "";
    public string Text { get; set; } = "";
    public string? Link { get; set; }
    public NoticeState State { get; set; }
    public Reason Reason { get; set; }
    public ContactKind? Channel { get; set; }
    public string? Contact { get; set; }
    public string? Address { get; set; }

    /// <summary>Null: nothing is to be done any more.</summary>
    public Instant? NextAt { get; set; }

    /// <summary>Claimed, and no outcome is written: when the lease lapses the vendor is looked at before anything is sent.</summary>
    public bool InHand { get; set; }

    /// <summary>How often it was claimed; a lease is named by it.</summary>
    public int Claims { get; set; }

    public Instant? FirstClaimAt { get; set; }

    /// <summary>How often the vendor could not take it for now.</summary>
    public int Tries { get; set; }

    /// <summary>Who is to take it, or took it; empty: whoever comes first for its kind of contact.</summary>
    public string Vendor { get; set; } = "";

    /// <summary>Vendors that were asked and did not take it, separated by commas.</summary>
    public string Asked { get; set; } = "";

    public string? VendorId { get; set; }
    public int VendorRank { get; set; }
    public Instant CreatedAt { get; set; }
    public Instant? SentAt { get; set; }
    public Instant? DoneAt { get; set; }

    /// <summary>What a channel sends: the whole text with its link, under its subject.</summary>
    public static Dispatch Dispatch(Guid id, string person, string address, string subject, string text, string? link, Instant createdAt)
        => new(id, Guid.Empty, 0, person, address, subject, "", "", createdAt, subject + "\n" + text + (link is null ? "" : "\n" + link));

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Notice>();
        modelling.Table(e, "paging", "notices");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedNever();
        e.Property(x => x.Person).HasMaxLength(200);
        e.Property(x => x.Kind).HasMaxLength(40);
        e.Property(x => x.Key).HasMaxLength(300);
        e.Property(x => x.Subject).HasMaxLength(200);
        e.Property(x => x.Text).HasMaxLength(LongestText);
        e.Property(x => x.Link).HasMaxLength(500);
        e.Property(x => x.Contact).HasMaxLength(100);
        e.Property(x => x.Address).HasMaxLength(500);
        e.Property(x => x.VendorId).HasMaxLength(100);
        // Rows of the release before this one have none of these.
        e.Property(x => x.Vendor).HasMaxLength(40).HasDefaultValue("");
        e.Property(x => x.Asked).HasMaxLength(200).HasDefaultValue("");
        e.HasIndex(x => new { x.Person, x.Kind, x.Key }).IsUnique();
        e.HasIndex(x => x.CreatedAt);
        e.HasIndex(x => x.NextAt, "ix_notices_next").HasFilter("next_at is not null");
        e.HasIndex(x => x.VendorId).HasFilter("vendor_id is not null");
    }
}
