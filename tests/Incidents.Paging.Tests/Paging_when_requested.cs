using Incidents.Paging.Model;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Paging_when_requested
{
    [Theory, EveryDatabase]
    public async Task calls_and_texts_by_the_persons_rules(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open("Disk full on db-1");

        await app.Page(incident, "ana");

        await PagingPaths.Soon(() => app.Vendor.Taken.Count == 2, "a call and a message");
        var call = Assert.Single(app.Vendor.Calls);
        Assert.Equal(FakeOrganisation.Ana, call.To);
        Assert.Equal("30", call.Form["Timeout"]);
        Assert.Equal("initiated,ringing,answered,completed", call.Form["StatusCallbackEvent"]);
        Assert.Contains("/callbacks/twilio/voice?attempt=", call.Form["Url"], StringComparison.Ordinal);
        var message = Assert.Single(app.Vendor.Messages);
        Assert.Contains("Disk full on db-1", message.Body, StringComparison.Ordinal);
        Assert.Contains($"#{incident.Number}", message.Body, StringComparison.Ordinal);
        Assert.Contains("/a/", message.Body, StringComparison.Ordinal);
        await PagingPaths.Soon(async () => (await app.Timeline(incident.Number)).Count(t => t.Kind == "pageSent") == 2, "both in the timeline");
    }

    [Theory, EveryDatabase]
    public async Task waits_for_a_rules_delay_and_for_the_line_to_be_free(Database database)
    {
        await using var app = await PagingApp.Start(database, new(StringComparer.Ordinal) { ["Paging:Voice:BusyRetries"] = "0" });
        var incident = await app.Open();
        await app.Page(incident, "ana");
        await PagingPaths.Soon(() => app.Vendor.Taken.Count == 2, "the first two");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 2, "outcomes written");
        var first = app.Vendor.Calls.Single();
        await app.Status(first.Attempt, "no-answer");

        app.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.Single(app.Vendor.Calls);
        await PagingPaths.Drive(app, TimeSpan.FromSeconds(1), () => app.Vendor.Calls.Count() == 2);

        Assert.Equal(3, (await app.Attempts()).Count);
        Assert.Equal("noAnswer", (await app.Attempts()).Single(a => a.Id == first.Attempt).Reason.Wire());
    }

    [Theory, EveryDatabase]
    public async Task tells_that_nobody_can_be_reached_without_a_usable_contact(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();

        await app.Page(incident, "lena", "olga", "nobody");

        await PagingPaths.Soon(async () => (await app.Sent("escalation.person-unreachable")).Count == 3, "three unreachable");
        var bodies = await app.Sent("escalation.person-unreachable");
        Assert.Contains(bodies, b => b.Contains("lena", StringComparison.Ordinal) && b.Contains("noChannel", StringComparison.Ordinal));
        Assert.Contains(bodies, b => b.Contains("olga", StringComparison.Ordinal) && b.Contains("noContact", StringComparison.Ordinal));
        Assert.Contains(bodies, b => b.Contains("nobody", StringComparison.Ordinal) && b.Contains("unknownPerson", StringComparison.Ordinal));
        Assert.Equal(3, (await app.Timeline(incident.Number)).Count(t => t.Kind == "pageFailed"));
        // What leaves is what the manager is told of the two who are known.
        await PagingPaths.Soon(() => app.Vendor.Messages.Count() == 2, "the manager told of two");
        Assert.All(app.Vendor.Taken, m => Assert.Equal(("Messages", "+3725000098"), (m.Kind, m.To)));
    }

    [Theory, EveryDatabase]
    public async Task restarts_the_sequence_when_the_same_person_is_paged_again_and_never_rings_twice_at_a_time(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        await app.Page(incident, 1, "ana");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 2, "the first two");

        await app.Page(incident, 2, "ana");

        await PagingPaths.Soon(() => app.Vendor.Messages.Count() == 2, "texted again");
        Assert.Single(app.Vendor.Calls);
        var attempts = await app.Attempts();
        Assert.Equal(6, attempts.Count);
        var former = Assert.Single(attempts, a => a.State == AttemptState.Canceled);
        Assert.Equal(Reason.Restarted, former.Reason);

        await app.Status(app.Vendor.Calls.Single().Attempt, "busy");
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(300), () => app.Vendor.Calls.Count() == 2);
    }

    [Theory, EveryDatabase]
    public async Task drops_what_is_not_wanted_any_more(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        await app.Acknowledge(incident, "bruno");

        await app.Page(incident, "ana");
        var other = await app.Open();
        await app.Page(other, "tiina");

        await PagingPaths.Soon(() => app.Vendor.Calls.Any(), "the other call");
        Assert.Equal(FakeOrganisation.Tiina, Assert.Single(app.Vendor.Taken).To);
        Assert.Empty(await app.Attempts(incident.Id));
    }
}
