using System.Net;
using System.Net.Http.Json;
using Incidents.Acceptance.Tests.Stage;
using Incidents.Client;

namespace Incidents.Acceptance.Tests.Stories;

public class Api_when_called(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task lets_nobody_in_without_a_key_and_nobody_act_without_the_right(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var incident = await it.Api.OpenIncident(new NewIncident("Not for everybody", crew.Calm));
        using var stranger = await it.ClientAsync(null);
        using var observer = await it.ClientAsync("observer");
        using var responder = await it.ClientAsync("responder");
        var path = $"/api/v1/incidents/{incident.Id}";

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(stranger, path));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(stranger, path + "/acknowledge"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(observer, path));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(observer, path + "/acknowledge"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(responder, path + "/acknowledge", new { @as = crew.Ana.Login }));
        Assert.Equal(HttpStatusCode.Forbidden, await PutConfigAsync(responder));
        Assert.Equal("triggered", (await it.Api.GetIncident(incident.Id.ToString())).Status);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(responder, path + "/acknowledge"));
    }

    [Theory, BothShapes]
    public async Task refuses_callbacks_without_the_vendors_signature(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var incident = await it.Api.OpenIncident(new NewIncident("Forged reply", crew.Calm));
        using var stranger = await it.ClientAsync(null);
        using var form = new FormUrlEncodedContent([new("From", crew.Ana.Number), new("To", "+15550100000"), new("Body", $"ack {incident.Number}")]);

        using var answer = await stranger.PostAsync(new Uri("/callbacks/twilio/sms", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("triggered", (await it.Api.GetIncident(incident.Id.ToString())).Status);
    }

    [Theory, BothShapes]
    public async Task exposes_health_and_the_metrics_that_an_operator_watches(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        using var stranger = await it.ClientAsync(null);

        // A histogram appears with its first value: an alert, a page and a timer that came due.
        await it.AlertAsync(crew.Canary, "Measured");
        await it.Phones.RingAsync(crew.Bruno);
        await it.Api.Resolve((await it.IncidentAsync(crew.Canary, "Measured")).Id.ToString());
        var ready = await stranger.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
        var metrics = await stranger.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        foreach (var check in new[] { "database", "bus", "sweeper", "paging" }) Assert.Contains($"\"name\":\"{check}\",\"status\":\"ok\"", ready, StringComparison.Ordinal);
        foreach (var name in new[] { "incidents_ingest_accept_time", "incidents_messages_queue_age", "incidents_sweeper_tardiness", "incidents_paging_attempts", "incidents_paging_errors", "incidents_incidents_open", "incidents_messages_parked_now" })
            Assert.Contains("\n" + name, metrics, StringComparison.Ordinal);
        Assert.Contains("reason=\"invalidNumber\"", metrics, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path, object? body = null)
    {
        using var answer = await client.PostAsJsonAsync(path, body ?? new { });
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PutConfigAsync(HttpClient client)
    {
        using var content = new StringContent("version: 1\n", System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await client.PutAsync(new Uri("/api/v1/config?dryRun=true", UriKind.Relative), content);
        return answer.StatusCode;
    }
}
