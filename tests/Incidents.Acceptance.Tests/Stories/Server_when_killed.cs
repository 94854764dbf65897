using Incidents.Acceptance.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

public class Server_when_killed
{
    [Theory, BothShapes]
    public async Task goes_on_with_the_next_level_and_keeps_what_was_acknowledged(Shape shape)
    {
        await using var it = await Installation.StartAsync(shape, crews: 2);
        var (open, taken) = (it.NextCrew(), it.NextCrew());

        await it.AlertAsync(taken.Canary, "Taken before the end");
        await it.Phones.AnswerAsync(taken.Ana);
        await it.Phones.PressAsync(taken.Ana, "4");
        var acknowledged = await it.UntilAsync(await it.IncidentAsync(taken.Canary, "Taken before the end"), i => i.Status == "acknowledged", "acknowledged");
        await it.AlertAsync(open.Canary, "Open at the end");
        await it.Phones.RingAsync(open.Ana);
        var incident = await it.IncidentAsync(open.Canary, "Open at the end");
        await it.Server.Kill9Async();
        await it.Server.StartAgainAsync();

        // The carrier's memory died too: what rings now was sent after the start.
        await it.Phones.RingAsync(open.Bruno);
        await it.Phones.RingAsync(open.Carla);
        await it.Phones.ReplyAsync(open.Bruno, $"ack {incident.Number}");
        incident = await it.UntilAsync(incident, i => i.Status == "acknowledged", "acknowledged");
        Assert.Equal(0, await it.Server.TermAsync());
        await it.Server.StartAgainAsync();

        var last = incident.AcknowledgedAt!.Value + TimeSpan.FromSeconds(2);
        await Eventually.True(() => TimeProvider.System.GetUtcNow() > last + TimeSpan.FromSeconds(3), "a level's time passes");
        foreach (var member in open.Everybody.Concat(taken.Everybody)) Assert.DoesNotContain(await it.Phones.CallsAsync(member), c => c.ReceivedAt > last);
        foreach (var kept in new[] { incident, acknowledged }) Assert.Equal("acknowledged", (await it.Api.GetIncident(kept.Id.ToString())).Status);
        var levels = (await it.TimelineAsync(incident)).Where(e => e.Kind == "levelStarted").Select(e => e.Level).ToList();
        Assert.Equal([1, 2, 3], levels.Take(3));
    }
}
