using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Incidents.Ingest.Tests;

public sealed class Webhooks_when_posted_to
{
    private const string Alertmanager = "/integrations/prometheus-key/alertmanager";
    private const string Grafana = "/integrations/prometheus-key/grafana";
    private const string Generic = "/integrations/scripts-key/generic";

    [Fact]
    public async Task answer_once_the_rows_stand()
    {
        await using var host = await IngestHost.StartAsync();

        using var answer = await host.Post(Alertmanager, """{"alerts":[{"labels":{"a":"1"}},"bad",{"labels":{"a":"2"},"status":"resolved"}]}""");
        var rows = host.Rows();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, rows.Count);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((2, 2), (body.GetProperty("accepted").GetInt32(), body.GetProperty("ids").GetArrayLength()));
        Assert.Equal("alerts[1]", body.GetProperty("errors")[0].GetProperty("path").GetString());
        using var grafana = await host.Post(Grafana, """{"alerts":[{"labels":{"a":"3"}}]}""");
        Assert.Equal(HttpStatusCode.OK, grafana.StatusCode);
        using var generic = await host.Post(Generic, """{"summary":"It is broken."}""");
        Assert.Equal(HttpStatusCode.Accepted, generic.StatusCode);
        Assert.Equal(4, host.Rows().Count);
    }

    [Fact]
    public async Task write_many_requests_that_come_at_once()
    {
        await using var host = await IngestHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.Post(Generic, $$"""{"summary":"number {{i}}"}""")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.StatusCode));
        Assert.Equal(200, host.Rows().Distinct().Count());
    }

    [Fact]
    public async Task use_the_idempotency_key_for_the_alert()
    {
        await using var host = await IngestHost.StartAsync();

        using var first = await host.Post(Generic, """{"summary":"It is broken."}""", "run-7");
        using var second = await host.Post(Generic, """{"summary":"It is broken, really."}""", "run-7");

        Assert.All(host.Rows(), row => Assert.Equal("run-7", JsonDocument.Parse(row).RootElement.GetProperty("key").GetString()));
        Assert.Equal(2, host.Rows().Count);
    }

    [Theory]
    [InlineData("/integrations/nobody/alertmanager", "{}", 404, "No integration has this key")]
    [InlineData("/integrations/nobody/generic", "{}", 404, "No integration has this key")]
    [InlineData(Alertmanager, "not json", 400, "not JSON")]
    [InlineData(Alertmanager, "[]", 400, "JSON object")]
    [InlineData(Alertmanager, "{}", 422, "alerts")]
    [InlineData(Generic, "", 400, "not JSON")]
    [InlineData(Generic, "{\"\\ud83d\":1}", 400, "cannot be read")]
    [InlineData(Generic, """{"severity":"loud"}""", 400, "Use critical, error, warning, info or SEV1 to SEV4.")]
    public async Task refuse_with_a_reason_and_change_nothing(string path, string body, int status, string reason)
    {
        await using var host = await IngestHost.StartAsync();

        using var answer = await host.Post(path, body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(host.Rows());
    }

    [Theory]
    [InlineData(Alertmanager, false, 1)]
    [InlineData(Alertmanager, true, 1)]
    [InlineData(Generic, false, 0)]
    [InlineData(Generic, true, 0)]
    public async Task tell_somebody_when_a_source_drops_what_is_too_large(string path, bool chunked, int rows)
    {
        await using var host = await IngestHost.StartAsync(new() { ["Ingest:MaxWebhookBytes"] = "4096", ["Ingest:MaxGenericBytes"] = "2048" });

        using var answer = await host.Post(path, $$"""{"summary":"{{new string('x', 20_000)}}"}""", chunked: chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(rows, host.Rows().Count);
        Assert.All(host.Rows(), row => Assert.Contains("Oversized payload from prometheus", row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Alertmanager, """{"alerts":[{"labels":{"a":"1"}}]}""", HttpStatusCode.ServiceUnavailable)]
    [InlineData(Generic, """{"summary":"s"}""", HttpStatusCode.TooManyRequests)]
    public async Task limit_one_integration_in_a_way_that_its_source_survives_and_spare_the_others(string path, string body, HttpStatusCode expected)
    {
        await using var host = await IngestHost.StartAsync(new() { ["Ingest:RatePerIntegration"] = "3" });
        for (var i = 0; i < 3; i++)
        {
            using var taken = await host.Post(path, body);
            Assert.True(taken.IsSuccessStatusCode);
        }

        using var refused = await host.Post(path, body);
        using var other = await host.Post(path == Generic ? Alertmanager : Generic, path == Generic ? """{"alerts":[{"labels":{"a":"1"}}]}""" : """{"summary":"s"}""");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        using var again = await host.Post(path, body);

        Assert.Equal(expected, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.True(other.IsSuccessStatusCode);
        Assert.True(again.IsSuccessStatusCode);
        Assert.Equal(5, host.Rows().Count);
    }

    [Theory]
    [InlineData(Alertmanager, """{"alerts":[{"labels":{"a":"1"}}]}""")]
    [InlineData(Generic, """{"summary":"s"}""")]
    [InlineData("/integrations/nobody/generic", """{"summary":"s"}""")]
    public async Task ask_to_try_again_when_the_database_is_away(string path, string body)
    {
        await using var host = await IngestHost.StartAsync(away: true);

        using var answer = await host.Post(path, body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
