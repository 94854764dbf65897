using Incidents.Acceptance.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>The carrier refuses: for a while, or a number for good.</summary>
public class Vendor_when_it_fails
{
    [Theory, BothShapes]
    public async Task is_asked_again_until_the_page_is_sent_and_a_dead_number_starts_the_next_level(Shape shape)
    {
        await using var it = await Installation.StartAsync(shape, crews: 2);
        var (late, dead) = (it.NextCrew(), it.NextCrew());

        // For a while: nothing is sent, the first page says so, and as soon as the carrier is back the phone rings.
        await it.Phones.FaultsAsync(new { status = 503 });
        await it.AlertAsync(late.Calm, "The carrier is down");
        var incident = await it.IncidentAsync(late.Calm, "The carrier is down");
        var failed = await Eventually.Get(async () => (await it.FailedAsync(incident)).FirstOrDefault(f => f.Channel == "voice"), "the page stands among those that could not be sent");
        Assert.Equal((late.Ana.Login, "vendorError"), (failed.Person, failed.Reason));
        Assert.Empty(await it.Phones.CallsAsync(late.Ana));
        await it.Phones.NoFaultsAsync();
        await it.Phones.AnswerAsync(late.Ana);
        await it.Phones.PressAsync(late.Ana, "4");
        await it.UntilAsync(incident, i => i.Status == "acknowledged", "acknowledged");
        await Eventually.True(async () => (await it.FailedAsync(incident)).Count == 0, "nothing is red any more");
        Assert.Single(await it.Phones.CallsAsync(late.Ana));

        // For good: the next level does not wait for the hour.
        await it.Phones.FaultsAsync(new { rejectNumbers = new[] { dead.Ana.Number } });
        await it.AlertAsync(dead.Calm, "A dead number");
        await it.Phones.RingAsync(dead.Bruno);
        incident = await it.IncidentAsync(dead.Calm, "A dead number");
        Assert.Equal(2, (await it.UntilAsync(incident, i => i.Level == 2, "at level 2")).Level);
        Assert.Contains(await it.FailedAsync(incident), f => f.Person == dead.Ana.Login && f is { Channel: "voice", Reason: "invalidNumber" });
        Assert.Contains(await it.TimelineAsync(incident), e => e.Kind == "pageFailed" && e.Person == dead.Ana.Login);
    }
}
