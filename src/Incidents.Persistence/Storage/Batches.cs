using System.Data.Common;
using Npgsql;

namespace Incidents.Persistence.Storage;

/// <summary>Several statements in one round trip to PostgreSQL.</summary>
public static class Batches
{
    /// <summary>Adds what a command says; the command itself is not run and may be disposed.</summary>
    public static NpgsqlBatch With(this NpgsqlBatch batch, DbCommand command)
    {
        var copy = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters)
            copy.Parameters.Add(parameter.Clone());
        batch.BatchCommands.Add(copy);
        return batch;
    }
}
