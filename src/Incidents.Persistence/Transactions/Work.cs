using System.Data.Common;
using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;

namespace Incidents.Persistence.Transactions;

/// <summary>One transaction: the context, the instant it stands for, and what it sends, cancels and announces when it commits.</summary>
public sealed class Work
{
    private readonly List<NewMessage> outgoing = [];
    private readonly List<Guid> cancelled = [];
    private readonly List<(string Kind, string Data)> events = [];
    private readonly List<Action> afterCommit = [];
    private readonly HashSet<(string Kind, string Data)> told = [];
    private readonly List<DbCommand> last = [];

    private readonly Func<string, bool> canHandOver;

    private readonly Func<Instant> clock;

    internal Work(IncidentsDbContext db, Func<Instant> clock, Func<string, bool> canHandOver)
    {
        Db = db;
        this.clock = clock;
        Now = clock();
        this.canHandOver = canHandOver;
    }

    public IncidentsDbContext Db { get; }

    /// <summary>Read when the transaction began, and again once it holds the locks it waited for; due means <c>not before ≤ Now</c>.</summary>
    public Instant Now { get; private set; }

    /// <summary>Call after waiting for locks: what two transactions did to one incident then carries instants in the order in which they did it.</summary>
    public void Locked() => Now = Instant.Max(Now, clock());

    internal IReadOnlyList<NewMessage> Outgoing => outgoing;
    internal IReadOnlyList<Guid> Cancelled => cancelled;
    internal IReadOnlyList<(string Kind, string Data)> Events => events;
    internal IReadOnlyList<Action> Actions => afterCommit;
    internal IReadOnlyList<DbCommand> Last => last;

    /// <summary>Read beside what the transaction began with; null: not yet.</summary>
    internal long? KnownVersion { get; set; }

    /// <summary>Somebody in this transaction wanted to know the organisation's version.</summary>
    internal bool AskedVersion { get; private set; }

    public DbConnection Connection => Db.Database.GetDbConnection();

    public DbTransaction Transaction => Db.Database.CurrentTransaction!.GetDbTransaction();

    /// <summary>
    /// Writes a row for each consuming endpoint, in this transaction. <paramref name="notBefore"/> makes it a timer.
    /// Returns the id (of the first row), by which a timer can be cancelled.
    /// </summary>
    public Guid Send<T>(T message, Instant? notBefore = null) where T : class
    {
        var (type, endpoints) = EndpointCatalogue.Of(typeof(T));
        var body = JsonSerializer.SerializeToUtf8Bytes(message, Json.Options);
        var later = notBefore > Now;
        var first = Guid.Empty;
        foreach (var endpoint in endpoints)
        {
            var row = new NewMessage(Guid.CreateVersion7(Now.ToDateTimeOffset()), endpoint, type, body, later ? notBefore!.Value : Now, !later && canHandOver(endpoint), message);
            outgoing.Add(row);
            if (first == Guid.Empty)
                first = row.Id;
        }
        return first;
    }

    /// <summary>Cancels a timer; one that is being consumed right now dies on its step token instead.</summary>
    public void Cancel(Guid timer)
    {
        if (outgoing.RemoveAll(o => o.Id == timer) == 0)
            cancelled.Add(timer);
    }

    /// <summary>Announces a fact to every process (live pages, caches) when this commits.</summary>
    public void Announce(string kind, object data)
    {
        var fact = (kind, JsonSerializer.Serialize(data, Json.Options));
        // Several steps of one transaction tell of the same incident: once is enough.
        if (told.Add(fact))
            events.Add(fact);
    }

    /// <summary>
    /// A write whose outcome nobody in this transaction reads: it goes out together with the commit, after those given before it and ahead of
    /// messages and facts. Its failure fails the transaction as at any other place.
    /// </summary>
    public void AtCommit(DbCommand command) => last.Add(command);

    /// <summary>Runs in this process after the commit; must not throw and must not be needed for correctness.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    /// <summary>Version of the organisation as this transaction sees it: what a paging step must at least know (<c>IOrganisation.AtLeast</c>).</summary>
    public async Task<long> OrganisationVersion(CancellationToken cancellationToken)
    {
        AskedVersion = true;
        if (KnownVersion is { } known)
            return known;
        await using var command = Connection.CreateCommand();
        command.Transaction = Transaction;
        command.CommandText = Db.IsSqlite ? "select version from config_state" : MessageStore.VersionSql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken) ?? 0L, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Adds incidents and gives them their numbers, in the order given. On PostgreSQL they are written with everything else, at the end.</summary>
    public async Task AddIncidents(IReadOnlyList<Incident> incidents, CancellationToken cancellationToken)
    {
        if (Db.IsSqlite)
        {
            Db.Incidents.AddRange(incidents);
            await Db.SaveChangesAsync(cancellationToken);
            return;
        }
        await using var command = Connection.CreateCommand();
        command.Transaction = Transaction;
        command.CommandText = "select nextval(pg_get_serial_sequence('escalation.incidents', 'number')) from generate_series(1, $1)";
        var count = command.CreateParameter();
        count.Value = incidents.Count;
        command.Parameters.Add(count);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            for (var i = 0; await reader.ReadAsync(cancellationToken); i++)
                incidents[i].Number = reader.GetInt64(0);
        }
        Db.Incidents.AddRange(incidents);
    }

    /// <summary>Locks incidents in the order of their numbers and loads them, tracked. Absent ids are absent in the answer.</summary>
    public async Task<Dictionary<Guid, Incident>> LockIncidents(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var array = ids as Guid[] ?? [.. ids];
        var query = Db.IsSqlite
            ? Db.Incidents.Where(i => array.Contains(i.Id))
            : Db.Incidents.FromSqlRaw("select * from escalation.incidents where id = any({0}) order by number for update", array);
        var found = await query.AsTracking().ToListAsync(cancellationToken);
        Locked();
        return found.ToDictionary(i => i.Id);
    }

    public async Task<Incident?> LockIncident(Guid id, CancellationToken cancellationToken)
        => (await LockIncidents([id], cancellationToken)).GetValueOrDefault(id);
}
