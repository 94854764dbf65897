using Npgsql;

namespace Incidents.TestKit;

/// <summary>A fresh, empty PostgreSQL database; dropped on disposal even while connections are open.</summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private readonly string server;

    private TestPostgres(string server, string name)
    {
        this.server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public static async Task<TestPostgres> CreateAsync(CancellationToken cancel = default)
    {
        var database = new TestPostgres(await Infrastructure.PostgresAsync(), "t_" + Guid.NewGuid().ToString("N"));
        await database.OnServerAsync($"create database {database.Name}", cancel);
        return database;
    }

    /// <summary>Runs one statement in this database.</summary>
    public async Task<object?> ScalarAsync(string sql, CancellationToken cancel = default)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(pooled);
        await OnServerAsync($"drop database if exists {Name} with (force)", CancellationToken.None);
    }

    private async Task OnServerAsync(string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
