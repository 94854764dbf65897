using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Kernel;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Incidents.Server.Tests;

public sealed class Parked_messages_when_handled(SharedServer server)
{
    [Fact]
    public async Task Are_listed_with_what_went_wrong_and_consumed_once_replayed()
    {
        var id = await Park("It was parked");

        var listed = (await Listed()).Single(m => m.GetProperty("id").GetGuid() == id);
        using var replayed = await server.Client.Send($"/api/v1/messages/{id}/replay");
        using var again = await server.Client.Send($"/api/v1/messages/{id}/replay");

        Assert.Equal("triage", listed.GetProperty("endpoint").GetString());
        Assert.Equal(10, listed.GetProperty("failures").GetInt32());
        Assert.Equal("It broke.", listed.GetProperty("lastError").GetString());
        Assert.Equal(200, (int)replayed.StatusCode);
        Assert.Equal(404, (int)again.StatusCode);
        await Eventually.True(async () => (await server.Client.Text("/api/v1/incidents?q=It was parked")).Contains("It was parked", StringComparison.Ordinal), "its alert opens an incident", cancel: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await Listed(), m => m.GetProperty("id").GetGuid() == id);
    }

    [Fact]
    public async Task Are_gone_once_discarded()
    {
        var id = await Park("Thrown away");

        using var discarded = await server.Client.Send($"/api/v1/messages/{id}/discard");

        Assert.Equal(200, (int)discarded.StatusCode);
        Assert.DoesNotContain(await Listed(), m => m.GetProperty("id").GetGuid() == id);
        Assert.DoesNotContain("Thrown away", await server.Client.Text("/api/v1/incidents"), StringComparison.Ordinal);
    }

    private async Task<List<JsonElement>> Listed() => [.. (await server.Client.Json("/api/v1/messages/parked")).GetProperty("items").EnumerateArray()];

    /// <summary>An alert as it stands in the table after it failed ten times.</summary>
    private async Task<Guid> Park(string title)
    {
        var integration = (await server.Client.Json("/api/v1/integrations")).GetProperty("items")[0].GetProperty("name").GetString()!;
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var id = Guid.CreateVersion7();
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        var alert = new AlertAccepted(integration, id.ToString(), Firing: true, title, none, none, now, EndsAt: null, now, StartsAtGiven: false);
        await using var connection = new SqliteConnection("Data Source=" + Path.Combine(server.Process.DataDirectory, "incidents.db"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "insert into platform_messages (id, endpoint, type, body, published, next_publish_at, due_at, failures, parked_at, last_error) values ($id, 'triage', $type, $body, 0, $later, $now, 10, $now, 'It broke.')";
        command.Parameters.AddWithValue("$id", id.ToString().ToUpperInvariant());
        command.Parameters.AddWithValue("$type", EndpointCatalogue.Of(typeof(AlertAccepted)).Name);
        command.Parameters.AddWithValue("$body", JsonSerializer.SerializeToUtf8Bytes(alert, Json.Options));
        command.Parameters.AddWithValue("$now", Instants.ToMicroseconds(now));
        command.Parameters.AddWithValue("$later", Instants.ToMicroseconds(now + Duration.FromMinutes(5)));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return id;
    }
}
