using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Persistence.Incidents;

/// <summary>One line of an incident's append-only story.</summary>
public sealed class TimelineEntry
{
    public long Id { get; set; }
    public long Incident { get; set; }
    public Instant At { get; set; }

    /// <summary>One of <see cref="TimelineKinds"/>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Login, or <c>system</c>, or the integration's name.</summary>
    public string? Actor { get; set; }

    /// <summary>voice, sms, slack, email, link, web, api, source, system.</summary>
    public string Via { get; set; } = "system";

    /// <summary>Counted from 1, as people say it.</summary>
    public int? Level { get; set; }

    public string? Person { get; set; }
    public string? Channel { get; set; }
    public Guid? Attempt { get; set; }
    public string Text { get; set; } = "";

    internal static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<TimelineEntry>();
        modelling.Table(e, "escalation", "timeline");
        e.HasKey(x => x.Id);
        e.Property(x => x.Id).ValueGeneratedOnAdd();
        e.Property(x => x.Kind).HasMaxLength(40);
        e.Property(x => x.Actor).HasMaxLength(200);
        e.Property(x => x.Via).HasMaxLength(20);
        e.Property(x => x.Person).HasMaxLength(200);
        e.Property(x => x.Channel).HasMaxLength(20);
        e.HasIndex(x => x.Incident);
    }
}

/// <summary>The closed list of what can stand in a timeline.</summary>
public static class TimelineKinds
{
    public const string Opened = "opened";
    public const string AlertJoined = "alertJoined";
    public const string AlertResolved = "alertResolved";
    public const string Triaged = "triaged";
    public const string LevelStarted = "levelStarted";
    public const string LevelSkipped = "levelSkipped";
    public const string PageRequested = "pageRequested";
    public const string PageSent = "pageSent";
    public const string PageFailed = "pageFailed";
    public const string PageCanceled = "pageCanceled";
    public const string Delivered = "delivered";
    public const string Answered = "answered";
    public const string Acknowledged = "acknowledged";
    public const string Unacknowledged = "unacknowledged";
    public const string Escalated = "escalated";
    public const string Snoozed = "snoozed";
    public const string Note = "note";
    public const string Resolved = "resolved";
    public const string Reopened = "reopened";
    public const string Parked = "parked";
    public const string Overloaded = "overloaded";
    public const string HandedOver = "handedOver";
    public const string PageDelayed = "pageDelayed";

    public static IReadOnlyList<string> All { get; } =
    [
        Opened, AlertJoined, AlertResolved, Triaged, LevelStarted, LevelSkipped, PageRequested, PageSent, PageFailed, PageCanceled,
        Delivered, Answered, Acknowledged, Unacknowledged, Escalated, Snoozed, Note, Resolved, Reopened, Parked, Overloaded, HandedOver, PageDelayed,
    ];
}
