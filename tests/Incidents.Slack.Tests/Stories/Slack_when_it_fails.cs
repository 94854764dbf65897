using Incidents.Slack.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stories;

/// <summary>A vendor that is down, limits, and loses its answers. In an installation of their own, one after the other: what fails here would fail for the other stories too.</summary>
public sealed class Slack_when_it_fails(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task other_rules_of_the_person_go_on_and_the_page_arrives_when_it_is_back(Shape shape)
    {
        var stage = await theatre.TroubledAsync(shape);
        var carla = new Chat(stage.Http, "U000CARLA");

        // Down: nothing is posted; the text message goes out nevertheless.
        await carla.FaultsAsync(new { status = 503 });
        var incident = await stage.OpenAsync("Ledger is down", "ledger");
        await stage.UntilTimelineAsync(incident, e => e.Kind == "pageSent" && e.Channel == "sms", "the text message is sent while Slack is down");
        Assert.Empty(await carla.DirectAsync(incident.Number));

        // Limited: nothing before the time that Slack named.
        await carla.FaultsAsync(new { status = 429, retryAfter = 1, times = 2 });
        await carla.UntilDirectAsync(incident.Number, m => m.HasButton("incident.acknowledge"), "the page arrives when Slack is back");
        await carla.UntilAnnouncedAsync(incident.Id, m => m.Written.Contains("Ledger is down", StringComparison.Ordinal), "so does the channel's message");

        // Taken, but the answer is lost: what was posted is found and not posted again.
        await carla.FaultsAsync(new { drop = "answer", method = "chat.postMessage", times = 2 });
        var second = await stage.OpenAsync("Ledger is wrong", "ledger");
        await stage.UntilTimelineAsync(second, e => e.Kind == "pageSent" && e.Channel == "slack", "the page is known to be sent");
        var announced = await carla.UntilAnnouncedAsync(second.Id, m => m.Written.Contains("Ledger is wrong", StringComparison.Ordinal), "the channel's message");
        await stage.Api.Acknowledge(second.Id.ToString());
        var after = await carla.UntilAnnouncedAsync(second.Id, m => !m.HasButton("incident.acknowledge"), "the very message is updated");
        Assert.Equal(announced.Ts, after.Ts);
        Assert.Single(await carla.DirectAsync(second.Number));
        Assert.Single(await carla.AllAnnouncedAsync(second.Id));
    }

    [Theory, BothShapes]
    public async Task a_limited_channel_is_left_alone_and_catches_up(Shape shape)
    {
        var stage = await theatre.TroubledAsync(shape);
        await stage.Ana.FaultsAsync(new { messagesPerSecond = 0.5 });
        var before = await stage.RefusedAsync();

        var incidents = await Task.WhenAll(Enumerable.Range(1, 2).Select(i => stage.OpenAsync($"Storm {i}", i % 2 == 0 ? "ledger" : "checkout")));
        await Task.WhenAll(incidents.Select(i => stage.Api.Resolve(i.Id.ToString())));

        var shown = 0;
        foreach (var incident in incidents)
            shown += 1 + (await stage.Ana.UntilAnnouncedAsync(incident.Id, m => m.Written.Contains("Resolved", StringComparison.Ordinal), $"#{incident.Number} is shown as resolved")).Edits;
        // Both may ask at once when the channel may be written to again, and so may their direct messages; none asks before.
        var refused = await stage.RefusedAsync() - before;
        Assert.InRange(refused, 1, 3 * (shown + incidents.Length));
    }
}
