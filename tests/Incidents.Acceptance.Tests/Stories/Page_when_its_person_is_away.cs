using System.Net.Http.Json;
using Incidents.Acceptance.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>Policy `quick` names ana first; she is away and has named carla.</summary>
[Collection("the whole configuration")]
public class Page_when_its_person_is_away(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task goes_to_whom_they_named_and_says_so(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var now = TimeProvider.System.GetUtcNow();
        using var away = await it.Http.PostAsJsonAsync($"/api/v1/people/{crew.Ana.Login}/absences", new { from = now.AddHours(-1), to = now.AddDays(1), reason = "vacation", handOver = crew.Carla.Login }, TestContext.Current.CancellationToken);
        Assert.True(away.IsSuccessStatusCode, await away.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await it.AlertAsync(crew.Canary, "Nobody at her desk");
        var incident = await it.IncidentAsync(crew.Canary, "Nobody at her desk");
        await it.Phones.RingAsync(crew.Carla);
        await it.Phones.ReplyAsync(crew.Carla, $"ack {incident.Number}");
        await Eventually.True(async () => (await it.Api.GetIncident(incident.Id.ToString())).AcknowledgedBy == crew.Carla.Login, "carla has it");

        Assert.Empty(await it.Phones.CallsAsync(crew.Ana));
        var said = Assert.Single(await it.TimelineAsync(incident), e => e.Kind == "handedOver" && e.Level == 1);
        Assert.StartsWith($"{crew.Ana.Login} is away until ", said.Text, StringComparison.Ordinal);
        Assert.EndsWith($"{crew.Carla.Login} takes it.", said.Text, StringComparison.Ordinal);
    }
}
