using Incidents.Client;
using Incidents.Slack.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stories;

public sealed class Page_when_sent_by_direct_message(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task is_acknowledged_by_its_button_and_every_message_follows_in_place(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var incident = await stage.OpenAsync($"Checkout is slow {shape}");

        var page = await stage.Ana.UntilDirectAsync(incident.Number, m => m.HasButton("incident.acknowledge"), "ana is paged in Slack");
        var announced = await stage.Ana.UntilAnnouncedAsync(incident.Id, m => m.Written.Contains("Paging, level 1", StringComparison.Ordinal), "the channel has the incident's message");
        Assert.Contains("Checkout is slow", announced.Written, StringComparison.Ordinal);
        Assert.Contains("SEV2", announced.Written, StringComparison.Ordinal);
        var sent = await stage.UntilTimelineAsync(incident, e => e.Kind == "delivered", "the receipt stands in the timeline");
        Assert.Equal("slack", sent.Channel);

        var room = await stage.Ana.DirectRoomAsync();
        Assert.Equal(200, await stage.Ana.PressAsync(page, room, "incident.acknowledge", $"{incident.Number}"));

        var entry = await stage.UntilTimelineAsync(incident, e => e.Kind == "acknowledged", "the timeline has the acknowledgement");
        Assert.Equal(("ana", "slack"), (entry.Actor, entry.Via));
        await stage.Ana.UntilToldAsync($"Incident {incident.Number} is yours", room);
        var after = await stage.Ana.UntilAnnouncedAsync(incident.Id, m => m.Written.Contains("Ana Souza acknowledged", StringComparison.Ordinal), "the channel's message tells who has it");
        Assert.Equal(announced.Ts, after.Ts);
        Assert.False(after.HasButton("incident.acknowledge"));
        var direct = await stage.Ana.UntilDirectAsync(incident.Number, m => m.Ts == page.Ts && m.Written.Contains("You have it", StringComparison.Ordinal), "the direct message tells it too");
        Assert.True(direct.Edited);

        // Buttons of the channel: somebody whom the e-mail address links.
        var bruno = await stage.BrunoAsync();
        await bruno.PressAsync(after, "incidents", "incident.resolve", $"{incident.Number}");
        var resolved = await stage.Ana.UntilAnnouncedAsync(incident.Id, m => m.Written.Contains("Resolved by Bruno Lima", StringComparison.Ordinal), "the message tells that it is over");
        Assert.Equal(announced.Ts, resolved.Ts);
        Assert.False(resolved.HasButton("incident.resolve"));
    }

    [Theory, BothShapes]
    public async Task tells_those_whom_nobody_knows_and_changes_nothing(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var incident = await stage.OpenAsync($"Strangers {shape}");
        var announced = await stage.Ana.UntilAnnouncedAsync(incident.Id, _ => true, "the incident's message");
        var stranger = await stage.StrangerAsync();

        await stranger.PressAsync(announced, "incidents", "incident.acknowledge", $"{incident.Number}");
        await stage.Otto.PressAsync(announced, "incidents", "incident.acknowledge", $"{incident.Number}");

        await stranger.UntilToldAsync("does not know who you are");
        await stage.Otto.UntilToldAsync("needs the role responder");
        Assert.Equal("triggered", (await stage.Api.GetIncident(incident.Id.ToString())).Status);
    }

    [Theory, BothShapes]
    public async Task shows_the_last_of_many_changes_in_one_message(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var incident = await stage.OpenAsync($"Many changes {shape}");
        var id = incident.Id.ToString();

        await Task.WhenAll(Enumerable.Range(1, 30).Select(i => stage.Api.AddNote(id, $"note {i}")));
        await stage.Api.Acknowledge(id);
        await stage.Api.AddNote(id, "the last word");

        var message = await stage.Ana.UntilAnnouncedAsync(incident.Id, m => m.Written.Contains("the last word", StringComparison.Ordinal), "the message has the last word");
        Assert.True(message.Edits < 33, $"{message.Edits} edits");
        Assert.Single(await stage.Ana.AllAnnouncedAsync(incident.Id));
    }
}
