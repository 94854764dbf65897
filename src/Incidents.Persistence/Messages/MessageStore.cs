using System.Data.Common;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Incidents.Persistence.Messages;

/// <summary>A row to be written.</summary>
public sealed record NewMessage(Guid Id, string Endpoint, string Type, byte[] Body, Instant DueAt, bool Published, object? Message);

/// <summary>The SQL of message rows, in both dialects. Runs on the caller's connection and transaction.</summary>
public sealed class MessageStore(Database database)
{
    /// <summary>The configuration's version on PostgreSQL, as the statement sees it.</summary>
    internal const string VersionSql = "select version from config.state";

    private readonly string table = database.Table("platform", "messages");

    public async Task Insert(DbConnection connection, DbTransaction? transaction, IReadOnlyList<NewMessage> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        if (connection is NpgsqlConnection postgres)
        {
            await using var batch = new NpgsqlBatch(postgres, (NpgsqlTransaction?)transaction) { Timeout = 10 };
            batch.BatchCommands.Add(InsertPostgres(rows));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        else
        {
            await InsertSqlite((SqliteConnection)connection, (SqliteTransaction?)transaction, rows, cancellationToken);
        }
    }

    internal NpgsqlBatchCommand InsertPostgres(IReadOnlyList<NewMessage> rows)
    {
        var ids = new Guid[rows.Count];
        var endpoints = new string[rows.Count];
        var types = new string[rows.Count];
        var bodies = new byte[rows.Count][];
        var due = new DateTime[rows.Count];
        var published = new bool[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var r = rows[i];
            ids[i] = r.Id;
            endpoints[i] = r.Endpoint;
            types[i] = r.Type;
            bodies[i] = r.Body;
            due[i] = r.DueAt.ToDateTimeUtc();
            published[i] = r.Published;
        }
        var command = new NpgsqlBatchCommand(
            $"insert into {table} (id, endpoint, type, body, next_publish_at, due_at, published, failures) " +
            "select i, e, t, b, d, d, p, 0 from unnest($1, $2, $3, $4, $5, $6) as x(i, e, t, b, d, p)");
        command.Parameters.Add(new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = endpoints, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = bodies, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = due, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = published, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean });
        return command;
    }

    private async Task InsertSqlite(SqliteConnection connection, SqliteTransaction? transaction, IReadOnlyList<NewMessage> rows, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into {table} (id, endpoint, type, body, next_publish_at, due_at, published, failures) values ($i, $e, $t, $b, $d, $d, $p, 0)";
        var id = command.Parameters.Add("$i", SqliteType.Text);
        var endpoint = command.Parameters.Add("$e", SqliteType.Text);
        var type = command.Parameters.Add("$t", SqliteType.Text);
        var body = command.Parameters.Add("$b", SqliteType.Blob);
        var due = command.Parameters.Add("$d", SqliteType.Integer);
        var published = command.Parameters.Add("$p", SqliteType.Integer);
        foreach (var r in rows)
        {
            id.Value = Key(r.Id);
            endpoint.Value = r.Endpoint;
            type.Value = r.Type;
            body.Value = r.Body;
            due.Value = Instants.ToMicroseconds(r.DueAt);
            published.Value = r.Published ? 1 : 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Deletes what is still there and says what it was. What is absent was done by somebody else.</summary>
    public async Task<Dictionary<Guid, (long Seq, byte[] Body)>> Delete(DbConnection connection, DbTransaction? transaction, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, (long Seq, byte[] Body)>(ids.Count);
        await using var command = WithIds(connection, transaction, $"delete from {table} where id {In(connection)} returning id, seq, body", ids);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[reader.GetGuid(0)] = (reader.GetInt64(1), (byte[])reader.GetValue(2));
        return found;
    }

    /// <summary><see cref="Delete"/> and the configuration's version, in one round trip. PostgreSQL only.</summary>
    internal async Task<(Dictionary<Guid, (long Seq, byte[] Body)> Found, long Version)> DeleteWithVersion(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, (long Seq, byte[] Body)>(ids.Count);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var delete = new NpgsqlBatchCommand($"delete from {table} where id = any($1) returning id, seq, body");
        delete.Parameters.Add(new() { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        batch.BatchCommands.Add(delete);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(VersionSql));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[reader.GetGuid(0)] = (reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        await reader.NextResultAsync(cancellationToken);
        return (found, await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0);
    }

    /// <summary>The body of a row that stands.</summary>
    public async Task<byte[]> Body(DbConnection connection, DbTransaction? transaction, Guid id, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select body from {table} where id = {P(connection, 1)}";
        Add(command, IdValue(connection, id));
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException("The row is gone.");
    }

    /// <summary>Deletes timers without waiting for anybody who holds them: what this misses dies on its step token.</summary>
    public async Task Cancel(DbConnection connection, DbTransaction? transaction, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var sql = connection is NpgsqlConnection ? CancelSql : $"delete from {table} where id {In(connection)}";
        await using var command = WithIds(connection, transaction, sql, ids);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal NpgsqlBatchCommand CancelPostgres(IReadOnlyList<Guid> ids)
    {
        var command = new NpgsqlBatchCommand(CancelSql);
        command.Parameters.Add(new() { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        return command;
    }

    private string CancelSql => $"delete from {table} where id in (select id from {table} where id = any($1) for update skip locked)";

    /// <summary>
    /// Takes timers (and whatever was never handed over) that are due, marks them as handed over now, and returns them.
    /// <paramref name="endpoints"/>: only theirs, when there is no bus by which others could get them; null: all.
    /// </summary>
    public Task<List<Delivery>> ClaimDue(DbConnection connection, DbTransaction? transaction, Instant now, IReadOnlyCollection<string>? endpoints, int limit, CancellationToken cancellationToken)
    {
        // Names come from the catalogue, never from outside.
        var only = endpoints is null ? "" : $" and endpoint in ({string.Join(',', endpoints.Select(e => $"'{e}'").DefaultIfEmpty("''"))})";
        return Claim(connection, transaction, $"{Not(connection)} and next_publish_at <= {P(connection, 1)}{only} order by next_publish_at", now, [Value(connection, now)], limit, cancellationToken);
    }

    /// <summary>Takes rows of one endpoint that were handed over before <paramref name="before"/>, oldest first.</summary>
    public Task<List<Delivery>> ClaimPublished(DbConnection connection, DbTransaction? transaction, string endpoint, Instant now, Instant before, int limit, CancellationToken cancellationToken)
        => Claim(connection, transaction, $"{Is(connection)} and endpoint = {P(connection, 2)} and next_publish_at < {P(connection, 1)} order by next_publish_at", now, [Value(connection, before), endpoint], limit, cancellationToken);

    private async Task<List<Delivery>> Claim(DbConnection connection, DbTransaction? transaction, string where, Instant now, object[] values, int limit, CancellationToken cancellationToken)
    {
        var skip = connection is NpgsqlConnection ? " for update skip locked" : "";
        var nowParameter = P(connection, values.Length + 1);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"update {table} set published = {(connection is NpgsqlConnection ? "true" : "1")}, next_publish_at = {nowParameter} " +
            $"where id in (select id from {table} where {where} limit {limit}{skip}) returning id, endpoint, type, due_at";
        foreach (var value in values)
            Add(command, value);
        Add(command, Value(connection, now));
        var claimed = new List<Delivery>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new Delivery
            {
                Id = reader.GetGuid(0),
                Endpoint = reader.GetString(1),
                Type = reader.GetString(2),
                DueAt = ReadInstant(reader, 3),
                HandedOverAt = now,
            });
        }
        return claimed;
    }

    /// <summary>Rows whose hand-over failed are due again for whichever sweeper looks first; what a consumer holds at this moment is left alone.</summary>
    public async Task GiveBack(DbConnection connection, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var sql = connection is NpgsqlConnection
            ? $"update {table} set published = false where id in (select id from {table} where id = any($1) and published for update skip locked)"
            : $"update {table} set published = 0 where id {In(connection)}";
        await using var command = WithIds(connection, null, sql, ids);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>When the next unpublished row falls due; null: none.</summary>
    public async Task<Instant?> NextDue(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select min(next_publish_at) from {table} where {Not(connection)}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken) ? ReadInstant(reader, 0) : null;
    }

    /// <summary>Counts a failure and says how many there are now; 0 when the row is gone.</summary>
    public async Task<int> CountFailure(DbConnection connection, DbTransaction? transaction, Guid id, string error, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"update {table} set failures = failures + 1, last_error = {P(connection, 1)} where id = {P(connection, 2)} returning failures";
        Add(command, Texts.Clean(error, 2000));
        Add(command, IdValue(connection, id));
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken) ?? 0, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Sets when a failed row is tried again, and since when it is parked (null leaves that as it is).</summary>
    public async Task Postpone(DbConnection connection, DbTransaction? transaction, Guid id, Instant retryAt, Instant? parkedAt, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"update {table} set published = {(connection is NpgsqlConnection ? "false" : "0")}, next_publish_at = {P(connection, 1)}, parked_at = coalesce(parked_at, {P(connection, 2)}{(connection is NpgsqlConnection ? "::timestamptz" : "")}) where id = {P(connection, 3)}";
        Add(command, Value(connection, retryAt));
        Add(command, parkedAt is { } parked ? Value(connection, parked) : DBNull.Value);
        Add(command, IdValue(connection, id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static object IdValue(DbConnection c, Guid id) => c is NpgsqlConnection ? id : Key(id);

    public static string Key(Guid id) => id.ToString().ToUpperInvariant();

    private static string Not(DbConnection c) => c is NpgsqlConnection ? "not published" : "published = 0";
    private static string Is(DbConnection c) => c is NpgsqlConnection ? "published" : "published = 1";
    private static string P(DbConnection c, int i) => c is NpgsqlConnection ? $"${i}" : $"?{i}";
    private static string In(DbConnection c) => c is NpgsqlConnection ? "= any($1)" : "in (select value from json_each(?1))";
    private static object Value(DbConnection c, Instant i) => c is NpgsqlConnection ? i.ToDateTimeUtc() : Instants.ToMicroseconds(i);

    private static Instant ReadInstant(DbDataReader reader, int i) => reader is NpgsqlDataReader
        ? Instant.FromDateTimeUtc(DateTime.SpecifyKind(reader.GetDateTime(i), DateTimeKind.Utc))
        : Instants.FromMicroseconds(reader.GetInt64(i));

    private static void Add(DbCommand command, object value)
    {
        var p = command.CreateParameter();
        p.Value = value;
        if (command is SqliteCommand)
            p.ParameterName = $"?{command.Parameters.Count + 1}";
        command.Parameters.Add(p);
    }

    private static DbCommand WithIds(DbConnection connection, DbTransaction? transaction, string sql, IReadOnlyList<Guid> ids)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        Add(command, connection is NpgsqlConnection ? ids.ToArray() : "[" + string.Join(',', ids.Select(i => $"\"{Key(i)}\"")) + "]");
        return command;
    }
}
