using Microsoft.Data.Sqlite;

namespace Incidents.Cli.Storage;

/// <summary>The SQLite file: copied with the online backup API, so that a running server is neither stopped nor copied half.</summary>
internal sealed class SqliteStorage : IStorage
{
    private readonly string database;
    private readonly string directory;

    private SqliteStorage(string database, string directory) => (this.database, this.directory) = (database, directory);

    public string Name => database;

    public static SqliteStorage Create(string? connectionString, string directory)
    {
        try
        {
            var file = connectionString is null ? Path.Combine(directory, "incidents.db") : new SqliteConnectionStringBuilder(connectionString).DataSource;
            return file.Length == 0 || file.StartsWith(':')
                ? throw new CommandException(ExitCode.Usage, "The connection string names no file.")
                : new SqliteStorage(Path.GetFullPath(file), directory);
        }
        catch (ArgumentException wrong)
        {
            throw new CommandException(ExitCode.Usage, $"The connection string is not one for SQLite: {wrong.Message}");
        }
    }

    public async Task Backup(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(database))
            throw new CommandException(ExitCode.Usage, $"There is no database {database}; --data names another directory.");
        await Try(() => Copy(database, file, cancellationToken));
    }

    public async Task CheckBackup(string file, CancellationToken cancellationToken)
    {
        var head = new byte[16];
        await using (var stream = File.OpenRead(file))
        {
            if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length || !head.AsSpan().SequenceEqual("SQLite format 3\0"u8))
                throw new CommandException(ExitCode.Usage, $"{file} is no SQLite backup{(head.AsSpan().StartsWith("PGDMP"u8) ? " but one of PostgreSQL: use --provider Postgres" : "")}.");
        }
        await Try(async () =>
        {
            await using var backup = await Open(file, SqliteOpenMode.ReadOnly, cancellationToken);
            if (!await Check(backup, cancellationToken))
                throw new CommandException(ExitCode.Usage, $"{file} is damaged.");
            await using var tables = backup.CreateCommand();
            tables.CommandText = "select count(*) from sqlite_master where type = 'table' and name = 'config_items'";
            if ((long)(await tables.ExecuteScalarAsync(cancellationToken))! == 0)
                throw new CommandException(ExitCode.Usage, $"{file} is a SQLite file, but no backup of Incidents.");
        });
    }

    public Task<bool> IsEmpty(CancellationToken cancellationToken) => Task.FromResult(!File.Exists(database) || new FileInfo(database).Length == 0);

    /// <summary>Into a file beside it, checked, then renamed over the old one.</summary>
    public async Task Restore(string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        using var held = Hold();
        var incoming = database + ".restoring";
        File.Delete(incoming);
        await Try(() => Copy(file, incoming, cancellationToken));
        // The write-ahead log belongs to the file that goes.
        File.Delete(database + "-wal");
        File.Delete(database + "-shm");
        File.Move(incoming, database, overwrite: true);
    }

    /// <summary>The server's own lock: nobody may write while the file is exchanged.</summary>
    private FileStream Hold()
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new CommandException(ExitCode.Usage, $"A server is using {directory}; stop it first.");
        }
    }

    private static async Task Copy(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = await Open(from, SqliteOpenMode.ReadWrite, cancellationToken);
        await using var target = await Open(to, SqliteOpenMode.ReadWriteCreate, cancellationToken);
        source.BackupDatabase(target);
        await using (var single = target.CreateCommand())
        {
            // One file, without a log beside it.
            single.CommandText = "pragma journal_mode = delete";
            await single.ExecuteNonQueryAsync(cancellationToken);
        }
        if (!await Check(target, cancellationToken))
            throw new CommandException(ExitCode.Unreachable, $"The copy of {from} is damaged; the disk or the database is.");
    }

    private static async Task<bool> Check(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var check = connection.CreateCommand();
        check.CommandText = "pragma quick_check(1)";
        return (string?)await check.ExecuteScalarAsync(cancellationToken) == "ok";
    }

    private static async Task<SqliteConnection> Open(string file, SqliteOpenMode mode, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (SqliteException failed)
        {
            throw new CommandException(ExitCode.Unreachable, $"{database}: {failed.Message}");
        }
    }
}
