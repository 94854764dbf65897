using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Channels.Sms;

/// <summary>How we came to know that a number takes no texts of ours.</summary>
internal enum UnsubscribedBy
{
    /// <summary>STOP came from it; nothing is sent until START comes.</summary>
    Reply,

    /// <summary>The vendor refused a text (21610); each further one is offered again, since only the vendor hears of START.</summary>
    Vendor,
}

/// <summary>A number that has opted out of texts.</summary>
internal sealed class Unsubscription
{
    public string Number { get; set; } = "";
    public string Person { get; set; } = "";
    public UnsubscribedBy Source { get; set; }
    public Instant Since { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<Unsubscription>();
        modelling.Table(e, "paging", "unsubscribed");
        e.HasKey(x => x.Number);
        e.Property(x => x.Number).HasMaxLength(20);
        e.Property(x => x.Person).HasMaxLength(200);
    }
}
