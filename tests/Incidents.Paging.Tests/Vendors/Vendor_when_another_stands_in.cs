using System.Net;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Model;
using Incidents.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Incidents.Paging.Tests.Vendors;

/// <summary>Two accounts, and where it is said a gateway: the first is the one that fails.</summary>
public sealed class Vendor_when_another_stands_in
{
    private const string SecondToken = "second-token";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static Dictionary<string, string?> Settings(FakeTwilio second, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Paging:Twilio:Backup:ApiBaseUrl"] = second.Url,
            ["Paging:Twilio:Backup:AccountSid"] = "AC0002",
            ["Paging:Twilio:Backup:AuthToken"] = SecondToken,
            ["Paging:Twilio:Backup:From"] = "+15005550007",
            ["Paging:Twilio:Backup:RatePerSecond"] = "100000",
        };
        foreach (var (key, value) in more)
            settings[key] = value;
        return settings;
    }

    private static async Task<JsonElement> Get(PagingApp app, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", "Bearer manager" } } };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    [Theory, EveryDatabase]
    public async Task takes_over_at_once_what_the_first_cannot_do(Database database)
    {
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await PagingApp.Start(database, Settings(second));
        app.Vendor.Refuse = (_, _) => Results.StatusCode(503);
        var incident = await app.Open();

        await app.Page(incident, "bruno");

        // The clock stands still: no time has gone by.
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 2, "both are at the second");
        Assert.All(await app.Attempts(), a => Assert.Equal(("twilioBackup", "twilio", 1), (a.Vendor, a.Asked, a.Tries)));
        Assert.All(second.Taken, t => Assert.Equal("+15005550007", t.Form["From"]));
        Assert.Contains(await app.Timeline(incident.Number), t => t.Kind == "pageSent" && t.Text == "Calling bruno through the second Twilio account, because of Twilio: the vendor's service failed");
        Assert.Equal(["twilioBackup", "twilioBackup"], (await Get(app, $"/api/v1/incidents/{incident.Number}/pages")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("vendor").GetString()));
        Assert.Empty(await app.Sent("escalation.person-unreachable"));
    }

    [Theory, EveryDatabase]
    public async Task is_believed_by_its_own_signature_only(Database database)
    {
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await PagingApp.Start(database, Settings(second));
        app.Vendor.Refuse = (_, _) => Results.StatusCode(503);
        var incident = await app.Open();
        await app.Page(incident, "tiina");
        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a.State == AttemptState.Sent), "it rings");
        var call = second.Calls.Single();
        Dictionary<string, string> Form(string account) => new(StringComparer.Ordinal) { ["AccountSid"] = account, ["CallSid"] = call.Sid, ["Digits"] = "4" };
        var path = $"/callbacks/twilio/digits?attempt={call.Attempt}";

        foreach (var (account, token) in new[] { ("AC0002", PagingApp.Token), ("AC0001", SecondToken), ("AC0003", SecondToken) })
        {
            using var forged = await app.Callback(path, Form(account), token);
            Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        }
        using var genuine = await app.Callback(path, Form("AC0002"), SecondToken);

        Assert.Equal(HttpStatusCode.OK, genuine.StatusCode);
        Assert.Contains("Acknowledged", await genuine.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task takes_over_within_five_seconds_from_one_that_says_nothing(Database database)
    {
        var never = new TaskCompletionSource();
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await PagingApp.Start(database, Settings(second));
        using var atLast = new AtLast(never);
        app.Vendor.BeforeAnswer = () => never.Task;
        var hidden = 0;
        app.Vendor.Refuse = (_, _) => null;
        app.Vendor.ListRefuses = () => Interlocked.Increment(ref hidden) > 0 ? Results.StatusCode(503) : null;
        var incident = await app.Open();
        var from = app.Time.GetUtcNow();
        await app.Page(incident, "tiina");
        await PagingPaths.Soon(() => app.Vendor.Calls.Any(), "the first has it, and says nothing");

        await PagingPaths.Drive(app, Step, () => second.Calls.Any());

        Assert.InRange((app.Time.GetUtcNow() - from).TotalSeconds, 2, 5);
        await PagingPaths.Soon(async () => (await app.Attempts()).Single() is { State: AttemptState.Sent, Vendor: "twilioBackup", VendorId: var id } && id == second.Calls.Single().Sid, "the second's is followed");
        never.TrySetResult();
        // The first's late answer is heard, and changes nothing but the count.
        await PagingPaths.Soon(async () => (await app.Attempts()).Single().VendorId == second.Calls.Single().Sid, "still the second's");
        Assert.Single(await app.Timeline(incident.Number), t => t.Kind == "pageSent");
    }

    [Theory, EveryDatabase]
    public async Task is_not_needed_when_the_first_had_taken_it_after_all(Database database)
    {
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await PagingApp.Start(database, Settings(second));
        app.Vendor.LosesAnswers = true;
        var incident = await app.Open();

        await app.Page(incident, "tiina");

        await PagingPaths.Soon(async () => (await app.Attempts()) is [{ State: AttemptState.Sent, Vendor: "twilio" }], "found at the first");
        Assert.Equal(app.Vendor.Calls.Single().Sid, (await app.Attempts()).Single().VendorId);
        Assert.Empty(second.Taken);
    }

    [Theory, EveryDatabase]
    public async Task is_not_asked_where_the_number_is_wrong(Database database)
    {
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await PagingApp.Start(database, Settings(second));
        app.Vendor.Refuse = (_, _) => Results.Json(new { code = 21211 }, statusCode: 400);

        await app.Page(await app.Open(), "tiina");

        await PagingPaths.Soon(async () => (await app.Sent("escalation.person-unreachable")).Count == 1, "unreachable");
        Assert.Equal(Reason.InvalidNumber, (await app.Attempts()).Single().Reason);
        Assert.Empty(second.Taken);
    }

    [Theory, EveryDatabase]
    public async Task gets_everything_while_the_first_is_left_alone_and_gives_back_when_it_is_well(Database database)
    {
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await PagingApp.Start(database, Settings(second, ("Paging:Vendors:BreakerFailures", "3")));
        var asked = 0;
        app.Vendor.Refuse = (_, _) => { Interlocked.Increment(ref asked); return Results.StatusCode(503); };
        for (var i = 0; i < 3; i++)
        {
            await app.Page(await app.Open(), $"crowd-0{i}");
            await PagingPaths.Soon(() => second.Calls.Count() == i + 1, "it goes over");
        }
        var before = asked;

        await app.Page(await app.Open(), "crowd-10", "crowd-11", "crowd-12", "crowd-13");

        await PagingPaths.Soon(() => second.Calls.Count() == 7, "straight to the second");
        Assert.Equal((3, 3), (before, asked));
        var channels = await Get(app, "/api/v1/channels");
        Assert.Contains(channels.GetProperty("items").EnumerateArray(), c => c.GetProperty("vendor").GetString() == "twilio" && c.GetProperty("state").GetString() == "open");
        Assert.Single(app.Services.GetHealth().Troubles());

        app.Vendor.Refuse = (_, _) => null;
        app.Time.Advance(TimeSpan.FromSeconds(3));
        await app.Page(await app.Open(), "crowd-20");
        await PagingPaths.Drive(app, Step, () => app.Vendor.Calls.Count() == 1);
        await PagingPaths.Soon(() => app.Services.GetHealth().Troubles().Count == 0, "well again");
        await app.Page(await app.Open(), "crowd-21");
        await PagingPaths.Soon(() => app.Vendor.Calls.Count() == 2, "as ever");
    }

    [Theory, EveryDatabase]
    public async Task of_another_kind_is_not_held_by_one_that_hangs(Database database)
    {
        var never = new TaskCompletionSource();
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await PagingApp.Start(database, new(StringComparer.Ordinal)
        {
            ["Paging:Vendors:Order"] = "smsGateway",
            ["Paging:SmsGateway:Url"] = second.Url + "/2010-04-01/Accounts/AC0009/Messages.json",
            ["Paging:SmsGateway:ContentType"] = "application/x-www-form-urlencoded",
            ["Paging:SmsGateway:Body"] = "To={to}&Body={text}&From=x&StatusCallback=http%3A%2F%2Fx%2F%3Fattempt%3D{id}",
            ["Paging:SmsGateway:IdPath"] = "sid",
            ["Paging:SmsGateway:RatePerSecond"] = "1000",
            ["Paging:Twilio:Concurrency"] = "1",
        });
        using var atLast = new AtLast(never);
        app.Vendor.BeforeAnswer = () => never.Task;

        for (var i = 0; i < 5; i++)
            await app.Page(await app.Open($"Disk {i} full"), "ana", "bruno", "tiina");

        await PagingPaths.Soon(() => second.Messages.Count() == 10, "every text is out");
        Assert.All(second.Messages, m => Assert.Contains("full", m.Body, StringComparison.Ordinal));
        Assert.InRange(app.Vendor.Calls.Count(), 1, 2);
        never.TrySetResult();
        Assert.Equal(10, (await app.Attempts()).Count(a => a.Channel == ContactKind.Sms && a.Vendor == "smsGateway"));
    }
}
