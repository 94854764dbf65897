using Incidents.Acceptance.Tests.Stage;

namespace Incidents.Acceptance.Tests.Stories;

public class Call_when_other_keys_are_pressed(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task explains_a_wrong_key_repeats_on_star_and_resolves_on_6(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        await it.AlertAsync(crew.Calm, "Keys");
        var incident = await it.IncidentAsync(crew.Calm, "Keys");
        var call = await it.Phones.AnswerAsync(crew.Ana);
        await it.Phones.PressAsync(crew.Ana, "7");
        await it.Phones.HeardAsync(call, c => c.Listening && c.Words.Contains("Key 7 does nothing here.", StringComparison.Ordinal), "that 7 does nothing");
        await it.Phones.PressAsync(crew.Ana, "*");
        await it.Phones.HeardAsync(call, c => c.Listening && c.Said.Count(s => s.Text.Contains("Press 4 to acknowledge", StringComparison.Ordinal)) >= 3, "the keys again");
        await it.Phones.PressAsync(crew.Ana, "6");
        await it.Phones.HeardAsync(call, c => c.Words.Contains($"Resolved. Incident {Phone_when_called.Said(incident.Number)} is closed.", StringComparison.Ordinal), "that it is closed");

        incident = await it.Api.GetIncident(incident.Id.ToString());
        Assert.Equal(("resolved", crew.Ana.Login), (incident.Status, incident.ResolvedBy));
    }

    [Theory, BothShapes]
    public async Task calls_the_next_level_at_once_on_8(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        await it.AlertAsync(crew.Calm, "Pass it on");
        var incident = await it.IncidentAsync(crew.Calm, "Pass it on");
        var call = await it.Phones.AnswerAsync(crew.Ana);
        await it.Phones.PressAsync(crew.Ana, "8");
        await it.Phones.HeardAsync(call, c => c.Words.Contains("Escalated. The next level is paged", StringComparison.Ordinal), "that the next level is paged");
        await it.Phones.AnswerAsync(crew.Bruno);
        await it.Phones.PressAsync(crew.Bruno, "4");

        incident = await it.UntilAsync(incident, i => i.Status == "acknowledged", "acknowledged");
        Assert.Equal((crew.Bruno.Login, 2), (incident.AcknowledgedBy, incident.Level));
        Assert.Contains(await it.TimelineAsync(incident), e => e is { Kind: "escalated", Via: "voice" } && e.Actor == crew.Ana.Login);
    }
}
