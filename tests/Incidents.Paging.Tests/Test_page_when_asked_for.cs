using System.Net.Http.Json;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Model;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

/// <summary>ana: a call and a text at once, another call after two minutes.</summary>
public sealed class Test_page_when_asked_for
{
    private static async Task<(int Status, JsonElement Body)> Call(PagingApp app, HttpMethod method, string path, object? body = null, string login = "ana")
    {
        using var request = new HttpRequestMessage(method, "/api/v1/me/tests" + path) { Headers = { { "Authorization", "Bearer as:" + login } }, Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }

    private static async Task<string> Now(PagingApp app, string run, string login = "ana")
        => string.Join(' ', (await Call(app, HttpMethod.Get, "/" + run, login: login)).Body.GetProperty("steps").EnumerateArray().Select(s => $"{s.GetProperty("kind").GetString()}:{s.GetProperty("state").GetString()}"));

    [Theory, EveryDatabase]
    public async Task says_that_it_is_one_and_shows_how_it_goes(Database database)
    {
        await using var app = await PagingApp.Start(database);

        var (status, started) = await Call(app, HttpMethod.Post, "", new { contact = "text" });
        var run = started.GetProperty("id").GetString()!;
        await PagingPaths.Soon(async () => await Now(app, run) == "sms:sent", "sent");
        var text = app.Vendor.Messages.Single();
        await app.Callback($"/callbacks/twilio/status?attempt={text.Attempt}", new(StringComparer.Ordinal) { ["MessageSid"] = text.Sid, ["MessageStatus"] = "delivered" });

        Assert.Equal((202, FakeOrganisation.Ana), (status, text.To));
        Assert.StartsWith("TEST from Incidents\nThis is only a test", text.Body, StringComparison.Ordinal);
        Assert.Equal("sms:delivered", await Now(app, run));
        Assert.True((await Call(app, HttpMethod.Get, "/" + run)).Body.GetProperty("over").GetBoolean());
        // It is nobody's page, and nobody else's business.
        Assert.Empty(await app.Attempts());
        Assert.Equal(404, (await Call(app, HttpMethod.Get, "/" + run, login: "bruno")).Status);
        Assert.Equal(429, (await Call(app, HttpMethod.Post, "", new { contact = "text" })).Status);
    }

    [Theory, EveryDatabase]
    public async Task plays_the_whole_rule_until_a_key_is_pressed(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var run = (await Call(app, HttpMethod.Post, "", new { urgency = "high" })).Body.GetProperty("id").GetString()!;
        await PagingPaths.Soon(async () => await Now(app, run) == "voice:sent sms:sent voice:queued", "the call and the text");
        var call = app.Vendor.Calls.Single();

        var spoken = await (await app.Callback($"/callbacks/twilio/voice?attempt={call.Attempt}", new() { ["CallSid"] = call.Sid })).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("This is a test call from Incidents. Nothing is wrong. Press 4", spoken, StringComparison.Ordinal);
        Assert.Equal("voice:answered sms:sent voice:queued", await Now(app, run));
        var thanks = await (await app.Callback($"/callbacks/twilio/digits?attempt={call.Attempt}&turn=1", new() { ["CallSid"] = call.Sid, ["Digits"] = "4" })).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("the test has worked", thanks, StringComparison.Ordinal);
        Assert.Equal("voice:answered sms:sent voice:canceled", await Now(app, run));
        app.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Single(app.Vendor.Calls);
    }

    [Fact]
    public async Task goes_on_after_nobody_answered_and_is_taken_back_by_hand()
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var run = (await Call(app, HttpMethod.Post, "", new { urgency = "high" })).Body.GetProperty("id").GetString()!;
        await PagingPaths.Soon(async () => await Now(app, run) == "voice:sent sms:sent voice:queued", "the call and the text");
        await app.Status(app.Vendor.Calls.Single().Attempt, "no-answer");
        Assert.Equal("voice:failed sms:sent voice:queued", await Now(app, run));
        Assert.Equal("no answer", (await Call(app, HttpMethod.Get, "/" + run)).Body.GetProperty("steps")[0].GetProperty("why").GetString());

        app.Time.Advance(TimeSpan.FromMinutes(2));
        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Calls.Count() == 2), "the second call");
        Assert.Equal(200, (await Call(app, HttpMethod.Post, $"/{run}/stop")).Status);

        var later = (await Call(app, HttpMethod.Post, "", new { urgency = "high" })).Body.GetProperty("id").GetString()!;
        Assert.EndsWith("voice:canceled", string.Join(' ', (await Call(app, HttpMethod.Post, $"/{later}/stop")).Body.GetProperty("steps").EnumerateArray().Select(s => $"{s.GetProperty("kind").GetString()}:{s.GetProperty("state").GetString()}")), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task engages_the_line_so_that_a_page_rings_when_it_is_over(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var run = (await Call(app, HttpMethod.Post, "", new { contact = "mobile" })).Body.GetProperty("id").GetString()!;
        await PagingPaths.Soon(async () => await Now(app, run) == "voice:sent", "the test rings");
        var test = app.Vendor.Calls.Single();

        await app.Page(await app.Open(), "ana");
        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a is { Channel: ContactKind.Sms, State: AttemptState.Sent }), "the page's text goes at once");
        Assert.Equal((AttemptState.Waiting, 0), (await app.Attempts()).Where(a => a.Ordinal == 0).Select(a => (a.State, a.Claims)).Single());
        Assert.Single(app.Vendor.Calls);

        await app.Status(test.Attempt, "completed");
        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a is { Channel: ContactKind.Voice, State: AttemptState.Sent }), "the page rings");
        Assert.Equal(2, app.Vendor.Calls.Count());
        Assert.DoesNotContain(await app.Attempts(), a => a.Repetition > 0);
    }

    [Theory, EveryDatabase]
    public async Task waits_for_a_call_to_the_same_number_and_holds_no_page_for_long_when_its_end_is_never_told(Database database)
    {
        await using var app = await PagingApp.Start(database);
        app.Organisation.Change("joao", p => p with { Contacts = [new("mobile", ContactKind.Voice, FakeOrganisation.Ana)] });
        await app.Page(await app.Open(), "ana");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 2, "ana is called and texted");

        // Two people, one phone: joao's test waits for the end of ana's page.
        var run = (await Call(app, HttpMethod.Post, "", new { contact = "mobile" }, "joao")).Body.GetProperty("id").GetString()!;
        Assert.Equal("voice:queued", await Now(app, run, "joao"));
        await app.Status(app.Vendor.Calls.Single().Attempt, "completed");
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(500), async () => await Now(app, run, "joao") == "voice:sent");
        var second = await app.Open();
        await app.Page(second, "ana");
        await PagingPaths.Soon(async () => (await app.Attempts(second.Id)).Exists(a => a is { Channel: ContactKind.Sms, State: AttemptState.Sent }), "the page's text goes at once");
        Assert.Equal(2, app.Vendor.Calls.Count());

        app.Time.Advance(TimeSpan.FromSeconds(91));
        await PagingPaths.Soon(() => app.Vendor.Calls.Count() == 3, "the line is given back");
    }

    [Theory]
    [InlineData("""{"contact": "fax"}""", 422)]
    [InlineData("""{"urgency": "medium"}""", 422)]
    [InlineData("""{"contact": "text", "urgency": "high"}""", 422)]
    [InlineData("""{}""", 422)]
    public async Task is_refused_when_it_makes_no_sense(string body, int status)
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        Assert.Equal(status, (await Call(app, HttpMethod.Post, "", JsonDocument.Parse(body).RootElement)).Status);
    }

    [Fact]
    public async Task never_keeps_a_phone_busy_that_is_being_paged()
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var incident = await app.Open();
        await app.Page(incident, "ana");
        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Calls.Any()), "the page");

        Assert.Equal(409, (await Call(app, HttpMethod.Post, "", new { contact = "mobile" })).Status);

        await app.Acknowledge(incident, "ana");
        Assert.Equal(202, (await Call(app, HttpMethod.Post, "", new { contact = "text" })).Status);
    }
}
