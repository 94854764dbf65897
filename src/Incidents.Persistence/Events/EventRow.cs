using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Persistence.Events;

/// <summary>One broadcast fact. On PostgreSQL <see cref="Xid"/> is the writing transaction: readers wait until nothing older can still commit.</summary>
internal sealed class EventRow
{
    public long Seq { get; set; }
    public long Xid { get; set; }
    public string Kind { get; set; } = "";
    public string Data { get; set; } = "";
    public Instant At { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<EventRow>();
        modelling.Table(e, "platform", "events");
        e.HasKey(x => x.Seq);
        e.Property(x => x.Seq).ValueGeneratedOnAdd();
        var xid = e.Property(x => x.Xid).ValueGeneratedOnAdd();
        if (modelling.Sqlite)
            xid.HasDefaultValue(0L);
        else
            xid.HasDefaultValueSql("(pg_current_xact_id()::text::bigint)");
        e.Property(x => x.Kind).HasMaxLength(40);
        e.HasIndex(x => new { x.Xid, x.Seq });
        e.HasIndex(x => x.At);
    }
}
