using System.Data.Common;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Incidents.Paging.Data;

/// <summary>
/// What the statements of this module need to run on both databases: names of tables, parameters, sets of rows.
/// A statement names its parameters <c>@name</c> and takes many rows as one JSON parameter (<see cref="RowSet"/>).
/// </summary>
internal sealed class Dialect(Database database)
{
    public bool Sqlite { get; } = database.IsSqlite;
    public string Pages { get; } = database.Table("paging", "pages");
    public string Attempts { get; } = database.Table("paging", "attempts");
    public string Notices { get; } = database.Table("paging", "notices");
    public string Lines { get; } = database.Table("paging", "lines");
    public string Bursts { get; } = database.Table("paging", "bursts");
    public string Pins { get; } = database.Table("paging", "pins");
    public string Unsubscribed { get; } = database.Table("paging", "unsubscribed");
    public string Budgets { get; } = database.Table("paging", "budgets");
    public string Usage { get; } = database.Table("paging", "usage");
    public string Incidents { get; } = database.Table("escalation", "incidents");
    public string Timeline { get; } = database.Table("escalation", "timeline");
    public string True => Sqlite ? "1" : "true";
    public string False => Sqlite ? "0" : "false";

    /// <summary>Ends a select whose rows are to be locked; SQLite's writer is alone anyway.</summary>
    public string ForUpdate(string how = "") => Sqlite ? "" : $" for update {how}";

    /// <summary>Columns that a returning clause gives of the changed table; SQLite knows no alias there, PostgreSQL needs it.</summary>
    public string Own(string alias, params string[] columns) => string.Join(", ", columns.Select(c => Sqlite ? c : $"{alias}.{c}"));

    /// <summary>Membership of the ids given as <paramref name="parameter"/>.</summary>
    public string In(string parameter) => Sqlite ? $"in (select value from json_each({parameter}))" : $"= any({parameter})";

    /// <summary>Which database the connection belongs to is known; this only makes the command.</summary>
    public DbCommand Command(Work work, string sql)
    {
        var command = work.Connection.CreateCommand();
        command.Transaction = work.Transaction;
        command.CommandText = sql;
        return command;
    }

    /// <summary>Two statements that each give ids; one round trip on PostgreSQL.</summary>
    public async Task<(List<Guid> First, List<Guid> Second)> Ids(Work work, DbCommand first, DbCommand second, CancellationToken cancellationToken)
    {
        if (work.Connection is not NpgsqlConnection postgres)
            return (await first.Read(r => r.GetGuid(0), cancellationToken), await second.Read(r => r.GetGuid(0), cancellationToken));
        await using var batch = new NpgsqlBatch(postgres, (NpgsqlTransaction)work.Transaction).With(first).With(second);
        var ids = (First: new List<Guid>(), Second: new List<Guid>());
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            ids.First.Add(reader.GetGuid(0));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            ids.Second.Add(reader.GetGuid(0));
        return ids;
    }

    public RowSet Rows() => new(Sqlite);

    public Instant ReadInstant(DbDataReader reader, int i) => Sqlite
        ? Instants.FromMicroseconds(reader.GetInt64(i))
        : Instant.FromDateTimeUtc(DateTime.SpecifyKind(reader.GetDateTime(i), DateTimeKind.Utc));

    public Instant? ReadInstantOrNull(DbDataReader reader, int i) => reader.IsDBNull(i) ? null : ReadInstant(reader, i);
}

/// <summary>Parameters in the way of either database.</summary>
internal static class Parameters
{
    public static DbCommand With(this DbCommand command, string name, object value)
    {
        var p = command.CreateParameter();
        p.ParameterName = name;
        p.Value = value;
        command.Parameters.Add(p);
        return command;
    }

    public static DbCommand With(this DbCommand command, string name, Instant value)
        => command.With(name, command is NpgsqlCommand ? value.ToDateTimeUtc() : (object)Instants.ToMicroseconds(value));

    public static DbCommand With(this DbCommand command, string name, Guid value)
        => command.With(name, command is NpgsqlCommand ? value : (object)MessageStore.Key(value));

    public static DbCommand With(this DbCommand command, string name, IEnumerable<Guid> values)
        => command.With(name, command is NpgsqlCommand ? values.ToArray() : (object)("[" + string.Join(',', values.Select(v => $"\"{MessageStore.Key(v)}\"")) + "]"));

    public static DbCommand With(this DbCommand command, string name, RowSet rows)
    {
        if (command is NpgsqlCommand npgsql)
            npgsql.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Jsonb) { Value = rows.Json() });
        else
            ((SqliteCommand)command).Parameters.AddWithValue(name, rows.Json());
        return command;
    }

    public static async Task<int> Execute(this DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<T>> Read<T>(this DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using (command)
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));
            return rows;
        }
    }
}
