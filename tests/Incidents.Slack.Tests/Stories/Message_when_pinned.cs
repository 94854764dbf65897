using Incidents.Slack.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stories;

public sealed class Message_when_pinned(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task stands_once_in_the_timeline_with_its_author_and_link(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var bruno = await stage.BrunoAsync();
        var incident = await stage.OpenAsync($"Pinned {shape}");
        var announced = await stage.Ana.UntilAnnouncedAsync(incident.Id, _ => true, "the incident's message");
        var answer = await bruno.SayAsync("It is the <cache>, I think", threadTs: announced.Ts);
        var channel = (await stage.Ana.RoomAsync("incidents"))!.Id;

        var envelope = await stage.Ana.ReactAsync(channel, answer, "pushpin");
        var note = await stage.UntilTimelineAsync(incident, e => e.Kind == "note" && e.Via == "slack", "the note");
        Assert.Equal("ana", note.Actor);
        Assert.Contains("Bruno Lima in Slack: It is the <cache>, I think", note.Text, StringComparison.Ordinal);
        Assert.Contains("https://simulated.slack.com/archives/", note.Text, StringComparison.Ordinal);

        // Slack delivers again; somebody else pins it too.
        Assert.Equal(200, await stage.Ana.DeliverAsync(envelope, 1));
        await stage.Mara.ReactAsync(channel, answer, "pushpin");
        var second = await bruno.SayAsync($"Restarted it for #{incident.Number}");
        await stage.Mara.ReactAsync(channel, second, "pushpin");
        await stage.UntilTimelineAsync(incident, e => e.Text.Contains("Restarted it", StringComparison.Ordinal), "a message that names the incident");

        Assert.Single(await stage.TimelineAsync(incident), e => e.Text.Contains("the <cache>", StringComparison.Ordinal));
        Assert.True(await stage.MeterAsync("incidents_paging_slack_requests", "kind=\"redelivery\"") >= 1);
        await stage.Ana.UntilToldAsync($"timeline of incident {incident.Number}", channel);
    }

    [Theory, BothShapes]
    public async Task by_others_or_with_another_emoji_is_not_taken(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var incident = await stage.OpenAsync($"Not pinned {shape}");
        var announced = await stage.Ana.UntilAnnouncedAsync(incident.Id, _ => true, "the incident's message");
        var text = await stage.Ana.SayAsync("gossip", threadTs: announced.Ts);
        var channel = (await stage.Ana.RoomAsync("incidents"))!.Id;

        await stage.Ana.ReactAsync(channel, text, "eyes");
        await stage.Otto.ReactAsync(channel, text, "pushpin");
        await stage.Otto.UntilToldAsync("role responder", channel);

        Assert.DoesNotContain(await stage.TimelineAsync(incident), e => e.Text.Contains("gossip", StringComparison.Ordinal));
    }
}
