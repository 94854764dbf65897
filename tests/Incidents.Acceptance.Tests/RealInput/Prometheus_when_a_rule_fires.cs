using System.Net.Http.Headers;
using System.Text.Json;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Acceptance.Tests.RealInput;

public sealed class Prometheus_when_a_rule_fires
{
    private const string Key = "real-prometheus-key-0123456789";

    private const string Organisation = $$"""
        version: 1
        calendars:
          - { name: always, zone: Etc/UTC, businessHours: { days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00" }, night: { from: "22:00", to: "06:00" }, holidays: [] }
        people:
          - { login: ana, name: Ana Souza, email: ana@example.com, zone: Etc/UTC, calendar: always, site: here, role: responder,
              contacts: [{ name: text, kind: sms, address: "+15550100001" }], notify: { high: [{ contact: text }] } }
        teams: [{ name: payments, lead: ana, calendar: always, members: [ana] }]
        pools: [{ name: A, rank: 1, mtta: 30m, levelTimeout: 15m, slo: 99.9, coverage: always, policy: default, firstLineDeadline: 2m }]
        schedules: [{ name: payments, team: payments, pool: A, zone: Etc/UTC, layers: [{ name: weekly, position: primary, start: 2026-01-05T00:00, turn: 1w, slots: [[ana]] }] }]
        policies: [{ name: default, levels: [{ page: [{ schedule: own, position: primary }], timeout: pool }], repeat: 0, lastResort: { page: [{ lead: own-team }], every: 30m } }]
        services: [{ name: checkout, team: payments, pool: A, schedule: payments }]
        integrations: [{ name: prometheus, kind: alertmanager, key: {{Key}}, service: { label: service, default: checkout } }]
        """;

    [Theory]
    [InlineData(Database.Sqlite, Transport.InMemory)]
    [InlineData(Database.Postgres, Transport.RabbitMq)]
    public async Task pages_the_person_on_call_and_resolves_when_the_rule_recovers(Database database, Transport transport)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var shape = await TestShape.CreateAsync(database, transport);
        await using var vendor = await VendorSink.StartAsync();
        await using var server = await ServerProcess.StartAsync(shape, vendor.Settings);
        using (var document = new StringContent(Organisation, new MediaTypeHeaderValue("application/yaml")))
        using (var applied = await server.Client.PutAsync(new Uri("/api/v1/config", UriKind.Relative), document, cancel))
            Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync(cancel));
        await using var chain = await PrometheusChain.StartAsync(new Uri(server.Url, $"/integrations/{Key}/alertmanager"));

        chain.ErrorRatio = 0.25;

        await Eventually.True(() => vendor.Messages.Count > 0, "the first text is at the vendor", cancel: cancel);
        var text = Assert.Single(vendor.Messages);
        Assert.Equal("+15550100001", text.Form["To"]);
        Assert.Contains("Checkout fails 25% of its requests", text.Form["Body"], StringComparison.Ordinal);
        var incident = await OnlyIncident(server, cancel);
        Assert.Equal("triggered", incident.GetProperty("status").GetString());
        Assert.Equal("checkout", incident.GetProperty("service").GetString());
        var alert = Assert.Single(incident.GetProperty("alerts").EnumerateArray().ToList());
        Assert.Equal("CheckoutErrors", alert.GetProperty("labels").GetProperty("alertname").GetString());

        chain.ErrorRatio = 0;

        await Eventually.True(async () => (await OnlyIncident(server, cancel)).GetProperty("status").GetString() == "resolved", "the incident is resolved", cancel: cancel);
        var kinds = await Timeline(server, incident.GetProperty("number").GetInt64(), cancel);
        Assert.Equal("opened", kinds[0].Kind);
        Assert.Contains(kinds, entry => entry.Kind == "pageSent");
        Assert.Contains(kinds, entry => entry is { Kind: "resolved", Via: "source" });
    }

    /// <summary>The one incident, whole. More than one is a failure: Alertmanager repeats itself, incidents do not.</summary>
    private static async Task<JsonElement> OnlyIncident(ServerProcess server, CancellationToken cancel)
    {
        var list = await Get(server, "/api/v1/incidents", cancel);
        var summary = Assert.Single(list.GetProperty("items").EnumerateArray().ToList());
        return await Get(server, $"/api/v1/incidents/{summary.GetProperty("number").GetInt64()}", cancel);
    }

    private static async Task<List<(string? Kind, string? Via)>> Timeline(ServerProcess server, long number, CancellationToken cancel) =>
        [.. (await Get(server, $"/api/v1/incidents/{number}/timeline", cancel)).GetProperty("items").EnumerateArray()
            .Select(entry => (entry.GetProperty("kind").GetString(), entry.TryGetProperty("via", out var via) ? via.GetString() : null))];

    private static async Task<JsonElement> Get(ServerProcess server, string path, CancellationToken cancel)
    {
        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative), cancel);
        var body = await answer.Content.ReadAsStringAsync(cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }
}
