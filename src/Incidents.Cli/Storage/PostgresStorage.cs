using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Incidents.Cli.Storage;

/// <summary>PostgreSQL: pg_dump and pg_restore in their custom format. The password goes to them in the environment, never on the command line.</summary>
internal sealed class PostgresStorage : IStorage
{
    private readonly NpgsqlConnectionStringBuilder connection;
    private readonly string? tools;

    private PostgresStorage(NpgsqlConnectionStringBuilder connection, string? tools) => (this.connection, this.tools) = (connection, tools);

    public string Name => $"Database {connection.Database} on {connection.Host}";

    public static PostgresStorage Create(string connectionString, string? tools)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
            return string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database)
                ? throw new CommandException(ExitCode.Usage, "The connection string needs Host and Database.")
                : new PostgresStorage(parsed, tools);
        }
        catch (ArgumentException wrong)
        {
            throw new CommandException(ExitCode.Usage, $"The connection string is not one for PostgreSQL: {wrong.Message}");
        }
    }

    public Task Backup(string file, CancellationToken cancellationToken)
        => Run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file=" + file], cancellationToken);

    public async Task CheckBackup(string file, CancellationToken cancellationToken)
    {
        var head = new byte[5];
        await using var stream = File.OpenRead(file);
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length || !head.AsSpan().SequenceEqual("PGDMP"u8))
            throw new CommandException(ExitCode.Usage, $"{file} is no backup of PostgreSQL{(head.AsSpan().SequenceEqual("SQLit"u8) ? " but one of SQLite: use --provider Sqlite" : "")}.");
    }

    public async Task<bool> IsEmpty(CancellationToken cancellationToken) => (await Schemas(cancellationToken)).Count == 0;

    /// <summary>
    /// What is there is put aside under other names, not dropped, until the backup is in: a failing restore puts it back. pg_restore's own --clean would leave
    /// the tables of a newer release behind.
    /// </summary>
    public async Task Restore(string file, CancellationToken cancellationToken)
    {
        var live = (await Schemas(cancellationToken)).Where(s => !s.StartsWith(Aside, StringComparison.Ordinal)).ToList();
        await Execute(live.Select(s => $"drop schema if exists {Quoted(Aside + s)} cascade; alter schema {Quoted(s)} rename to {Quoted(Aside + s)}"), cancellationToken);
        try
        {
            await Run("pg_restore", ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--dbname=" + connection.Database, file], cancellationToken);
        }
        catch
        {
            await Execute(live.Select(s => $"alter schema {Quoted(Aside + s)} rename to {Quoted(s)}"), CancellationToken.None);
            throw;
        }
        var aside = (await Schemas(cancellationToken)).Where(s => s.StartsWith(Aside, StringComparison.Ordinal));
        await Execute(aside.Select(s => $"drop schema {Quoted(s)} cascade"), cancellationToken);
    }

    private const string Aside = "before_restore_";

    private static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>Schemas with tables in them, other than PostgreSQL's own. The installation has the database for itself; public is left alone when empty.</summary>
    private async Task<List<string>> Schemas(CancellationToken cancellationToken)
    {
        try
        {
            await using var open = new NpgsqlConnection(connection.ConnectionString);
            await open.OpenAsync(cancellationToken);
            await using var command = open.CreateCommand();
            command.CommandText = "select distinct table_schema from information_schema.tables where table_schema <> 'information_schema' and table_schema not like 'pg\\_%' and table_schema <> 'public' order by 1";
            var found = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                found.Add(reader.GetString(0));
            return found;
        }
        catch (NpgsqlException failed)
        {
            throw new CommandException(ExitCode.Unreachable, $"{Name}: {failed.Message}");
        }
    }

    /// <summary>All in one transaction.</summary>
    private async Task Execute(IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        try
        {
            var sql = string.Join("; ", statements);
            if (sql.Length == 0)
                return;
            await using var open = new NpgsqlConnection(connection.ConnectionString);
            await open.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql, open);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException failed)
        {
            throw new CommandException(ExitCode.Unreachable, $"{Name}: {failed.Message}");
        }
    }

    private async Task Run(string tool, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(tools is null ? tool : Path.Combine(tools, tool), arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = connection.Database;
        if (connection.Username is { Length: > 0 } user)
            start.Environment["PGUSER"] = user;
        if (connection.Password is { Length: > 0 } password)
            start.Environment["PGPASSWORD"] = password;
        start.Environment["PGSSLMODE"] = connection.SslMode switch
        {
            SslMode.Disable => "disable",
            SslMode.Allow => "allow",
            SslMode.Require => "require",
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            _ => "prefer",
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new CommandException(ExitCode.Unreachable, $"{Name}: {tool} failed: {error.Trim()}");
        }
        catch (Win32Exception)
        {
            throw new CommandException(ExitCode.Usage, $"{tool} was not found: install PostgreSQL's client programs (not older than the server), or name their directory with --pg-bin.");
        }
    }
}
