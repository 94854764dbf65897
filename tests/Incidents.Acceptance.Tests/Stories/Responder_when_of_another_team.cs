using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Incidents.Acceptance.Tests.Stage;
using Incidents.Client;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>nora's rights, and those of whom every story pages first, are for a team that has no services.</summary>
public class Responder_when_of_another_team(Theatre theatre)
{
    private static readonly Member Nora = new("nora", "+15559990001");

    [Theory, BothShapes]
    public async Task acts_only_on_what_paged_them_or_what_they_opened(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        using var nora = await it.PersonAsync("nora");
        using var ana = await it.PersonAsync(crew.Ana.Login);
        var incident = await it.Api.OpenIncident(new NewIncident("Not hers", crew.Calm));
        await it.Phones.RingAsync(crew.Ana);

        foreach (var verb in new[] { "acknowledge", "escalate", "snooze", "resolve", "notes" })
        {
            using var refused = await nora.PostAsJsonAsync($"/api/v1/incidents/{incident.Id}/{verb}", new { note = "Let me." }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            var title = (await Read(refused)).GetProperty("title").GetString()!;
            Assert.Contains($"team '{crew.Team}'", title, StringComparison.Ordinal);
            Assert.Contains("'nora' is responder for 'elsewhere' only", title, StringComparison.Ordinal);
        }
        await it.Phones.ReplyAsync(Nora, $"ack {incident.Number}");
        await it.Phones.TextAsync(Nora, t => t.Body.Contains($"team '{crew.Team}'", StringComparison.Ordinal), "that it is of another team");
        Assert.Equal("triggered", (await it.Api.GetIncident(incident.Id.ToString())).Status);
        Assert.Equal((false, true), (await MayAct(nora, incident.Id), await MayAct(ana, incident.Id)));

        using var taken = await ana.PostAsJsonAsync($"/api/v1/incidents/{incident.Id}/acknowledge", new { }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(crew.Ana.Login, (await it.Api.GetIncident(incident.Id.ToString())).AcknowledgedBy);
    }

    [Theory, BothShapes]
    public async Task calls_for_help_wherever_it_burns(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        using var nora = await it.PersonAsync("nora");

        using var made = await nora.PostAsJsonAsync("/api/v1/incidents", new { title = "It burns", service = crew.Calm }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var opened = await Read(made);
        using var noted = await nora.PostAsJsonAsync($"/api/v1/incidents/{opened.GetProperty("number")}/notes", new { note = "On the third floor." }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, noted.StatusCode);
        Assert.True(opened.GetProperty("mayAct").GetBoolean());
        using var tested = await nora.PostAsJsonAsync("/api/v1/test-alert", new { service = crew.Calm }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, tested.StatusCode);
    }

    private static async Task<bool> MayAct(HttpClient caller, Guid incident)
        => (await caller.GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{incident}", TestContext.Current.CancellationToken)).GetProperty("mayAct").GetBoolean();

    private static async Task<JsonElement> Read(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
