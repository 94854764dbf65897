using Incidents.Slack.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stories;

/// <summary>An installation of its own, because its workspace is slow.</summary>
public sealed class Channel_when_limited
{
    [Theory, BothShapes]
    public async Task a_limited_channel_is_left_alone_and_catches_up(Shape shape)
    {
        await using var stage = await Installation.StartAsync(shape, ("Paging:Slack:MessageInterval", "00:00:00"));
        await stage.Ana.FaultsAsync(new { messagesPerSecond = 20 });

        var incidents = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => stage.OpenAsync($"Storm {i}", i % 2 == 0 ? "ledger" : "checkout")));
        await Task.WhenAll(incidents.Select(i => stage.Api.Resolve(i.Id.ToString())));

        foreach (var incident in incidents)
            await stage.Ana.UntilAnnouncedAsync(incident.Id, m => m.Written.Contains("Resolved", StringComparison.Ordinal), $"#{incident.Number} is shown as resolved");
    }
}
