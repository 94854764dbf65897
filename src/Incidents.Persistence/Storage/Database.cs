using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Incidents.Persistence.Storage;

/// <summary>
/// One database, either kind. Opens contexts and raw connections; holds the process-wide write gate of SQLite
/// (its driver sleeps 150 ms per SQLITE_BUSY, so writers queue here instead of inside it).
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int ShortTurn = 8;
    private static readonly TimeSpan ShortTurnsFor = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Those who are not urgent queue here, one of them at the gate: so an urgent one waits for one transaction, not for all that came before it.</summary>
    private readonly SemaphoreSlim queue = new(1, 1);
    private long contended = long.MinValue / 2;
    private readonly DbContextOptions<IncidentsDbContext> contextOptions;
    private readonly ModelParts parts;
    private readonly string sqliteConnection = "";

    public Database(StorageProvider provider, string connectionString, ModelParts parts)
    {
        Provider = provider;
        this.parts = parts;
        var builder = new DbContextOptionsBuilder<IncidentsDbContext>();
        if (provider == StorageProvider.Postgres)
        {
            Postgres = NpgsqlDataSource.Create(Tuned(connectionString));
            builder.UseNpgsql(o => o.MigrationsAssembly("Incidents.Migrations.Postgres").MigrationsHistoryTable("migrations", "platform"));
        }
        else
        {
            sqliteConnection = connectionString;
            builder.UseSqlite(connectionString, o => o.MigrationsAssembly("Incidents.Migrations.Sqlite").MigrationsHistoryTable("platform_migrations"));
            builder.AddInterceptors(SqlitePragmas.Instance);
        }
        builder.ReplaceService<Microsoft.EntityFrameworkCore.Infrastructure.IModelCacheKeyFactory, ModelKey>();
        contextOptions = builder.Options;
    }

    /// <summary>
    /// Statements are few and run again and again: prepared by themselves, PostgreSQL neither parses nor plans them anew.
    /// What the operator says in the connection string stands.
    /// </summary>
    private static string Tuned(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var tuned = new NpgsqlConnectionStringBuilder(connectionString);
        if (!given.ContainsKey("Max Auto Prepare"))
            tuned.MaxAutoPrepare = 200;
        if (!given.ContainsKey("Auto Prepare Min Usages"))
            tuned.AutoPrepareMinUsages = 3;
        if (!given.ContainsKey("No Reset On Close"))
            tuned.NoResetOnClose = true;
        if (!given.ContainsKey("Application Name"))
            tuned.ApplicationName = "incidents";
        return tuned.ConnectionString;
    }

    public StorageProvider Provider { get; }
    public bool IsSqlite => Provider == StorageProvider.Sqlite;

    /// <summary>Null on SQLite.</summary>
    public NpgsqlDataSource? Postgres { get; }

    public IncidentsDbContext CreateContext()
    {
        var context = new IncidentsDbContext(contextOptions, parts);
        // Given here instead of in the options: EF keeps a model of its own for each data source that it is told of.
        if (Postgres is not null)
            context.Database.SetDbConnection(Postgres.CreateConnection(), contextOwnsConnection: true);
        return context;
    }

    /// <summary>Name of a module's table as raw SQL needs it: <c>paging.attempts</c>, or <c>paging_attempts</c> on SQLite.</summary>
    public string Table(string module, string table) => IsSqlite ? $"{module}_{table}" : $"{module}.{table}";

    /// <summary>
    /// Held around every write transaction. Free on PostgreSQL. <paramref name="urgent"/>: a source waits for its answer; it comes next, and consumers take
    /// short turns (<see cref="Turn"/>). For the one who accepts only: between two of its commits another always gets its turn.
    /// </summary>
    public async ValueTask<IDisposable?> EnterWrite(CancellationToken cancellationToken, bool urgent = false)
    {
        if (!IsSqlite)
            return null;
        if (urgent && gate.CurrentCount == 0)
            Volatile.Write(ref contended, Stopwatch.GetTimestamp());
        if (urgent)
        {
            await gate.WaitAsync(cancellationToken);
            return new Release(gate, null);
        }
        await queue.WaitAsync(cancellationToken);
        try
        {
            await gate.WaitAsync(cancellationToken);
            return new Release(gate, queue);
        }
        catch
        {
            queue.Release();
            throw;
        }
    }

    /// <summary>
    /// How many messages a consumer takes into one transaction. Fewer on SQLite, which has one writer, while sources want it too: an accept then
    /// waits for a transaction of a few milliseconds instead of one of tens.
    /// </summary>
    public int Turn(int most) => IsSqlite && Stopwatch.GetElapsedTime(Volatile.Read(ref contended)) < ShortTurnsFor ? Math.Min(most, ShortTurn) : most;

    /// <summary>Read committed on PostgreSQL (row locks do the rest); BEGIN IMMEDIATE on SQLite.</summary>
    public IsolationLevel WriteIsolation => IsSqlite ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted;

    public async Task<DbConnection> Open(CancellationToken cancellationToken)
    {
        if (Postgres is not null)
            return await Postgres.OpenConnectionAsync(cancellationToken);
        var connection = new SqliteConnection(sqliteConnection);
        await connection.OpenAsync(cancellationToken);
        await SqlitePragmas.Apply(connection, cancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        gate.Dispose();
        queue.Dispose();
        if (Postgres is not null)
            await Postgres.DisposeAsync();
    }

    private sealed class Release(SemaphoreSlim gate, SemaphoreSlim? queue) : IDisposable
    {
        private int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) != 0)
                return;
            gate.Release();
            queue?.Release();
        }
    }
}
