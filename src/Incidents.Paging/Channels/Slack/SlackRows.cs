using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Channels.Slack;

/// <summary>
/// What Slack shows of one incident. The row is its own timer: <see cref="DueAt"/> says that something changed and is to be shown; whoever holds the
/// lease shows it, so messages of one incident follow one another and never overtake.
/// </summary>
internal sealed class SlackIncident
{
    public Guid Incident { get; set; }
    public long Number { get; set; }

    /// <summary>Null: what is shown is what is.</summary>
    public Instant? DueAt { get; set; }

    /// <summary>Goes up with every change that is heard of; what was shown counts only if it is still the same.</summary>
    public int Marks { get; set; }
    public Instant? LeaseUntil { get; set; }
    public int Tries { get; set; }

    /// <summary>Since when the first message may have been posted without our knowing: it is looked for then.</summary>
    public Instant? PostingSince { get; set; }
    public string? Channel { get; set; }
    public string? Ts { get; set; }

    /// <summary>Hash of the message as it is shown.</summary>
    public string? Shown { get; set; }

    /// <summary>What the direct messages show.</summary>
    public string? Standing { get; set; }

    /// <summary>The incident's own channel.</summary>
    public string? Room { get; set; }
    public RoomStep RoomStep { get; set; }

    /// <summary>Slack users who were invited, comma-separated.</summary>
    public string Invited { get; set; } = "";

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<SlackIncident>();
        modelling.Table(e, "paging", "slack_incidents");
        e.HasKey(x => x.Incident);
        e.Property(x => x.Incident).ValueGeneratedNever();
        e.Property(x => x.Channel).HasMaxLength(100);
        e.Property(x => x.Ts).HasMaxLength(40);
        e.Property(x => x.Shown).HasMaxLength(64);
        e.Property(x => x.Standing).HasMaxLength(600);
        e.Property(x => x.Room).HasMaxLength(40);
        e.HasIndex(x => x.DueAt).HasFilter("due_at is not null");
        e.HasIndex(x => new { x.Channel, x.Ts });
        e.HasIndex(x => x.Room).HasFilter("room is not null");
    }
}

/// <summary>How far an incident's own channel is made; each step may be done twice without harm.</summary>
internal enum RoomStep { None, Created, Topic, Bookmark, Ready, Archived }

/// <summary>How far the broadcast facts were read, over all processes.</summary>
internal sealed class SlackTail
{
    public string Name { get; set; } = "";
    public long Xid { get; set; }
    public long Seq { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<SlackTail>();
        modelling.Table(e, "paging", "slack_tail");
        e.HasKey(x => x.Name);
        e.Property(x => x.Name).HasMaxLength(20);
    }
}

/// <summary>When the next message may go into a channel, over all processes.</summary>
internal sealed class SlackPace
{
    public string Channel { get; set; } = "";
    public Instant NextAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<SlackPace>();
        modelling.Table(e, "paging", "slack_pace");
        e.HasKey(x => x.Channel);
        e.Property(x => x.Channel).HasMaxLength(100);
    }
}

/// <summary>A request or message that had its effect.</summary>
internal sealed class SlackSeen
{
    public string Key { get; set; } = "";
    public Instant At { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<SlackSeen>();
        modelling.Table(e, "paging", "slack_seen");
        e.HasKey(x => x.Key);
        e.Property(x => x.Key).HasMaxLength(200);
        e.HasIndex(x => x.At);
    }
}

/// <summary>A Slack user who was found by e-mail. Holds only while that person still has that address.</summary>
internal sealed class SlackUser
{
    public string User { get; set; } = "";
    public string Login { get; set; } = "";
    public string Email { get; set; } = "";
    public Instant At { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<SlackUser>();
        modelling.Table(e, "paging", "slack_users");
        e.HasKey(x => x.User);
        e.Property(x => x.User).HasMaxLength(40);
        e.Property(x => x.Login).HasMaxLength(200);
        e.Property(x => x.Email).HasMaxLength(320);
        e.HasIndex(x => x.Login);
    }
}
