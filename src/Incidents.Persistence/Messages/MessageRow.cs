using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Persistence.Messages;

/// <summary>
/// A message is this row until its consumer's transaction deletes it.
/// <see cref="Published"/> false: a timer, or not yet handed over; due at <see cref="NextPublishAt"/>.
/// <see cref="Published"/> true: handed over last at <see cref="NextPublishAt"/>; the sweeper hands it over again only when it must be lost.
/// </summary>
internal sealed class MessageRow
{
    /// <summary>Order of acceptance; for alerts the sequence that decides which copy is the latest.</summary>
    public long Seq { get; set; }

    public Guid Id { get; set; }
    public string Endpoint { get; set; } = "";
    public string Type { get; set; } = "";
    public byte[] Body { get; set; } = [];
    public bool Published { get; set; }
    public Instant NextPublishAt { get; set; }

    /// <summary>When it was due first: what tardiness is measured from.</summary>
    public Instant DueAt { get; set; }

    public int Failures { get; set; }
    public Instant? ParkedAt { get; set; }
    public string? LastError { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<MessageRow>();
        modelling.Table(e, "platform", "messages");
        e.Property(x => x.Seq).ValueGeneratedOnAdd();
        if (modelling.Sqlite)
        {
            // The rowid is the only column that SQLite counts up by itself.
            e.HasKey(x => x.Seq);
            e.HasIndex(x => x.Id).IsUnique();
        }
        else
        {
            // One index less to write for each accepted alert; ids of version 7 lie together as well as a sequence would.
            e.HasKey(x => x.Id);
        }
        e.Property(x => x.Endpoint).HasMaxLength(40);
        e.Property(x => x.Type).HasMaxLength(80);
        e.Property(x => x.LastError).HasMaxLength(2000);
        e.HasIndex(x => x.NextPublishAt, "ix_messages_due").HasFilter(modelling.Not("published"));
        e.HasIndex(x => new { x.Endpoint, x.NextPublishAt }, "ix_messages_published").HasFilter(modelling.Is("published"));
        e.HasIndex(x => x.ParkedAt, "ix_messages_parked").HasFilter("parked_at is not null");
    }
}
