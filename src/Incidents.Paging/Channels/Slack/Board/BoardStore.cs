using System.Text.Json;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Events;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Board;

/// <summary>What was taken to be shown, under a lease that its process renews while it works.</summary>
/// <param name="mayBePosted">Its first message may stand in the channel without our knowing.</param>
internal sealed class Taken(SlackIncident row, Instant leaseUntil, bool mayBePosted)
{
    public SlackIncident Row { get; } = row;
    public bool MayBePosted { get; } = mayBePosted;

    /// <summary>Exclusive. Names the lease too: whoever finds another instant in the row has lost it.</summary>
    public Instant LeaseUntil { get; set; } = leaseUntil;

    /// <summary>Renewing and writing the row follow one another.</summary>
    public SemaphoreSlim Turn { get; } = new(1);
}

/// <summary>Rows of what Slack shows: marked when something changed, taken under a lease, written when it was shown.</summary>
internal sealed class BoardStore(Database database, WorkRunner works, EventTail tail, IOptions<SlackOptions> options)
{
    private const string Position = "events";
    private const int FactsAtOnce = 500;

    /// <summary>
    /// How long a lease holds without news. How long the work takes has no bound (the channel's pace, forty direct messages, a room to make), and a process that
    /// was killed is to be stood in for soon: so the lease is short, two requests and a margin, and is renewed after a third of it.
    /// </summary>
    public Duration Lease { get; } = Duration.FromSeconds(5) + (Duration.FromTimeSpan(options.Value.Timeout) * 2);

    private string Incidents => database.Table("paging", "slack_incidents");

    /// <summary>
    /// Reads on where any process stopped reading, and marks what the facts are about, in one transaction: nothing is passed over, whoever is killed.
    /// True: there may be more.
    /// </summary>
    public Task<bool> Follow(CancellationToken cancellationToken) => works.Run(async work =>
    {
        var place = await Lock(work.Db.Set<SlackTail>(), $"select * from {database.Table("paging", "slack_tail")} where name = {{0}} for update skip locked", Position).AsTracking()
            .SingleOrDefaultAsync(t => t.Name == Position, cancellationToken);
        if (place is null)
            return false;
        var facts = await tail.Since(new EventPosition(place.Xid, place.Seq), FactsAtOnce, cancellationToken);
        if (facts.Count == 0)
            return false;
        (place.Xid, place.Seq) = (facts[^1].Position.Xid, facts[^1].Position.Seq);
        var about = facts.Where(f => f.Kind == "incident").Select(f => Read(f.Data)).OfType<(Guid Id, long Number)>().DistinctBy(f => f.Id).OrderBy(f => f.Id).ToList();
        var ids = about.Select(a => a.Id).ToArray();
        var rows = await Lock(work.Db.Set<SlackIncident>(), $"select * from {Incidents} where incident = any({{0}}) order by incident for update", ids).AsTracking()
            .Where(r => ids.Contains(r.Incident)).ToDictionaryAsync(r => r.Incident, cancellationToken);
        foreach (var (id, number) in about)
        {
            if (!rows.TryGetValue(id, out var row))
                work.Db.Add(row = new SlackIncident { Incident = id, Number = number });
            row.Marks++;
            row.DueAt ??= work.Now;
        }
        return facts.Count == FactsAtOnce;
    }, cancellationToken);

    /// <summary>
    /// A process begins: the reading position exists from now on, and what is open and was shown once is looked at again, in case facts were
    /// removed before anybody read them.
    /// </summary>
    public async Task Begin(CancellationToken cancellationToken)
    {
        var newest = await tail.Newest(cancellationToken);
        await works.Run(async work =>
        {
#pragma warning disable EF1002 // Names of tables are ours.
            await work.Db.Database.ExecuteSqlRawAsync($"insert into {database.Table("paging", "slack_tail")} (name, xid, seq) values ({{0}}, {{1}}, {{2}}) on conflict (name) do nothing", [Position, newest.Xid, newest.Seq], cancellationToken);
            await work.Db.Database.ExecuteSqlRawAsync(
                $"update {Incidents} set due_at = {{0}} where due_at is null and incident in (select id from {database.Table("escalation", "incidents")} where status <> 'Resolved')", [Stored(work.Now)], cancellationToken);
#pragma warning restore EF1002
        }, cancellationToken);
    }

    /// <summary>The longest due one that nobody has in hand, leased; and when the next falls due.</summary>
    public Task<(Taken? Taken, Instant? Next)> Take(CancellationToken cancellationToken) => works.Run(async work =>
    {
        var now = work.Now;
        var row = await Lock(work.Db.Set<SlackIncident>(), $"select * from {Incidents} where due_at <= {{0}} and (lease_until is null or lease_until <= {{0}}) order by due_at, number limit 1 for update skip locked", now.ToDateTimeUtc())
            .AsTracking().Where(r => r.DueAt <= now && (r.LeaseUntil == null || r.LeaseUntil <= now)).OrderBy(r => r.DueAt).ThenBy(r => r.Number).FirstOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            var next = await work.Db.Set<SlackIncident>().Where(r => r.DueAt > now).OrderBy(r => r.DueAt).Select(r => r.DueAt).FirstOrDefaultAsync(cancellationToken);
            return ((Taken?)null, next);
        }
        var mayBePosted = row.Ts is null && row.PostingSince is not null;
        row.PostingSince ??= row.Ts is null ? now : null;
        row.LeaseUntil = now + Lease;
        return (new Taken(row, row.LeaseUntil.Value, mayBePosted), (Instant?)null);
    }, cancellationToken);

    /// <summary>
    /// Writes what is shown now and ends the lease; what changed meanwhile is due again. Nothing is written when the lease has passed to another.
    /// <paramref name="again"/>: when to try what did not work; null: it worked.
    /// </summary>
    public Task Finish(Taken taken, Instant? again, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var row = await Own(work, taken, cancellationToken);
        if (row is null)
            return;
        Copy(taken.Row, row);
        row.LeaseUntil = null;
        row.Tries = again is null ? 0 : taken.Row.Tries;
        row.DueAt = again ?? (row.Marks == taken.Row.Marks ? null : work.Now);
    }, cancellationToken);

    /// <summary>Writes a step that must not be forgotten, and keeps the lease.</summary>
    public async Task Save(Taken taken, CancellationToken cancellationToken)
    {
        await taken.Turn.WaitAsync(cancellationToken);
        try
        {
            await works.Run(async work =>
            {
                if (await Own(work, taken, cancellationToken) is { } row)
                    Copy(taken.Row, row);
            }, cancellationToken);
        }
        finally
        {
            taken.Turn.Release();
        }
    }

    /// <summary>Holds the lease for as long again. False: it has passed to another.</summary>
    public async Task<bool> Renew(Taken taken, CancellationToken cancellationToken)
    {
        await taken.Turn.WaitAsync(cancellationToken);
        try
        {
            var until = await works.Run(async work =>
            {
                if (await Own(work, taken, cancellationToken) is not { } row)
                    return (Instant?)null;
                row.LeaseUntil = work.Now + Lease;
                return row.LeaseUntil;
            }, cancellationToken);
            taken.LeaseUntil = until ?? taken.LeaseUntil;
            return until is not null;
        }
        finally
        {
            taken.Turn.Release();
        }
    }

    /// <summary>When the next message may go into a channel: that place is the caller's.</summary>
    public Task<Instant> Place(string channel, CancellationToken cancellationToken) => Pace(channel, (row, now) =>
    {
        var place = Instant.Max(now, row.NextAt);
        row.NextAt = place + Duration.FromTimeSpan(options.Value.MessageInterval);
        return place;
    }, cancellationToken);

    /// <summary>Slack said that the channel has had enough until then.</summary>
    public Task Hold(string channel, Instant until, CancellationToken cancellationToken) => Pace(channel, (row, _) => row.NextAt = Instant.Max(row.NextAt, until), cancellationToken);

    /// <summary>The incident that a channel, or a thread in one, is about.</summary>
    public async Task<SlackIncident?> About(string channel, string? thread, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<SlackIncident>().AsNoTracking().FirstOrDefaultAsync(r => r.Room == channel || (r.Channel == channel && r.Ts == thread && thread != null), cancellationToken);
    }

    public async Task<bool> Announces(string channel, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<SlackIncident>().AnyAsync(r => r.Channel == channel, cancellationToken);
    }

    private Task<Instant> Pace(string channel, Func<SlackPace, Instant, Instant> take, CancellationToken cancellationToken) => works.Run(async work =>
    {
#pragma warning disable EF1002 // Names of tables are ours.
        await work.Db.Database.ExecuteSqlRawAsync($"insert into {database.Table("paging", "slack_pace")} (channel, next_at) values ({{0}}, {{1}}) on conflict (channel) do nothing", [channel, Stored(work.Now)], cancellationToken);
#pragma warning restore EF1002
        var row = await Lock(work.Db.Set<SlackPace>(), $"select * from {database.Table("paging", "slack_pace")} where channel = {{0}} for update", channel).AsTracking().SingleAsync(p => p.Channel == channel, cancellationToken);
        return take(row, work.Now);
    }, cancellationToken);

    private async Task<SlackIncident?> Own(Work work, Taken taken, CancellationToken cancellationToken)
    {
        var id = taken.Row.Incident;
        var row = await Lock(work.Db.Set<SlackIncident>(), $"select * from {Incidents} where incident = {{0}} for update", id).AsTracking().SingleOrDefaultAsync(r => r.Incident == id, cancellationToken);
        return row is not null && row.LeaseUntil == taken.LeaseUntil ? row : null;
    }

    private static void Copy(SlackIncident from, SlackIncident to)
        => (to.Channel, to.Ts, to.Shown, to.Standing, to.PostingSince, to.Room, to.RoomStep, to.Invited)
            = (from.Channel, from.Ts, from.Shown, from.Standing, from.PostingSince, from.Room, from.RoomStep, from.Invited);

    /// <summary>Locked on PostgreSQL; SQLite's writer is alone.</summary>
    private IQueryable<T> Lock<T>(DbSet<T> set, string sql, object parameter) where T : class => database.IsSqlite ? set : set.FromSqlRaw(sql, parameter);

    private object Stored(Instant at) => database.IsSqlite ? Instants.ToMicroseconds(at) : at.ToDateTimeUtc();

    private static (Guid Id, long Number)? Read(string data)
    {
        using var json = JsonDocument.Parse(data);
        return json.RootElement.TryGetProperty("id", out var id) && id.TryGetGuid(out var guid) && json.RootElement.TryGetProperty("number", out var number) && number.TryGetInt64(out var n) ? (guid, n) : null;
    }
}
