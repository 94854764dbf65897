using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Ingest.Tests;

public sealed class Payloads_when_kept
{
    private const string Alertmanager = "/integrations/prometheus-key/alertmanager";
    private const string Generic = "/integrations/scripts-key/generic";

    [Theory, EveryDatabase]
    public async Task tell_what_was_taken_and_what_was_refused_and_why(TestDatabase database)
    {
        await using var host = await IngestHost.StartAsync(database: database);

        using (await host.Post(Alertmanager, """{"alerts":[{"labels":{"alertname":"DiskFull","password":"hunter2"}},"bad"]}""")) { }
        using (await host.Post(Generic, """{"summary":"","colour":"red"}""")) { }
        using (await host.Post(Generic, "not json")) { }

        var taken = Assert.Single(await host.Payloads("prometheus", 1));
        Assert.Equal(("alertmanager", 200, 1), (taken.GetProperty("source").GetString(), taken.GetProperty("status").GetInt32(), taken.GetProperty("alertCount").GetInt32()));
        Assert.Equal("alerts[1]", taken.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.DoesNotContain("hunter2", taken.GetProperty("body").GetString(), StringComparison.Ordinal);
        var alert = taken.GetProperty("alerts")[0];
        Assert.Equal(("firing", "waiting"), (alert.GetProperty("status").GetString(), alert.GetProperty("outcome").GetString()));
        Assert.Contains(alert.GetProperty("key").GetString()!, host.Followed(), StringComparer.Ordinal);
        var refused = await host.Payloads("scripts", 2);
        Assert.Equal([("malformed", 400), ("malformed", 400)], refused.Select(p => (p.GetProperty("reason").GetString(), p.GetProperty("status").GetInt32())));
        Assert.Equal("not json", refused[0].GetProperty("body").GetString());
        Assert.Contains("colour", refused[1].GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()), StringComparer.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task are_the_last_twenty_of_either_kind(TestDatabase database)
    {
        await using var host = await IngestHost.StartAsync(database: database);

        for (var second = 0; second < 6; second++)
        {
            for (var i = 0; i < 4; i++)
            {
                using (await host.Post(Generic, $$"""{"summary":"number {{second}} {{i}}"}""")) { }
                using (await host.Post(Generic, $"wrong {second} {i}")) { }
            }
            await host.Written("scripts", $"number {second} 3", $"wrong {second} 3");
        }

        var kept = await host.Payloads("scripts", 40);
        Assert.Equal(20, kept.Count(p => p.GetProperty("reason").ValueKind == JsonValueKind.Null));
        Assert.DoesNotContain(kept, p => p.GetProperty("body").GetString()!.Contains("number 0 ", StringComparison.Ordinal) || p.GetProperty("body").GetString()!.Contains("wrong 0 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task are_a_sample_of_a_fast_source_and_a_refusal_has_room_of_its_own()
    {
        await using var host = await IngestHost.StartAsync();

        for (var i = 0; i < 30; i++)
            using (await host.Post(Generic, $$"""{"summary":"number {{i}}"}""")) { }
        using (await host.Post(Generic, "wrong")) { }

        var kept = await host.Payloads("scripts", 6);
        Assert.Equal("malformed", kept[0].GetProperty("reason").GetString());
        Assert.Equal(5, kept.Count(p => p.GetProperty("status").GetInt32() == 202));
        Assert.Equal(30, host.Rows().Count);
        Assert.Equal(5, host.Followed().Count);
    }

    [Fact]
    public async Task are_of_integrations_that_there_are()
    {
        await using var host = await IngestHost.StartAsync();

        using var answer = await host.Client.GetAsync(new Uri("/api/v1/integrations/nobody/payloads", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("no integration 'nobody'", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("title").GetString(), StringComparison.Ordinal);
    }
}
