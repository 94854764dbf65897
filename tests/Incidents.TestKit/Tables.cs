using System.Collections.Concurrent;
using System.Data.Common;

namespace Incidents.TestKit;

/// <summary>Creates the tables of a model in a fresh database. Their script is made once a process: EF works it out anew each time, and sends it statement by statement.</summary>
public static class Tables
{
    private static readonly ConcurrentDictionary<(string Model, Type Connection), string> Scripts = new();

    /// <param name="connection">To the fresh database; left as it was, open or closed.</param>
    /// <param name="model">Names the model; one name, one script a database.</param>
    /// <param name="script">Makes the script, when it is the first.</param>
    public static async Task CreateAsync(DbConnection connection, string model, Func<string> script)
    {
        var wasOpen = connection.State == System.Data.ConnectionState.Open;
        if (!wasOpen) await connection.OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = Scripts.GetOrAdd((model, connection.GetType()), _ => script());
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        if (!wasOpen) await connection.CloseAsync();
    }
}
