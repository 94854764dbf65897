using System.Net;
using System.Net.Http.Json;
using Incidents.Acceptance.Tests.Stage;
using Incidents.Client;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>Declared by hand, escalated, snoozed, noted: through the API that every tool uses.</summary>
public class Incident_when_people_act(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task opens_once_under_an_idempotency_key(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var wanted = new NewIncident("Declared by hand", crew.Calm, "SEV2");
        var key = Guid.NewGuid().ToString();

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => it.Api.OpenIncident(wanted, key)));
        var call = await it.Phones.RingAsync(crew.Ana);
        var refused = await Assert.ThrowsAsync<ApiException>(() => it.Api.OpenIncident(wanted with { Title = "Something else" }, key));

        Assert.Single(opened.Select(i => i.Id).Distinct());
        Assert.Equal(("triggered", "SEV2", crew.Calm), (opened[0].Status, opened[0].Severity, opened[0].Service));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Single((await it.Api.ListIncidents(service: crew.Calm)).Items);
        Assert.Equal([call.Sid], (await it.Phones.CallsAsync(crew.Ana)).Select(c => c.Sid));
    }

    [Theory, BothShapes]
    public async Task starts_the_next_level_when_escalated_by_hand(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        var incident = await it.Api.OpenIncident(new NewIncident("Wants help", crew.Calm));
        await it.Phones.RingAsync(crew.Ana);
        await it.Api.Escalate(incident.Id.ToString(), new ActionOptions(As: crew.Ana.Login, Note: "No idea."));
        await it.Phones.RingAsync(crew.Bruno);

        var entry = (await it.TimelineAsync(incident)).Single(e => e.Kind == "escalated");
        Assert.Equal((crew.Ana.Login, "api"), (entry.Actor, entry.Via));
        Assert.Contains("No idea.", entry.Text, StringComparison.Ordinal);
    }

    [Theory, BothShapes]
    public async Task rings_again_when_its_snooze_ends(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        var incident = await it.Api.OpenIncident(new NewIncident("Later", crew.Calm));
        var first = await it.Phones.RingAsync(crew.Ana);
        var until = TimeProvider.System.GetUtcNow().AddSeconds(6);
        incident = await it.Api.Snooze(incident.Id.ToString(), until);
        await it.Phones.HeardAsync(first, c => c.Status == "canceled", "the ringing stops");
        var again = await it.Phones.RingAsync(crew.Ana, nth: 2);

        Assert.Equal("snoozed", incident.Status);
        Assert.True(again.ReceivedAt >= until.AddMilliseconds(-5), $"rang at {again.ReceivedAt:O}, snoozed until {until:O}");
        Assert.Equal("triggered", (await it.Api.GetIncident(incident.Id.ToString())).Status);
    }

    [Theory, BothShapes]
    public async Task keeps_the_first_acknowledge_and_refuses_one_after_the_end(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var incident = await it.Api.OpenIncident(new NewIncident("Whose is it", crew.Calm));
        var id = incident.Id.ToString();

        await it.Api.Acknowledge(incident.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), new ActionOptions(As: crew.Bruno.Login));
        var second = await it.Api.Acknowledge(id, new ActionOptions(As: crew.Carla.Login));
        await it.Api.AddNote(id, "It was the cache.");
        await it.Api.Resolve(id);
        await it.Api.Resolve(id);
        var late = await Assert.ThrowsAsync<ApiException>(() => it.Api.Acknowledge(id));

        Assert.Equal(crew.Bruno.Login, second.AcknowledgedBy);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal(["acknowledged", "note", "resolved"], (await it.TimelineAsync(incident)).Where(e => e.Kind is "acknowledged" or "note" or "resolved").Select(e => e.Kind));
    }

    [Theory, BothShapes]
    public async Task says_every_fault_of_a_bad_request_and_changes_nothing(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);

        using var answer = await it.Http.PostAsJsonAsync("/api/v1/incidents", new { title = " ", service = "no-such", severity = "SEV9" });
        var problem = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        foreach (var path in new[] { "title", "service", "severity" }) Assert.Contains($"\"path\":\"{path}\"", problem, StringComparison.Ordinal);
    }
}
