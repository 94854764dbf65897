using Incidents.Paging.Model;
using Incidents.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Vendor_when_failing
{
    [Theory, EveryDatabase]
    public async Task is_asked_again_later_and_looked_at_first(Database database)
    {
        await using var app = await PagingApp.Start(database);
        app.Vendor.Refuse = (_, _) => Results.StatusCode(503);
        var incident = await app.Open();
        await app.Page(incident, "tiina");
        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a.Tries == 1), "deferred");
        var waiting = Assert.Single(await app.Attempts());
        Assert.Equal((AttemptState.Waiting, Reason.VendorError), (waiting.State, waiting.Reason));
        Assert.Empty(await app.Sent("escalation.person-unreachable"));

        app.Vendor.Refuse = (_, _) => null;
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), () => app.Vendor.Calls.Any());

        await PagingPaths.Soon(async () => (await app.Attempts()).Single().State == AttemptState.Sent, "sent");
        Assert.Equal("Calls " + FakeOrganisation.Tiina, Assert.Single(app.Vendor.Lists));
        Assert.Equal(waiting.Id, app.Vendor.Calls.Single().Attempt);
    }

    [Theory, EveryDatabase]
    public async Task waits_as_long_as_it_asks(Database database)
    {
        await using var app = await PagingApp.Start(database);
        app.Vendor.Refuse = (_, _) => new TooMany();
        var incident = await app.Open();
        await app.Page(incident, "tiina");

        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a.Tries == 1), "deferred");

        var waiting = Assert.Single(await app.Attempts());
        Assert.Equal(Reason.RateLimited, waiting.Reason);
        Assert.Equal(7, Math.Round((waiting.DueAt - waiting.CreatedAt).TotalSeconds));
    }

    [Theory, EveryDatabase]
    public async Task for_good_leaves_the_next_rule_and_then_tells_that_nobody_is_reached(Database database)
    {
        await using var app = await PagingApp.Start(database);
        app.Vendor.Refuse = (kind, _) => kind == "Calls" ? Results.Json(new { code = 21211, message = "Invalid 'To'" }, statusCode: 400) : Results.Json(new { code = 21610 }, statusCode: 400);
        var incident = await app.Open();

        await app.Page(incident, "bruno");

        await PagingPaths.Soon(async () => (await app.Sent("escalation.person-unreachable")).Count == 1, "unreachable");
        Assert.Equal([Reason.InvalidNumber, Reason.Unsubscribed], (await app.Attempts()).Select(a => a.Reason));
        Assert.Equal(3, (await app.Timeline(incident.Number)).Count(t => t.Kind == "pageFailed"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/pages/failed") { Headers = { { "Authorization", "Bearer observer" } } };
        using var failed = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await failed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"reason\":\"invalidNumber\"", body, StringComparison.Ordinal);
        Assert.Contains($"\"number\":{incident.Number}", body, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task a_lapsed_lease_finds_the_call_that_its_process_made(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var id = await Orphan(app, incident, claimed: app.Time.GetUtcNow());
        // The process died after the vendor had taken the call and before that was written.
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["To"] = FakeOrganisation.Tiina, ["From"] = PagingApp.From, ["StatusCallback"] = $"http://x/?attempt={id}" });
        using var made = await client.PostAsync(app.Vendor.Url + "/2010-04-01/Accounts/AC0001/Calls.json", form, TestContext.Current.CancellationToken);

        app.Time.Advance(TimeSpan.FromSeconds(20));

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), async () => (await app.Attempts()).Single().State == AttemptState.Sent);
        Assert.Single(app.Vendor.Calls);
        Assert.Equal(app.Vendor.Calls.Single().Sid, (await app.Attempts()).Single().VendorId);
        Assert.Single(await app.Timeline(incident.Number), t => t.Kind == "pageSent");
    }

    [Theory, EveryDatabase]
    public async Task a_lapsed_lease_sends_the_same_attempt_when_the_vendor_has_nothing(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var id = await Orphan(app, incident, claimed: app.Time.GetUtcNow());

        app.Time.Advance(TimeSpan.FromSeconds(20));

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), () => app.Vendor.Calls.Any());
        Assert.Single(app.Vendor.Lists);
        Assert.Equal(id, app.Vendor.Calls.Single().Attempt);
        await PagingPaths.Soon(async () => (await app.Attempts()).Single() is { State: AttemptState.Sent, Claims: 2 }, "written under the second lease");
    }

    /// <summary>An attempt in the hands of a process that does not live any more.</summary>
    private static async Task<Guid> Orphan(PagingApp app, Incidents.Persistence.Incidents.Incident incident, DateTimeOffset claimed)
    {
        var at = NodaTime.Instant.FromDateTimeOffset(claimed);
        var page = new Page { Id = Guid.NewGuid(), Incident = incident.Id, Number = incident.Number, Person = "tiina", Episode = 1, Step = 1, Level = 1, High = true, PoolRank = 1, Title = incident.Title, CreatedAt = at };
        var attempt = page.Attempt(Guid.NewGuid(), "mobile", Incidents.Contracts.Organisation.ContactKind.Voice, FakeOrganisation.Tiina, 0, at, at);
        attempt.State = AttemptState.Sending;
        attempt.Claims = 1;
        attempt.FirstClaimAt = at;
        attempt.NextAt = at + NodaTime.Duration.FromSeconds(15);
        await app.Run(work =>
        {
            work.Db.Add(page);
            work.Db.Add(attempt);
        });
        return attempt.Id;
    }

    private sealed class TooMany : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = 429;
            httpContext.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        }
    }
}
