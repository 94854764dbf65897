using System.Net.Http.Json;
using Incidents.Acceptance.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>The main job: an alert rings a phone, a key press acknowledges, the timeline tells it.</summary>
public class Alert_when_the_phone_is_answered(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task is_acknowledged_by_voice_and_told_in_order(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        using (var sent = await it.Http.PostAsJsonAsync("/api/v1/test-alert", new { service = crew.Calm, summary = "The first ring" })) sent.EnsureSuccessStatusCode();
        var call = await it.Phones.AnswerAsync(crew.Ana);
        var incident = await it.IncidentAsync(crew.Calm, "The first ring");
        Assert.Contains("Sev 1, " + crew.Calm + ": The first ring.", call.Words, StringComparison.Ordinal);
        Assert.Contains("Press 4 to acknowledge", call.Words, StringComparison.Ordinal);

        await it.Phones.PressAsync(crew.Ana, "4");
        call = await it.Phones.HeardAsync(call, c => c.EndedAt is not null, "the end");
        incident = await it.Api.GetIncident(incident.Id.ToString());

        Assert.EndsWith($"Acknowledged. Incident {Phone_when_called.Said(incident.Number)} is yours. Goodbye.", call.Words, StringComparison.Ordinal);
        Assert.Equal(("acknowledged", crew.Ana.Login), (incident.Status, incident.AcknowledgedBy));
        Assert.Null(incident.NextStepAt);
        var told = await Eventually.Get(async () => await it.TimelineAsync(incident) is { } t && t.Any(e => e is { Kind: "pageSent", Channel: "voice" }) ? t : null, "the call stands in the timeline");
        Assert.Equal(["opened", "levelStarted", "pageSent", "acknowledged"], told.Where(e => e.Kind is "opened" or "levelStarted" or "acknowledged" || e is { Kind: "pageSent", Channel: "voice" }).Select(e => e.Kind));
        Assert.Equal((crew.Ana.Login, "voice"), told.Where(e => e.Kind == "acknowledged").Select(e => (e.Actor!, e.Via)).Single());
        Assert.Equal(told.OrderBy(e => e.At).Select(e => e.At), told.Select(e => e.At));
    }
}
