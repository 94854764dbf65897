using System.Text.Json;
using Incidents.Server.Health;
using Npgsql;

namespace Incidents.Server.Tests;

public sealed class Health_when_parts_are_down
{
    [Fact]
    public async Task Is_down_without_the_database_degraded_without_the_broker_and_well_again_after_both()
    {
        await using var postgres = await TestPostgres.CreateAsync(TestContext.Current.CancellationToken);
        await using var rabbit = await TestRabbit.CreateAsync();
        var direct = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        await using var toDatabase = new Cable("127.0.0.1", direct.Port);
        await using var toBroker = new Cable("127.0.0.1", rabbit.Uri.Port);
        direct.Port = toDatabase.Port;
        direct.Timeout = 2;
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Storage:Provider"] = "Postgres", ["Storage:ConnectionString"] = direct.ConnectionString,
            ["Bus:Transport"] = "RabbitMq", ["Bus:Uri"] = new UriBuilder(rabbit.Uri) { Port = toBroker.Port }.Uri.ToString(),
        });
        await Becomes(server, 200, "ok");

        toBroker.Cut();
        var withoutBroker = await Becomes(server, 200, "degraded");
        toBroker.Mend();
        await Becomes(server, 200, "ok");

        toDatabase.Cut();
        var withoutDatabase = await Becomes(server, 503, "down");
        using var alive = await server.Client.Ask("/health/live");
        using var asked = await server.Client.Ask("/api/v1/incidents");
        toDatabase.Mend();
        await Becomes(server, 200, "ok");

        Assert.Contains("bus is degraded", withoutBroker, StringComparison.Ordinal);
        Assert.Contains("database is down", withoutDatabase, StringComparison.Ordinal);
        Assert.Equal(200, (int)alive.StatusCode);
        Assert.Equal(503, (int)asked.StatusCode);
        Assert.NotNull(asked.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("ok", "ok", "ok", "ok", "")]
    [InlineData("ok", "degraded", "ok", "ok", "")]
    [InlineData("down", "ok", "ok", "ok", "database is down")]
    [InlineData("ok", "ok", "down", "ok", "sweeper is down")]
    [InlineData("ok", "ok", "ok", "degraded", "paging is degraded")]
    public void Holds_the_heartbeat_back_unless_people_can_be_paged(string database, string bus, string sweeper, string paging, string holding)
    {
        var report = new HealthReport("any", [new("database", database, Detail: null), new("bus", bus, Detail: null), new("sweeper", sweeper, Detail: null), new("paging", paging, Detail: null)]);

        Assert.Equal(holding, Heartbeat.Holding(report));
    }

    [Fact]
    public async Task Pings_the_watcher_once_all_is_well()
    {
        await using var watcher = await VendorSink.StartAsync();
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Watch:HeartbeatUrl"] = new Uri(watcher.Url, "/ping").ToString() });

        await Eventually.True(() => watcher.Requests.Any(r => r is { Method: "POST", Path: "/ping" }), "the watcher is pinged", cancel: TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for the answer; tells what is not ok in it.</summary>
    private static async Task<string> Becomes(ServerProcess server, int status, string overall)
        => await Eventually.Get(async () =>
        {
            using var answer = await server.Client.Ask("/health/ready");
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return (int)answer.StatusCode == status && body.RootElement.GetProperty("status").GetString() == overall
                ? string.Join("; ", body.RootElement.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("status").GetString() != "ok").Select(c => $"{c.GetProperty("name").GetString()} is {c.GetProperty("status").GetString()}"))
                : null;
        }, $"/health/ready answers {status} {overall}", TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
}
