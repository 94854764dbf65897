using Incidents.Slack.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stories;

public sealed class Channel_of_an_incident_when_wanted(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task an_incidents_own_channel_is_made_filled_and_archived(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var incident = await stage.OpenAsync("Übergabe: Checkout & Ledger");
        var name = $"inc-{incident.Number}-ubergabe-checkout-ledger";

        var room = await Eventually.Get(async () => await stage.Ana.RoomAsync(name) is { } r && r.Joined.Contains("U00000ANA") ? r : null, "the channel, with ana in it");
        Assert.Contains("SEV2 checkout", room.Topic, StringComparison.Ordinal);
        Assert.Contains($"/incidents/{incident.Number}", room.Bookmarks.ToJsonString(), StringComparison.Ordinal);

        var said = await stage.Ana.SayAsync("found it", room.Id);
        await stage.Mara.ReactAsync(room.Id, said, "pushpin");
        await stage.UntilTimelineAsync(incident, e => e.Text.Contains("found it", StringComparison.Ordinal), "what is pinned in the channel");

        await stage.Api.Resolve(incident.Id.ToString());
        await Eventually.True(async () => (await stage.Ana.RoomAsync(name))!.Archived, "the channel is archived");
    }
}
