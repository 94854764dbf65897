using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Feeds;

/// <summary>
/// A secret address of a calendar: <see cref="Owner"/>'s own (<see cref="Schedule"/> empty) or theirs of a schedule. Only the hash of the secret is kept.
/// What was served last is known by its digest, so that a change is told by a higher revision and a later instant.
/// </summary>
internal sealed class FeedRow
{
    public string Owner { get; set; } = "";
    public string Schedule { get; set; } = "";
    public string TokenHash { get; set; } = "";
    public string Digest { get; set; } = "";
    public int Revision { get; set; }
    public Instant ChangedAt { get; set; }
    public Instant CreatedAt { get; set; }

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<FeedRow>();
        modelling.Table(e, SchedulingModel.Module, "feeds");
        e.HasKey(x => new { x.Owner, x.Schedule });
        e.Property(x => x.Owner).HasMaxLength(200);
        e.Property(x => x.Schedule).HasMaxLength(200);
        e.Property(x => x.TokenHash).HasMaxLength(64);
        e.Property(x => x.Digest).HasMaxLength(64);
        e.HasIndex(x => x.TokenHash).IsUnique();
    }
}
