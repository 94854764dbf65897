using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Incidents.Persistence.Storage;

/// <summary>Which failures are nobody's fault: they are retried and never counted against a message.</summary>
public static class Transience
{
    /// <summary>Deadlock, serialisation failure, SQLITE_BUSY, a lost optimistic race: redo at once.</summary>
    public static bool IsContention(Exception exception) => Chain(exception).Any(e => e switch
    {
        PostgresException p => p.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        SqliteException s => s.SqliteErrorCode is 5 or 6,
        DbUpdateConcurrencyException => true,
        _ => false,
    });

    /// <summary>The database is away, restarting or too slow; or the process is stopping.</summary>
    public static bool IsUnavailable(Exception exception) => Chain(exception).Any(e => e switch
    {
        OperationCanceledException or TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        PostgresException p => p.IsTransient || p.SqlState.StartsWith("57P", StringComparison.Ordinal) || p.SqlState.StartsWith("08", StringComparison.Ordinal) || p.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException n => n.IsTransient || n.InnerException is not null,
        SqliteException s => s.SqliteErrorCode is 10 or 13 or 14,
        DbException { IsTransient: true } => true,
        ObjectDisposedException => true,
        _ => false,
    });

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            yield return e;
    }
}
