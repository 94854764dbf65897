using Incidents.Acceptance.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>Policy `quick`: ana, 2 s later bruno, 2 s later the roster, again and again; an acknowledge by SMS stops it.</summary>
public class Quick_policy_when_nobody_answers(Theatre theatre)
{
    private static readonly TimeSpan Level = TimeSpan.FromSeconds(2);

    /// <summary>What a loaded machine may add to a step.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(15);

    [Theory, BothShapes]
    public async Task pages_level_after_level_until_an_sms_acknowledges(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        foreach (var member in crew.Everybody) await it.Phones.DeclinesAsync(member);

        await it.AlertAsync(crew.Canary, "Nobody answers");
        var incident = await it.IncidentAsync(crew.Canary, "Nobody answers");
        var ana = await it.Phones.RingAsync(crew.Ana);
        var bruno = await it.Phones.RingAsync(crew.Bruno);
        var carla = await it.Phones.RingAsync(crew.Carla);
        await it.Phones.RingAsync(crew.Carla, nth: 3);
        await it.Phones.ReplyAsync(crew.Carla, $"ack {incident.Number}");
        await it.Phones.TextAsync(crew.Carla, t => t.Body == $"Acknowledged. Incident {incident.Number} is yours.", "that it is hers");
        incident = await it.Api.GetIncident(incident.Id.ToString());

        Assert.Equal(("acknowledged", crew.Carla.Login), (incident.Status, incident.AcknowledgedBy));
        Assert.True(ana.ReceivedAt < bruno.ReceivedAt && bruno.ReceivedAt < carla.ReceivedAt, "one after the other");
        var levels = (await it.TimelineAsync(incident)).Where(e => e.Kind == "levelStarted").ToList();
        Assert.Equal([1, 2, 3, 3, 3], levels.Take(5).Select(e => e.Level));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second.At - pair.First.At, Level, Level + Late));
        Assert.True((await it.Phones.CallsAsync(crew.Ana)).Count >= 3, "the roster is called again and again");
        foreach (var other in new[] { crew.Ana, crew.Bruno })
            await it.Phones.TextAsync(other, t => t.Body == $"{crew.Carla.Login} has #{incident.Number}: Nobody answers", "who has it");

        // Two more rounds would have come by then.
        var last = incident.AcknowledgedAt!.Value + TimeSpan.FromSeconds(2);
        await Eventually.True(() => TimeProvider.System.GetUtcNow() > incident.AcknowledgedAt + Level + Level, "two rounds' time passes");
        foreach (var member in crew.Everybody) Assert.All(await it.Phones.CallsAsync(member), call => Assert.True(call.ReceivedAt <= last, $"{member.Login} was called at {call.ReceivedAt:O}, acknowledged at {incident.AcknowledgedAt:O}"));
        Assert.All(await it.PagesAsync(incident), page => Assert.True(page.Kind == "notice" || page.SentAt is null || page.SentAt <= last, page.ToString()));
        Assert.Contains(await it.TimelineAsync(incident), e => e is { Kind: "acknowledged", Via: "sms" });
    }
}
