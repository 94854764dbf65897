using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Incidents.Server.Composition;

/// <summary>Brings the schema up to date before anything is served. Several processes that start at once wait for one another (EF's migration lock).</summary>
internal static class Migrating
{
    private const long LockKey = 0x1AC1DE275;

    public static async Task Apply(Database database, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (database.Postgres is { } postgres)
                {
                    // A lock of our own too: it is held while the database is looked at, not only while a migration runs.
                    await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
                    await Execute(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
                    await Migrate(database, cancellationToken);
                    await Execute(connection, $"select pg_advisory_unlock({LockKey})", cancellationToken);
                }
                else
                {
                    await Migrate(database, cancellationToken);
                }
                return;
            }
            catch (Exception e) when (Transience.IsUnavailable(e) && !cancellationToken.IsCancellationRequested)
            {
                if (attempt % 10 == 0)
                    Log.WaitingForDatabase(logger, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, cancellationToken);
            }
        }
    }

    private static async Task Migrate(Database database, CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        if (database.IsSqlite)
            await context.Database.ExecuteSqlRawAsync("pragma journal_mode=WAL", cancellationToken);
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            await context.Database.MigrateAsync(cancellationToken);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
