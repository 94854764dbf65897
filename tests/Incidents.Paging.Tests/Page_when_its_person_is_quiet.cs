using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests;

/// <summary>It is 9:00 UTC, 11:00 in Tallinn; quiet until 11:10 there. Low urgency: a text at once and a call after 2 minutes.</summary>
public sealed class Page_when_its_person_is_quiet
{
    private static void Quiet(PagingApp app) => app.Organisation.Change("tiina", p => p with
    {
        Name = "Tiina Saar",
        Zone = "Europe/Tallinn",
        Contacts = [new("mobile", ContactKind.Voice, FakeOrganisation.Tiina), new("text", ContactKind.Sms, FakeOrganisation.Tiina)],
        Notify = new NotifyRules([new("mobile", Duration.Zero)], [new("text", Duration.Zero), new("mobile", Duration.FromMinutes(2))]),
        QuietHours = new(new LocalTime(10, 30), new LocalTime(11, 10), [IsoDayOfWeek.Monday], null),
    });

    [Theory, EveryDatabase]
    public async Task waits_until_it_is_over_and_says_so(Database database)
    {
        await using var app = await PagingApp.Start(database);
        Quiet(app);
        var incident = await app.Open();

        await app.Run(work => work.Send(PagingApp.Request(incident, 1, high: false, "tiina")));

        await PagingPaths.Soon(async () => (await app.Attempts()).Count == 2, "two attempts");
        Assert.Equal(["09:10 Waiting", "09:12 Waiting"], (await app.Attempts()).Select(a => $"{a.DueAt.ToDateTimeUtc():HH:mm} {a.State}"));
        var line = Assert.Single(await app.Timeline(incident.Number));
        Assert.Equal((TimelineKinds.PageDelayed, "The page of tiina waits until 11:10, quiet hours of Tiina Saar"), (line.Kind, line.Text));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/incidents/{incident.Number}/pages") { Headers = { { "Authorization", "Bearer manager" } } };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var pages = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("items");
        Assert.Equal("waits until 11:10, quiet hours of Tiina Saar", pages[0].GetProperty("waits").GetString());

        app.Time.Advance(TimeSpan.FromMinutes(10));
        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Messages.Count() == 1), "the text at 11:10");
        Assert.Empty(app.Vendor.Calls);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Calls.Count() == 1), "the call at 11:12");
    }

    [Theory, EveryDatabase]
    public async Task rings_at_once_when_the_urgency_is_high_or_becomes_so(Database database)
    {
        await using var app = await PagingApp.Start(database);
        Quiet(app);
        var incident = await app.Open();
        await app.Run(work => work.Send(PagingApp.Request(incident, 1, high: false, "tiina")));
        await PagingPaths.Soon(async () => (await app.Attempts()).Count == 2, "two attempts that wait");

        // The next page of the same person, now urgent, takes the place of the one that waits.
        await app.Run(work => work.Send(PagingApp.Request(incident, 2, high: true, "tiina")));

        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Calls.Count() == 1), "the call");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a is { State: AttemptState.Canceled, Reason: Reason.Restarted }) == 2, "the waiting ones taken back");
        Assert.Empty(app.Vendor.Messages);
    }

    [Theory, EveryDatabase]
    public async Task is_never_sent_when_somebody_has_it_before_they_end(Database database)
    {
        await using var app = await PagingApp.Start(database);
        Quiet(app);
        var incident = await app.Open();
        await app.Run(work => work.Send(PagingApp.Request(incident, 1, high: false, "tiina")));
        await PagingPaths.Soon(async () => (await app.Attempts()).Count == 2, "two attempts that wait");

        await app.Acknowledge(incident, "bruno");
        await PagingPaths.Soon(async () => (await app.Attempts()).TrueForAll(a => a.State == AttemptState.Canceled), "taken back");
        app.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.Empty(app.Vendor.Taken);
    }

    [Theory, EveryDatabase]
    public async Task tells_the_lead_once_a_day_when_there_is_no_contact_at_all(Database database)
    {
        await using var app = await PagingApp.Start(database);
        app.Organisation.Change("joao", p => p with { Contacts = [], Notify = new NotifyRules([], null) });
        var (first, second) = (await app.Open(), await app.Open());

        await app.Page(first, "joao");
        await app.Page(second, "joao");

        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Messages.Any()), "a text to bruno, the lead");
        await PagingPaths.Soon(async () => (await app.Sent("escalation.person-unreachable")).Count == 2, "both pages count as nobody");
        var text = Assert.Single(app.Vendor.Messages);
        Assert.Equal(FakeOrganisation.Bruno, text.To);
        Assert.StartsWith("João cannot be paged\nIncident #", text.Body, StringComparison.Ordinal);
    }
}
