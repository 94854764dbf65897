using System.Data.Common;
using Incidents.Kernel;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Incidents.Persistence.Events;

/// <summary>Writes the facts of a transaction, all in one statement on PostgreSQL, and wakes those who listen when it commits.</summary>
internal static class EventStore
{
    public static NpgsqlBatchCommand InsertPostgres(IReadOnlyList<(string Kind, string Data)> facts, Instant at)
    {
        var command = new NpgsqlBatchCommand(
            "with facts as (insert into platform.events (at, kind, data) select $1, k, d from unnest($2, $3) as x(k, d)) select pg_notify('incidents_events', '')");
        command.Parameters.Add(new() { Value = at.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = facts.Select(f => f.Kind).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = facts.Select(f => f.Data).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return command;
    }

    public static async Task InsertSqlite(DbConnection connection, DbTransaction transaction, IReadOnlyList<(string Kind, string Data)> facts, Instant at)
    {
        if (facts.Count == 0)
            return;
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "insert into platform_events (at, kind, data) values ($at, $kind, $data)";
        var instant = Add(command, "$at");
        var kind = Add(command, "$kind");
        var data = Add(command, "$data");
        instant.Value = Instants.ToMicroseconds(at);
        foreach (var fact in facts)
        {
            kind.Value = fact.Kind;
            data.Value = fact.Data;
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static DbParameter Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
